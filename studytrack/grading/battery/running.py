"""Fires the battery at one exercise in one tier."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from studytrack.grading.battery.attack import Aims
from studytrack.grading.battery.judging import Outcome, judged
from studytrack.grading.battery.limits import left_open
from studytrack.grading.battery.oddities import oddities
from studytrack.grading.battery.submissions import Submission, hostile, plainly_wrong
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import Finished
from studytrack.grading.session import BlockingSession
from studytrack.grading.source import read_source
from studytrack.grading.tiers import Tier
from studytrack.grading.verdict import State, Verdict

_IMPATIENT: dict[str, float] = {"seconds": 1.5, "memory_mb": 300, "output_kb": 64}
"""For what is to end by running out of time."""
_PATIENT: dict[str, float] = {"seconds": 15, "memory_mb": 300, "output_kb": 64}
_QUICK = 0.5
"""Seconds within which a solution is graded that can be asked for after every attack."""


class Surroundings(Protocol):
    """What lies around the attempts."""

    @property
    def aims(self) -> Aims: ...

    def harm(self, finished: Finished) -> Sequence[str]:
        """What a submission did to them, undone by the time this returns."""
        ...


class Nothing:
    """Surroundings in which there is nothing to attack."""

    aims = Aims()

    def harm(self, finished: Finished) -> Sequence[str]:  # noqa: ARG002 - it is given to all surroundings
        """Nothing."""
        return ()


def attacked(
    exercise: Exercise, tier: Tier, around: Surroundings, among: Iterable[Submission] | None = None
) -> Iterator[Outcome]:
    """Every hostile submission in turn, each followed by an honest one that has to get its due.

    `among` are those to try if not all.
    """
    submissions = list(hostile(exercise, around.aims) if among is None else among)
    for limits, out_of_time in ((_PATIENT, False), (_IMPATIENT, True)):
        part = [one for one in submissions if (State.TIMEOUT in one.ends) == out_of_time]
        if part:
            with _Range(_within(exercise, limits), tier, around) as range_:
                for submission in part:
                    yield range_.fire(submission)


def odd_but_right(exercise: Exercise, tier: Tier, seeds: int = 1) -> Iterator[Outcome]:
    """Every oddity of the solution in turn; each has to get the verdict that the solution gets."""
    with _Range(exercise, tier, Nothing()) as range_:
        due = [range_.honest(seed) for seed in range(seeds)]
        for submission in oddities(exercise):
            verdicts = [range_.grade(submission, seed).verdict for seed in range(seeds)]
            unlike = next(
                (got for got, right in zip(verdicts, due, strict=True) if not _alike(got, right)), None
            )
            faults = (f"it is {unlike.state}: {_said(unlike)}",) if unlike else ()
            yield Outcome(submission.name, 0, unlike or verdicts[0], faults)


class _Range:
    """A session in which one exercise is attacked."""

    def __init__(self, exercise: Exercise, tier: Tier, around: Surroundings) -> None:
        self._exercise = exercise
        self._open = left_open(tier)
        self._around = around
        self._session = BlockingSession(exercise, tier=tier.name)
        self._folder = tempfile.TemporaryDirectory()

    def __enter__(self) -> _Range:
        self._session.__enter__()
        self.honest(seed=0)  # waits for the worker
        if self.honest(seed=0).seconds > _QUICK:
            self._follow_up = plainly_wrong(self._exercise), State.INCORRECT
        else:
            self._follow_up = read_source(self._exercise.solution), State.PASSED
        return self

    def __exit__(self, *error: object) -> None:
        self._session.__exit__(*error)
        self._folder.cleanup()

    def honest(self, seed: int) -> Verdict:
        """The verdict on the solution."""
        file = self._exercise.solution
        return self._session.grade(read_source(file), file, seed=seed).verdict

    def fire(self, submission: Submission) -> Outcome:
        if submission.ends_the_app and submission.reach in self._open:
            limit = f"{submission.reach}: not tried, for it would end whoever grades"
            return Outcome(submission.name, submission.line, None, limit=limit)
        finished = self.grade(submission)
        outcome = judged(submission, finished, self._open)
        if harm := self._around.harm(finished):
            if submission.reach in self._open:
                limit = f"{outcome.limit or submission.reach} ({', '.join(harm)})"
                outcome = replace(outcome, limit=limit)
            else:
                outcome = replace(outcome, faults=(*outcome.faults, *harm))
        source, due = self._follow_up
        after = self._session.grade(source, self._exercise.solution).verdict
        if after.state is not due:
            said = f"after it an honest submission is {after.state}: {_said(after)}"
            outcome = replace(outcome, faults=(*outcome.faults, said))
        return outcome

    def grade(self, submission: Submission, seed: int | None = None) -> Finished:
        """The verdict on a submission that lies on the disk, as a learner's does."""
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder:
            for name, text in submission.beside.items():
                Path(folder, name).write_text(text)
            file = Path(folder, submission.called)
            file.write_bytes(submission.data)
            return self._session.grade(read_source(file), file, seed=seed)


def _within(exercise: Exercise, limits: dict[str, float]) -> Exercise:
    """The exercise with other limits."""
    manifest = exercise.manifest
    return replace(
        exercise,
        manifest=manifest.model_copy(update={"limits": manifest.limits.model_copy(update=limits)}),
    )


def _alike(one: Verdict, other: Verdict) -> bool:
    states = [(check.id, check.state) for check in one.checks]
    return one.state is other.state and states == [(check.id, check.state) for check in other.checks]


def _said(verdict: Verdict) -> str:
    missed = (f"{check.id}: {check.message}" for check in verdict.checks if check.state is not State.PASSED)
    return (verdict.message or next(missed, ""))[:300]
