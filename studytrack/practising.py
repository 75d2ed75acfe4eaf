"""Working on exercises: the learner's file, attempts, hints, the solution and its price."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studytrack import work
from studytrack.grading.verdict import State as Ended
from studytrack.grading.verdict import Verdict
from studytrack.history import History
from studytrack.plan import best_score, standing
from studytrack.progress.events import Attempt, CheckOutcome, Curve, Hint, Solution, Start, Tick
from studytrack.times import in_days


class Practising:
    """The part of a study that has to do with exercises."""

    def __init__(self, history: History) -> None:
        self._history = history

    def start(self, exercise_id: str) -> Path:
        """The learner's file of an exercise, made from the starter where there is none yet."""
        exercise = self._history.library.exercise(exercise_id)
        file = work.work_file(self._history.home, exercise)
        if not file.exists():
            work.put_starter(file, exercise)
            self._history.record((exercise_id, Start()))
        return file

    def reset(self, exercise_id: str) -> Path:
        """Puts the starter back; returns where the learner's earlier file was kept."""
        exercise = self._history.library.exercise(exercise_id)
        kept = work.set_aside(self.start(exercise_id))
        work.put_starter(work.work_file(self._history.home, exercise), exercise)
        self._history.record((exercise_id, Start()))
        return kept

    def record_attempt(
        self,
        verdict: Verdict,
        code: str,
        metrics: Mapping[str, float | None] | None = None,
        curves: Mapping[str, Curve] | None = None,
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
            curves=dict(curves or {}),
        )
        boxes = self._history.library.lines.get(verdict.exercise, ()) if verdict.state is Ended.PASSED else ()
        empty = [subject for subject in boxes if not self._history.state.ticked(subject)]
        events = self._history.record(
            (verdict.exercise, attempt),
            follow=lambda event: [(subject, Tick(by=event.id)) for subject in empty],
        )
        return events[0].id

    def best(self, exercise_id: str) -> str | None:
        """The best score so far, as `4/5`."""
        return best_score(self._history.state, exercise_id)

    def returns(self, exercise_id: str) -> str | None:
        """When an exercise comes back, in words; None where it was never passed."""
        card = self._history.card(exercise_id)
        if card is None:
            return None
        days = (card.due - self._history.day).days
        return f"It comes back in {in_days(days)}." if days > 0 else "It is due again."

    def hints_taken(self, exercise_id: str) -> int:
        """How many hints were taken since it was last passed."""
        return self._history.state.hints.get(exercise_id, 0)

    def take_hint(self, exercise_id: str) -> tuple[int, str] | None:
        """The next hint and its number; None where there is no further one."""
        hints = self._history.library.exercise(exercise_id).manifest.hints
        taken = self.hints_taken(exercise_id)
        if taken >= len(hints):
            return None
        self._history.record((exercise_id, Hint(number=taken + 1)))
        return taken + 1, hints[taken]

    def solution_price(self, exercise_id: str) -> str | None:
        """What looking at the solution costs now, as a question; None where it is free."""
        attempts = self._history.state.attempts.get(exercise_id, ())
        if (attempts and attempts[-1].passed) or exercise_id in self._history.state.solutions:
            return None
        return (
            "You have not passed it yet. After a look, passing it counts as Again: it returns the next day."
        )

    def show_solution(self, exercise_id: str) -> str:
        """The solution and what separates the learner's file from it, as Markdown; the look is noted."""
        exercise = self._history.library.exercise(exercise_id)
        if self.solution_price(exercise_id):
            self._history.record((exercise_id, Solution()))
        code = self.start(exercise_id).read_text(encoding="utf-8", errors="replace")
        return work.comparison(code, exercise.solution.read_text(encoding="utf-8"))

    def listing(self) -> list[dict[str, Any]]:
        """Every exercise with its state, in learning order; what `exercises --json` prints."""
        day = self._history.day
        rows = []
        for exercise in self._history.library.exercises.values():
            card = self._history.card(exercise.id)
            attempts = self._history.state.attempts.get(exercise.id, ())
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
