"""How an attempt and its checks can end. Plain data: the app reads it without numpy or pydantic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The named ends of an attempt or of a check."""

    PASSED = "passed"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not_attempted"
    SKIPPED = "skipped"
    LEARNER_ERROR = "learner_error"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_FLOOD = "output_flood"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    GRADER_ERROR = "grader_error"
    """The grader's own fault: never blamed on the learner, never counted against them."""

    @property
    def counts(self) -> bool:
        """Whether it says something about what the learner knows."""
        return self not in {State.NOT_ATTEMPTED, State.CANCELLED, State.GRADER_ERROR, State.SKIPPED}


@dataclass(frozen=True)
class CheckResult:
    """How one check ended, and what it has to say to the learner."""

    id: str
    title: str
    state: State
    points: float
    max_points: float
    message: str = ""


_WORST_FIRST = (
    State.CANCELLED,
    State.GRADER_ERROR,
    State.TIMEOUT,
    State.OUT_OF_MEMORY,
    State.OUTPUT_FLOOD,
    State.BLOCKED,
)
_WITHOUT_POINTS = (State.LEARNER_ERROR, State.INCORRECT, State.NOT_ATTEMPTED)


def aggregate(checks: Iterable[CheckResult]) -> State:
    """The state of an attempt whose checks ended like this.

    Passed if every check did. Else what cut the attempt short, if something did. Else partial
    if there are points. Else the first that occurs of: an error in the learner's code, a wrong
    answer, nothing attempted.
    """
    checks = tuple(checks)
    states = {check.state for check in checks}
    if states == {State.PASSED}:
        return State.PASSED
    for state in _WORST_FIRST:
        if state in states:
            return state
    if any(check.points for check in checks):
        return State.PARTIAL
    return next((state for state in _WITHOUT_POINTS if state in states), State.SKIPPED)


@dataclass(frozen=True)
class Verdict:
    """How an attempt ended."""

    exercise: str
    file: str
    state: State
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    isolation: str
    """The tier that held the learner's code: `bubblewrap`, `landlock` or `process`."""
    seconds: float
    message: str = ""
    """What concerns the attempt as a whole: a syntax error, a time-out."""
    output: str = ""
    """What the learner's file printed, capped and cleaned of terminal escapes."""

    def as_json(self) -> dict[str, Any]:
        """The object that `check --json` prints, without the attempt's event id."""
        return asdict(self)


def verdict_from_json(data: dict[str, Any]) -> Verdict:
    """What `as_json` made, read back."""
    checks = tuple(CheckResult(**{**c, "state": State(c["state"])}) for c in data["checks"])
    return Verdict(**{**data, "state": State(data["state"]), "checks": checks})
