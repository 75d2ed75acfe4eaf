"""What can happen: the kinds of event and what each one's body holds.

An event is written once and never changed. State is what a replay of all of them gives.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Rating = Annotated[int, Field(ge=1, le=4)]
"""1 Again, 2 Hard, 3 Good, 4 Easy, as FSRS counts them."""
EventId = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tick(Body):
    """A box was ticked: `lesson/step[/stage]` or `lesson/exercise`."""

    kind: Literal["tick"] = "tick"
    by: EventId | None = None
    """The attempt whose passing ticked it; none where the learner did."""


class Untick(Body):
    """A box was emptied; it stays so until it is ticked or its exercise is passed again."""

    kind: Literal["untick"] = "untick"


class Answer(Body):
    """A question (the subject) was answered and marked."""

    kind: Literal["answer"] = "answer"
    given: str
    correct: bool
    rating: Rating
    hinted: bool = False
    seconds: Annotated[float, Field(ge=0)] = 0.0
    cram: bool = False
    """Practice that leaves the schedule alone."""


class Rate(Body):
    """The learner gave an answer another rating, or said that the marking was wrong."""

    kind: Literal["rate"] = "rate"
    answer: EventId
    correct: bool
    rating: Rating


class CheckOutcome(Body):
    """How one check of an attempt ended."""

    id: str
    state: str
    points: float


class Attempt(Body):
    """An exercise (the subject) was run and graded."""

    kind: Literal["attempt"] = "attempt"
    state: str
    score: float
    max_score: float
    checks: tuple[CheckOutcome, ...]
    seconds: Annotated[float, Field(ge=0)]
    isolation: str
    code: str
    metrics: dict[str, float] = {}
    """The last value of each metric that was logged."""


class Hint(Body):
    """The next hint of an exercise (the subject) was taken."""

    kind: Literal["hint"] = "hint"
    number: Annotated[int, Field(ge=1)]


class Solution(Body):
    """The solution of an exercise (the subject) was looked at."""

    kind: Literal["solution"] = "solution"


class Undo(Body):
    """What one action wrote is taken back; the subject is the first of its events."""

    kind: Literal["undo"] = "undo"
    events: Annotated[tuple[EventId, ...], Field(min_length=1)]


AnyBody = Annotated[
    Tick | Untick | Answer | Rate | Attempt | Hint | Solution | Undo, Field(discriminator="kind")
]


class Event(BaseModel):
    """One thing that happened: when, on which device, to what."""

    model_config = ConfigDict(frozen=True)

    id: EventId
    at: datetime
    """In UTC, as the device's clock told it; the order is that of the ids."""
    device: str
    subject: str
    body: AnyBody

    @property
    def kind(self) -> str:
        return self.body.kind
