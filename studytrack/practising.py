"""Working on exercises: the learner's file, attempts, hints, the solution and its price."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytrack import work
from studytrack.grading.verdict import State as Ended
from studytrack.grading.verdict import Verdict
from studytrack.memory.fsrs import AGAIN, GOOD
from studytrack.memory.ratings import rating_of_pass
from studytrack.memory.schedule import Review
from studytrack.plan import best_score, standing
from studytrack.progress.events import Attempt, CheckOutcome, Hint, Solution, Start, Tick
from studytrack.progress.state import State
from studytrack.times import in_days

if TYPE_CHECKING:
    from studytrack.study import Study


class Practising:
    """The part of a study that has to do with exercises."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def start(self, exercise_id: str) -> Path:
        """The learner's file of an exercise, made from the starter where there is none yet."""
        exercise = self._study.library.exercise(exercise_id)
        file = work.work_file(self._study.home, exercise)
        if not file.exists():
            work.put_starter(file, exercise)
            self._study.record((exercise_id, Start()))
        return file

    def reset(self, exercise_id: str) -> Path:
        """Puts the starter back; returns where the learner's earlier file was kept."""
        exercise = self._study.library.exercise(exercise_id)
        kept = work.set_aside(self.start(exercise_id))
        work.put_starter(work.work_file(self._study.home, exercise), exercise)
        self._study.record((exercise_id, Start()))
        return kept

    def record_attempt(
        self, verdict: Verdict, code: str, metrics: Mapping[str, float | None] | None = None
    ) -> str | None:
        """Writes an attempt down, and the ticks that passing brings; returns the attempt's event id.

        What says nothing about the learner (not attempted, cancelled, the grader's own fault)
        leaves no trace: None.
        """
        if not verdict.state.counts:
            return None
        attempt = Attempt(
            state=verdict.state,
            score=verdict.score,
            max_score=verdict.max_score,
            checks=tuple(CheckOutcome(id=c.id, state=c.state, points=c.points) for c in verdict.checks),
            seconds=verdict.seconds,
            isolation=verdict.isolation,
            code=code.encode("utf-8", errors="replace").decode("utf-8"),
            metrics={
                name: value
                for name, value in (metrics or {}).items()
                if name != "step" and value is not None and math.isfinite(value)
            },
        )
        boxes = self._study.library.lines.get(verdict.exercise, ()) if verdict.state is Ended.PASSED else ()
        empty = [subject for subject in boxes if not self._study.state.ticked(subject)]
        events = self._study.record(
            (verdict.exercise, attempt),
            follow=lambda event: [(subject, Tick(by=event.id)) for subject in empty],
        )
        return events[0].id

    def reviews(self, exercise_id: str, state: State) -> Iterator[Review]:
        """The attempts at an exercise as FSRS sees them: every pass is a review, failures make it harder."""
        minutes = self._study.library.exercise(exercise_id).manifest.minutes
        failures = 0
        for attempt in state.attempts.get(exercise_id, ()):
            if attempt.passed:
                rating = rating_of_pass(
                    failures, attempt.solution_seen, attempt.hints > 0, attempt.worked, minutes
                )
                day = self._study.day_of(attempt.at)
                yield Review(day, rating)
                if rating == AGAIN:
                    yield Review(day, GOOD)  # it did pass in the end, so it waits until tomorrow
                failures = 0
            else:
                failures += 1

    def best(self, exercise_id: str) -> str | None:
        """The best score so far, as `4/5`."""
        return best_score(self._study.state, exercise_id)

    def returns(self, exercise_id: str) -> str | None:
        """When an exercise comes back, in words; None where it was never passed."""
        card = self._study.card(exercise_id)
        if card is None:
            return None
        days = (card.due - self._study.day).days
        return f"It comes back in {in_days(days)}." if days > 0 else "It is due again."

    def hints_taken(self, exercise_id: str) -> int:
        """How many hints were taken since it was last passed."""
        return self._study.state.hints.get(exercise_id, 0)

    def take_hint(self, exercise_id: str) -> tuple[int, str] | None:
        """The next hint and its number; None where there is no further one."""
        hints = self._study.library.exercise(exercise_id).manifest.hints
        taken = self.hints_taken(exercise_id)
        if taken >= len(hints):
            return None
        self._study.record((exercise_id, Hint(number=taken + 1)))
        return taken + 1, hints[taken]

    def solution_price(self, exercise_id: str) -> str | None:
        """What looking at the solution costs now, as a question; None where it is free."""
        attempts = self._study.state.attempts.get(exercise_id, ())
        if (attempts and attempts[-1].passed) or exercise_id in self._study.state.solutions:
            return None
        return (
            "You have not passed it yet. After a look, passing it counts as Again: it returns the next day."
        )

    def show_solution(self, exercise_id: str) -> str:
        """The solution and what separates the learner's file from it, as Markdown; the look is noted."""
        exercise = self._study.library.exercise(exercise_id)
        if self.solution_price(exercise_id):
            self._study.record((exercise_id, Solution()))
        code = self.start(exercise_id).read_text(encoding="utf-8", errors="replace")
        return work.comparison(code, exercise.solution.read_text(encoding="utf-8"))

    def listing(self) -> list[dict[str, Any]]:
        """Every exercise with its state, in learning order; what `exercises --json` prints."""
        day = self._study.day
        rows = []
        for exercise in self._study.library.exercises.values():
            card = self._study.card(exercise.id)
            attempts = self._study.state.attempts.get(exercise.id, ())
            rows.append(
                {
                    "id": exercise.id,
                    "title": exercise.manifest.title,
                    "summary": exercise.manifest.summary,
                    "lesson": exercise.manifest.lesson,
                    "minutes": exercise.manifest.minutes,
                    "needs": list(exercise.manifest.needs),
                    "points": exercise.manifest.points,
                    "state": standing(card, len(attempts), day),
                    "attempts": len(attempts),
                    "best": self.best(exercise.id),
                    "due": card.due.isoformat() if card else None,
                    "hints_taken": self.hints_taken(exercise.id),
                }
            )
        return rows
