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
class Finding:
    """A wrong answer in parts, which the faces set one below the other; the message holds all of them."""

    what: str
    """What was looked at: the call itself, or what was made of its result."""
    call: str
    """The call, as it would be written; empty where there was none."""
    given: tuple[str, ...]
    """Its inputs, as `x = tensor([1, 2])`, small ones in full."""
    got: str
    expected: str
    mistake: str = ""
    """The mistake that leads to this answer, by its name, or what may have led to the wrong shape."""

    def rows(self) -> list[tuple[str, str]]:
        """A label and a text for each line that is to be shown; the label stands once above its like."""
        rows = [("", self.what.rstrip(","))] if self.what != self.call else []
        rows += [("called", self.call)] if self.call else []
        rows += [("with" if n == 0 else "", line) for n, line in enumerate(self.given)]
        return [*rows, ("got", self.got), ("expected", self.expected)]


@dataclass(frozen=True)
class CheckResult:
    """How one check ended, and what it has to say to the learner."""

    id: str
    title: str
    state: State
    points: float
    max_points: float
    message: str = ""
    finding: Finding | None = None


def check_from_json(data: dict[str, Any]) -> CheckResult:
    """A result that `asdict` made plain, read back."""
    found = data.get("finding")
    finding = Finding(**{**found, "given": tuple(found["given"])}) if found else None
    return CheckResult(**{**data, "state": State(data["state"]), "finding": finding})


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
    checks = tuple(map(check_from_json, data["checks"]))
    return Verdict(**{**data, "state": State(data["state"]), "checks": checks})
