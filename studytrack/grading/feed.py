"""What an attempt shows while it runs: its output and its metrics, a bounded number of times a second."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TypeVar

from studytrack.grading.messages import Event, Metrics, Output, Point
from studytrack.grading.output import Cleaner

T = TypeVar("T")

_EVERY = 0.05
_MOST_POINTS = 100
_MOST_LINES = 2000
_LONGEST_POINT = 4096
_MOST_METRICS = 16
_LONGEST_NAME = 60
_MOST_KEPT = 64_000


class Feed:
    """Takes what comes through the attempt's pipes and emits it in batches.

    `flooded` turns true when more than `most_output` bytes were printed.
    """

    def __init__(self, emit: Callable[[Event], None], most_output: int) -> None:
        self._emit = emit
        self._left = most_output
        self._cleaner = Cleaner()
        self._text: list[str] = []
        self._points: list[Point] = []
        self._partial = b""
        self._next = 0.0
        self._kept = ""
        self.flooded = False

    @property
    def printed(self) -> str:
        """What was printed so far, as far as it is kept."""
        return self._kept

    def take_output(self, data: bytes) -> None:
        """Bytes that the learner's code printed."""
        self.flooded = self.flooded or len(data) > self._left
        self._show(self._cleaner.feed(data[: self._left]))
        self._left -= min(len(data), self._left)

    def take_metrics(self, data: bytes) -> None:
        """Bytes that came from `studytrack.live`, or from something that imitates it."""
        *lines, self._partial = (self._partial + data).split(b"\n")
        if len(self._partial) > _LONGEST_POINT:
            self._partial = b""
        self._points += [point for point in map(read_point, thin(lines, _MOST_LINES)) if point]
        self._points = thin(self._points, _MOST_LINES)

    def timeout(self) -> float | None:
        """Seconds until something is due to be emitted; None if nothing waits."""
        return max(0.0, self._next - monotonic()) if self._text or self._points else None

    def emit_due(self) -> None:
        """Emit what waits if the last batch is long enough ago."""
        if (self._text or self._points) and monotonic() >= self._next:
            self._emit_all()

    def flush(self) -> None:
        """Emit all that is there."""
        self._show(self._cleaner.rest())
        self._emit_all()

    def _show(self, text: str) -> None:
        room = _MOST_KEPT - len(self._kept)
        if text and room > 0:
            self._text.append(text[:room])
            self._kept += text[:room]

    def _emit_all(self) -> None:
        self._next = monotonic() + _EVERY
        if self._text:
            self._emit(Output("".join(self._text)))
        if self._points:
            self._emit(Metrics(tuple(thin(self._points, _MOST_POINTS))))
        self._text, self._points = [], []


def read_point(line: bytes) -> Point | None:
    """The point that a line stands for, or None if it stands for none."""
    try:
        data = json.loads(line) if len(line) <= _LONGEST_POINT else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not 2 <= len(data) <= _MOST_METRICS + 1:
        return None
    point: Point = {}
    for name, value in data.items():
        if not name.isidentifier() or len(name) > _LONGEST_NAME:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        point[name] = _finite(value)
    return point if point.get("step") is not None else None


def _finite(value: float) -> float | None:
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number too large for a float
        return None


def thin(points: Sequence[T], most: int) -> list[T]:
    """At most `most` of the points, evenly spread, the last among them."""
    step = -(-len(points) // most)
    return list(points[::-1][::step][::-1]) if step > 1 else list(points)
