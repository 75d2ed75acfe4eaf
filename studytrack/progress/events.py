"""What can happen: the kinds of event and what each one's body holds.

An event is written once and never changed. State is what a replay of all of them gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Rating = Annotated[int, Field(ge=1, le=4)]
"""1 Again, 2 Hard, 3 Good, 4 Easy, as FSRS counts them."""
EventId = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]

MOST_KEPT_POINTS = 100
"""What the log keeps of one curve: a small picture's worth."""
Curve = Annotated[tuple[tuple[float, float], ...], Field(max_length=MOST_KEPT_POINTS)]
"""Step and value of some points of a metric."""


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tick(_Body):
    """A box was ticked: `lesson/step[/stage]` or `lesson/exercise`."""

    kind: Literal["tick"] = "tick"
    by: EventId | None = None
    """The attempt whose passing ticked it; none where the learner did."""


class Untick(_Body):
    """A box was emptied; it stays so until it is ticked or its exercise is passed again."""

    kind: Literal["untick"] = "untick"


class Answer(_Body):
    """A question (the subject) was answered and marked."""

    kind: Literal["answer"] = "answer"
    given: str
    correct: bool
    rating: Rating
    hinted: bool = False
    seconds: Annotated[float, Field(ge=0)] = 0.0
    cram: bool = False
    """Practice that leaves the schedule alone."""


class Rate(_Body):
    """The learner gave an answer another rating, or said that the marking was wrong."""

    kind: Literal["rate"] = "rate"
    answer: EventId
    correct: bool
    rating: Rating


class CheckOutcome(_Body):
    """How one check of an attempt ended."""

    id: str
    state: str
    points: float
    message: str = ""
    """What was said to it; empty in attempts from before it was kept."""


class Start(_Body):
    """The starter of an exercise (the subject) was put where the learner works on it."""

    kind: Literal["start"] = "start"


class Attempt(_Body):
    """An exercise (the subject) was run and graded."""

    kind: Literal["attempt"] = "attempt"
    state: str
    score: float
    max_score: float
    checks: tuple[CheckOutcome, ...]
    seconds: Annotated[float, Field(ge=0)]
    isolation: str
    code: str
    message: str = ""
    """What was said to all of it, as why it cannot be run; empty in attempts from before it was kept."""
    metrics: dict[str, float] = {}
    """The last value of each metric that was logged."""
    curves: dict[str, Curve] = {}
    """Each metric over the steps of the last training, thinned."""


class Hint(_Body):
    """The next hint of an exercise (the subject) was taken."""

    kind: Literal["hint"] = "hint"
    number: Annotated[int, Field(ge=1)]


class Solution(_Body):
    """The solution of an exercise (the subject) was looked at."""

    kind: Literal["solution"] = "solution"


class Undo(_Body):
    """What one action wrote is taken back; the subject is the first of its events."""

    kind: Literal["undo"] = "undo"
    events: Annotated[tuple[EventId, ...], Field(min_length=1)]


Body = Tick | Untick | Answer | Rate | Start | Attempt | Hint | Solution | Undo
"""What happened, one model for each kind of event."""

_BODIES: dict[str, type[Body]] = {body.model_fields["kind"].default: body for body in get_args(Body)}


def read_body(kind: str, text: str) -> Body:
    """The body that an event of that kind holds, from its JSON. Raises ValueError where it is none."""
    if kind not in _BODIES:
        raise ValueError(f"there is no kind of event {kind!r}")
    return _BODIES[kind].model_validate_json(text)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, on which device, to what.

    A plain record: its body is checked, and a hundred thousand are read at a time.
    """

    id: str
    """An `EventId`."""
    at: datetime
    """In UTC, as the device's clock told it; the order is that of the ids."""
    device: str
    subject: str
    body: Body

    @property
    def kind(self) -> str:
        return self.body.kind
