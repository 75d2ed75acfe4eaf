"""The way from a training to the grader: lines of JSON in a pipe whose reader may be slow."""

from __future__ import annotations

import json
import os
import select
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic

from studytrack.live.thinning import thin, thin_points

_WINDOW = 0.01
"""Seconds that one batch of points gathers; the first point of a training goes out at once."""
_MOST_POINTS = 20
"""What a batch keeps of its window: more could not be drawn."""
_MOST_WAITING = 2000

Part = tuple[str, int, int | None]
"""Where a training is in one of its loops, such as `("epoch", 2, 3)`: the second of three."""


class Stream:
    """Writes what a training shows, and never waits for the reader.

    What comes within a hundredth of a second is written together, thinned.
    """

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._next_write = 0.0
        self._begin()

    def _begin(self) -> None:
        self._training: dict[str, str] | None = None
        self._points: list[dict[str, float]] = []
        self._epochs: list[dict[str, float]] = []
        self._progress: tuple[float | None, Sequence[Part]] | None = None

    def training(self, title: str, over: str) -> None:
        """A new picture begins; what still waits belongs to the last one."""
        self._begin()
        self._training = {"title": title, "over": over}

    def point(self, step: int, metrics: Mapping[str, float]) -> None:
        self._points.append({"step": step, **metrics})
        if self.due:
            self.write()
        elif len(self._points) > _MOST_WAITING:
            self._points = thin_points(self._points, _MOST_WAITING // 2)

    def epoch(self, row: dict[str, float]) -> None:
        """An epoch has ended; the row tells its number and its metrics."""
        self._epochs = [*self._epochs[1 - _MOST_POINTS :], row]

    def progress(self, share: float | None, parts: Sequence[Part]) -> None:
        """How much is done, from 0 to 1, and where in the loops; it goes out with what comes next."""
        self._progress = (share, parts)

    @property
    def due(self) -> bool:
        """Whether what comes now is written at once."""
        return monotonic() >= self._next_write

    def write(self) -> None:
        """Write what waits; what the pipe cannot take now is dropped."""
        lines: list[object] = [{"training": self._training}] if self._training else []
        lines += thin_points(self._points, _MOST_POINTS)
        lines += [{"epoch": row} for row in thin(self._epochs, _MOST_POINTS)]
        lines += [{"progress": self._progress}] if self._progress else []
        self._begin()
        self._next_write = monotonic() + _WINDOW
        for piece in _pieces(lines):
            try:
                os.write(self._descriptor, piece)
            except OSError:
                return  # the pipe is full or gone; a curve can miss a point


def _pieces(contents: Sequence[object]) -> Iterator[bytes]:
    """The contents as lines, together as far as a pipe takes them whole or not at all."""
    piece = b""
    for content in contents:
        line = json.dumps(content, separators=(",", ":")).encode() + b"\n"
        if len(piece) + len(line) > select.PIPE_BUF:
            yield piece
            piece = b""
        if len(line) <= select.PIPE_BUF:
            piece += line
    yield piece
