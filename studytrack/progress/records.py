"""What the events of one subject come to: its box, its answers, its attempts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from studytrack.progress.events import (
    Answer,
    Attempt,
    CheckOutcome,
    Curve,
    Event,
    Hint,
    Rate,
    Solution,
    Start,
    Tick,
    Untick,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question, as it is marked and rated now."""

    id: str
    at: datetime
    given: str
    correct: bool
    rating: int
    hinted: bool
    seconds: float
    cram: bool


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt at an exercise, and what had been looked at before it."""

    id: str
    at: datetime
    state: str
    score: float
    max_score: float
    checks: tuple[CheckOutcome, ...]
    seconds: float
    isolation: str
    code: str
    message: str
    """What was said to all of it."""
    metrics: dict[str, float]
    curves: dict[str, Curve]
    worked: float | None
    """Seconds since the exercise was started; None where that was before it was last passed."""
    hints: int
    """How far down the ladder of hints the learner was, since the exercise was last passed."""
    solution_seen: bool
    """Whether the solution had been looked at since then."""

    @property
    def passed(self) -> bool:
        return self.state == "passed"


@dataclass(slots=True)
class Record:
    """Everything there is to say of one subject."""

    ticked: datetime | None = None
    answers: list[Answered] = field(default_factory=list)
    attempts: list[Attempted] = field(default_factory=list)
    hints: int = 0
    solution: datetime | None = None
    started: datetime | None = None


def record_of(events: Iterable[Event]) -> Record:
    """What the events of one subject come to, given those that count, in order."""
    record = Record()
    for event in events:
        body = event.body
        if isinstance(body, Answer):
            record.answers.append(_answered(event, body))
        elif isinstance(body, Rate):
            _rate(record.answers, body)
        elif isinstance(body, Attempt):
            _attempt(record, event, body)
        elif isinstance(body, Tick):
            record.ticked = record.ticked or event.at
        elif isinstance(body, Untick):
            record.ticked = None
        elif isinstance(body, Start):
            record.started = event.at
        elif isinstance(body, Hint):
            record.hints = max(record.hints, body.number)
        elif isinstance(body, Solution):
            record.solution = record.solution or event.at
    return record


def _answered(event: Event, body: Answer) -> Answered:
    return Answered(
        event.id, event.at, body.given, body.correct, body.rating, body.hinted, body.seconds, body.cram
    )


def _rate(answers: list[Answered], body: Rate) -> None:
    for place, answer in enumerate(answers):
        if answer.id == body.answer:
            answers[place] = replace(answer, correct=body.correct, rating=body.rating)


def _attempt(record: Record, event: Event, body: Attempt) -> None:
    attempt = Attempted(
        id=event.id,
        at=event.at,
        state=body.state,
        score=body.score,
        max_score=body.max_score,
        checks=body.checks,
        seconds=body.seconds,
        isolation=body.isolation,
        code=body.code,
        message=body.message,
        metrics=body.metrics,
        curves=body.curves,
        worked=(event.at - record.started).total_seconds() if record.started else None,
        hints=record.hints,
        solution_seen=record.solution is not None,
    )
    record.attempts.append(attempt)
    if attempt.passed:
        record.hints, record.solution, record.started = 0, None, None
