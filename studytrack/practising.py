"""Working on exercises: the learner's file, attempts, hints, the solution and its price."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studytrack import work
from studytrack.errors import UsageError
from studytrack.files import write_atomically
from studytrack.grading.verdict import State as Ended
from studytrack.grading.verdict import Verdict
from studytrack.history import History
from studytrack.plan import best_score, standing
from studytrack.progress.events import Attempt, CheckOutcome, Curve, Hint, Solution, Start, Tick
from studytrack.progress.records import Attempted
from studytrack.times import in_days

_LONGEST_MESSAGE = 1000
"""Characters of what was said to an attempt or to a check of it that are kept."""


@dataclass(frozen=True)
class Comparison:
    """Two versions of a learner's file, and what each is called."""

    left: str
    right: str
    left_name: str
    right_name: str


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
            checks=tuple(
                CheckOutcome(id=c.id, state=c.state, points=c.points, message=c.message[:_LONGEST_MESSAGE])
                for c in verdict.checks
            ),
            seconds=verdict.seconds,
            isolation=verdict.isolation,
            message=verdict.message[:_LONGEST_MESSAGE],
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

    def show_solution(self, exercise_id: str) -> Comparison:
        """The learner's file beside the solution; the look is noted."""
        exercise = self._history.library.exercise(exercise_id)
        if self.solution_price(exercise_id):
            self._history.record((exercise_id, Solution()))
        solution = exercise.solution.read_text(encoding="utf-8")
        return Comparison(self._code(self.start(exercise_id)), solution, "yours", "the solution")

    def attempts(self, exercise_id: str) -> tuple[Attempted, ...]:
        """The attempts that count, the first of them being number 1.

        Raises UsageError where there is no such exercise.
        """
        self._history.library.exercise(exercise_id)
        return self._history.state.attempts.get(exercise_id, ())

    def attempt(self, exercise_id: str, number: int) -> Attempted:
        """One of them by its number. Raises UsageError where there is none."""
        attempts = self.attempts(exercise_id)
        if not 1 <= number <= len(attempts):
            there_are = f"1 to {len(attempts)}" if len(attempts) > 1 else "only 1" if attempts else "none yet"
            raise UsageError(
                f"there is no attempt {number} at {exercise_id}: {there_are}",
                f"see `studytrack history {exercise_id}`",
            )
        return attempts[number - 1]

    def facts(self, attempt: Attempted) -> list[str]:
        """What there is to know of an attempt beside its state, in a few words each."""
        hints = f"{attempt.hints} hint{'s' if attempt.hints > 1 else ''}" if attempt.hints else ""
        facts = [
            f"{attempt.at.astimezone(self._history.settings.zone):%Y-%m-%d %H:%M}",
            f"{attempt.score:g}/{attempt.max_score:g}",
            f"{attempt.seconds:.1f} s",
            attempt.isolation,
            *(f"{name} {value:.4g}" for name, value in attempt.metrics.items()),
            hints,
            "solution seen" if attempt.solution_seen else "",
        ]
        return [fact for fact in facts if fact]

    def compare(self, exercise_id: str, number: int | None = None, later: int | None = None) -> Comparison:
        """An attempt beside a later one, or beside the file as it is now.

        Without a number it is the last attempt whose code differs from the file. Raises UsageError
        where there is no such attempt.
        """
        attempts = self.attempts(exercise_id)
        now = self._code(self.start(exercise_id)) if attempts and later is None else ""
        if number is None:
            others = [n for n, attempt in enumerate(attempts, 1) if attempt.code != now]
            number = others[-1] if others else max(1, len(attempts))
        left = self.attempt(exercise_id, number).code
        if later is None:
            return Comparison(left, now, f"attempt {number}", "your file now")
        right = self.attempt(exercise_id, later).code
        return Comparison(left, right, f"attempt {number}", f"attempt {later}")

    def resume(self, exercise_id: str, number: int) -> Path | None:
        """Takes up the code of an attempt again; returns where the present file is kept, if it differed.

        Raises UsageError where there is no such attempt.
        """
        code = self.attempt(exercise_id, number).code
        file = work.work_file(self._history.home, self._history.library.exercise(exercise_id))
        kept = None
        if file.exists():
            if self._code(file) == code:
                return None
            kept = work.set_aside(file)
        write_atomically(file, code)
        return kept

    @staticmethod
    def _code(file: Path) -> str:
        return file.read_text(encoding="utf-8", errors="replace")

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
