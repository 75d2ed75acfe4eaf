"""What an attempt shows while it runs: its output and its metrics, a bounded number of times a second."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from studytrack.grading.live_lines import LONGEST_LINE, EpochRow, read_line
from studytrack.grading.messages import Event, Metrics, Output, Point, Progress, Training
from studytrack.grading.output import Cleaner
from studytrack.live.thinning import thin, thin_points

_EVERY = 0.05
_MOST_POINTS = 100
_MOST_LINES = 2000
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
        self._partial = b""
        self._next = 0.0
        self._kept = ""
        self.flooded = False
        self._begin(None)

    def _begin(self, training: Training | None) -> None:
        self._training = training
        self._points: list[Point] = []
        self._epochs: list[EpochRow] = []
        self._progress: Progress | None = None

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
        if len(self._partial) > LONGEST_LINE:
            self._partial = b""
        for line in thin(lines, _MOST_LINES):
            self._take(read_line(line))
        self._points = thin_points(self._points, _MOST_LINES)
        self._epochs = thin(self._epochs, _MOST_POINTS)

    def _take(self, told: Point | EpochRow | Progress | Training | None) -> None:
        match told:
            case Training():
                self._begin(told)  # what waits would be seen for less than a moment
            case Progress():
                self._progress = told
            case EpochRow():
                self._epochs.append(told)
            case dict():
                self._points.append(told)

    def timeout(self) -> float | None:
        """Seconds until something is due to be emitted; None if nothing waits."""
        return max(0.0, self._next - monotonic()) if self._waits else None

    def emit_due(self) -> None:
        """Emit what waits if the last batch is long enough ago."""
        if self._waits and monotonic() >= self._next:
            self._emit_all()

    def flush(self) -> None:
        """Emit all that is there."""
        self._show(self._cleaner.rest())
        self._emit_all()

    @property
    def _waits(self) -> bool:
        return bool(self._text or self._shows)

    @property
    def _shows(self) -> bool:
        return bool(self._points or self._epochs or self._progress or self._training)

    def _show(self, text: str) -> None:
        room = _MOST_KEPT - len(self._kept)
        if text and room > 0:
            self._text.append(text[:room])
            self._kept += text[:room]

    def _emit_all(self) -> None:
        self._next = monotonic() + _EVERY
        if self._text:
            self._emit(Output("".join(self._text)))
        if self._shows:
            points = tuple(thin_points(self._points, _MOST_POINTS))
            self._emit(Metrics(points, tuple(self._epochs), self._progress, self._training))
        self._text = []
        self._begin(None)
