"""Proves an exercise: the solution gets every point, the starter none, and every mutant is found out."""

from __future__ import annotations

from collections.abc import Iterator

from studytrack.errors import Fault
from studytrack.grading.authoring import rules
from studytrack.grading.authoring.trials import Tell, Trials
from studytrack.grading.exercises import Exercise
from studytrack.grading.session import BlockingSession


class Verification:
    """The proof of one exercise.

    The solution is graded on `seeds` seeds, each mutant on up to five of them, in the best tier of
    isolation unless `tier` names one. With `battery` it is attacked as well, which takes a minute or
    two. `tell` hears what is being done.
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        seeds: int = 3,
        tier: str | None = None,
        battery: bool = False,
        tell: Tell = lambda _: None,
    ) -> None:
        self.exercise = exercise
        self._seeds = seeds
        self._tier = tier
        self._battery = battery
        self._tell = tell
        self.slowest = 0.0
        """Seconds that the solution took at most."""
        self.tried = 0
        """Seeds on which the solution was graded."""
        self.isolation = ""
        """The tier in which that was."""
        self.attacks = 0
        """Submissions of the battery that were fired at it."""

    def faults(self) -> Iterator[Fault]:
        """What keeps the exercise from being sound, as it is found; nothing if it is."""
        broken = list(rules.broken(self.exercise))
        yield from broken
        if broken:
            return
        yield from rules.lacking(self.exercise)
        with BlockingSession(self.exercise, tier=self._tier) as session:
            trials = Trials(self.exercise, session, self._tell)
            yield from trials.starter()  # first, so that the solution need not wait for the worker
            if not trials.checks_load:
                return
            yield from trials.solution(self._seeds)
            self.slowest, self.tried, self.isolation = trials.slowest, trials.tried, trials.isolation
            yield from trials.mutants(self._seeds)
        if self._battery:
            yield from self._attacked()

    def _attacked(self) -> Iterator[Fault]:
        from studytrack.grading.authoring.battered import Battered

        battered = Battered(self.exercise, self._tier, self._tell)
        yield from battered.faults()
        self.attacks = battered.fired


def verify(exercise: Exercise, seeds: int = 3, tier: str | None = None) -> Iterator[Fault]:
    """What keeps an exercise from being sound, as it is found; nothing if it is."""
    return Verification(exercise, seeds=seeds, tier=tier).faults()
