"""What the app and the grader say to each other, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from studytrack.grading.messages import (
    CheckDone,
    CheckStarted,
    Event,
    Finished,
    Metrics,
    Output,
    Part,
    Point,
    Progress,
    Started,
    Training,
    Warming,
)
from studytrack.grading.verdict import check_from_json, verdict_from_json

_PLAIN: dict[str, type[Warming | Started | Output | CheckStarted]] = {
    kind.__name__: kind for kind in (Warming, Started, Output, CheckStarted)
}


@dataclass(frozen=True)
class Run:
    """To the grader: grade this code."""

    number: int
    code: str
    file: str
    seed: int | None


@dataclass(frozen=True)
class Cancel:
    """To the grader: end this run, and those before it."""

    number: int


@dataclass(frozen=True)
class Wake:
    """To the grader: have a worker ready again, if it was dropped."""


@dataclass(frozen=True)
class WorkerState:
    """To the app: whether a worker is ready, and the tier that holds it."""

    warm: bool
    isolation: str | None
    uncovered: tuple[str, ...] = ()
    """What the tier does not cover."""
    loading: str = ""
    """What it is loading now."""
    dropped: bool = False
    """Whether it was given up because nobody used it, or others needed its memory."""


@dataclass(frozen=True)
class RunEvent:
    """To the app: an event of the run with this number."""

    run: int
    event: Event


_NAMES: dict[type, str] = {Run: "grade", Cancel: "cancel", Wake: "wake", WorkerState: "worker"}


def to_line(message: Run | Cancel | Wake | WorkerState | RunEvent) -> bytes:
    """The message as a line of JSON."""
    if isinstance(message, RunEvent):
        data = {"run": message.run, "kind": type(message.event).__name__, "event": asdict(message.event)}
    else:
        data = {_NAMES[type(message)]: asdict(message)}
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"


def from_app(line: bytes) -> Run | Cancel | Wake:
    """What the app wrote with `to_line`."""
    match json.loads(line):
        case {"grade": run}:
            return Run(**run)
        case {"cancel": cancel}:
            return Cancel(**cancel)
        case {"wake": _}:
            return Wake()
    raise ValueError(f"not a command: {line!r}")


def from_grader(line: bytes) -> WorkerState | RunEvent:
    """What the grader wrote with `to_line`."""
    data = json.loads(line)
    if "worker" in data:
        state = WorkerState(**data["worker"])
        return replace(state, uncovered=tuple(state.uncovered))
    return RunEvent(data["run"], _event(data["kind"], data["event"]))


def _event(kind: str, fields: dict[str, Any]) -> Event:
    if kind in _PLAIN:
        return _PLAIN[kind](**fields)
    if kind == "Metrics":
        return _metrics(**fields)
    if kind == "CheckDone":
        return CheckDone(check_from_json(fields["result"]))
    return Finished(verdict_from_json(fields["verdict"]), fields["trace"])


def _metrics(
    points: list[Point],
    epochs: list[Point],
    progress: dict[str, Any] | None,
    training: dict[str, str] | None,
) -> Metrics:
    parts = tuple(Part(**part) for part in progress["parts"]) if progress else ()
    return Metrics(
        tuple(points),
        tuple(epochs),
        Progress(progress["share"], parts) if progress else None,
        Training(**training) if training else None,
    )
