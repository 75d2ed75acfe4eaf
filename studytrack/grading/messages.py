"""What a grading session tells the app, as it happens. Plain data, without numpy or pydantic."""

from __future__ import annotations

from dataclasses import dataclass

from studytrack.grading.verdict import CheckResult, Verdict

Point = dict[str, float | None]
"""One moment of a training: `step` and the metrics logged at it; None stands for NaN and infinity."""


@dataclass(frozen=True)
class Warming:
    """The attempt waits until the worker has loaded something; told again for each thing that is loaded."""

    what: str
    typical: float | None = None
    """Seconds that it takes on a usual machine; None where nobody knows."""


@dataclass(frozen=True)
class Started:
    """The learner's code is about to run."""

    isolation: str
    """The tier that holds it: `bubblewrap` or `process`."""
    warm: bool
    """Whether the worker was ready when the attempt was asked for."""


@dataclass(frozen=True)
class Training:
    """A training began: what follows belongs to another picture."""

    title: str = ""
    """What kind of training it is, where it has a name, such as `lr_find`."""
    over: str = "step"
    """The metric over which the others are drawn."""


@dataclass(frozen=True)
class Part:
    """Where a training is in one of its loops."""

    name: str
    """What is counted: `step`, `epoch`, `batch`."""
    done: int
    total: int | None
    """None where nobody knows."""


@dataclass(frozen=True)
class Progress:
    """How far a training is."""

    share: float | None
    """How much of it is done, from 0 to 1; None where nobody knows."""
    parts: tuple[Part, ...]
    """The same in its loops, the outermost first."""


@dataclass(frozen=True)
class Metrics:
    """What the learner's code showed of its training since the last batch, thinned to what can be drawn."""

    points: tuple[Point, ...] = ()
    epochs: tuple[Point, ...] = ()
    """Of each epoch that ended its number as `epoch`, counted from 1, its metrics, and `seconds`."""
    progress: Progress | None = None
    training: Training | None = None
    """The training that all of this belongs to, if it began since the last batch."""


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
