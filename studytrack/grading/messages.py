"""What a grading session tells the app, as it happens. Plain data, without numpy or pydantic."""

from __future__ import annotations

from dataclasses import dataclass

from studytrack.grading.verdict import CheckResult, Verdict

Point = dict[str, float | None]
"""One moment of a training: `step` and the metrics logged at it; None stands for NaN and infinity."""


@dataclass(frozen=True)
class Warming:
    """The attempt waits until the worker has loaded something."""

    what: str


@dataclass(frozen=True)
class Started:
    """The learner's code is about to run."""

    isolation: str
    """The tier that holds it: `bubblewrap` or `process`."""
    warm: bool
    """Whether the worker was ready when the attempt was asked for."""


@dataclass(frozen=True)
class Metrics:
    """What the learner's code logged since the last batch, thinned where it was too much to draw."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Output:
    """What the learner's code printed since the last piece, cleaned of terminal escapes."""

    text: str


@dataclass(frozen=True)
class CheckStarted:
    """A check began to run."""

    id: str


@dataclass(frozen=True)
class CheckDone:
    """A check ended."""

    result: CheckResult


@dataclass(frozen=True)
class Finished:
    """The attempt is over and none of its processes is left. Always the last event."""

    verdict: Verdict
    trace: str = ""
    """For the log and the author: the traceback of a fault of the grader's own."""


Event = Warming | Started | Metrics | Output | CheckStarted | CheckDone | Finished
