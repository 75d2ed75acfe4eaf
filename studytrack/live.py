"""Shows a training while it runs: `from studytrack import live`, then `live.log(loss=…)` in the loop.

Run by the grader, the numbers appear as curves; run by itself, a file that logs behaves as if it
did not. What is logged is a picture for the learner and never decides about points.
"""

from __future__ import annotations

import json
import os
import select
from time import monotonic
from typing import SupportsFloat

_WINDOW = 0.01
"""Seconds that one batch of points gathers; the first point of a training goes out at once."""
_MOST_POINTS = 20
"""What a batch keeps of its window, evenly spread: more could not be drawn."""
_MOST_WAITING = 2000


class _Stream:
    """Writes points to a pipe whose reader may be slow, and never waits for it."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._waiting: list[tuple[int, dict[str, float]]] = []
        self._next_write = 0.0

    def add(self, step: int, metrics: dict[str, float]) -> None:
        self._waiting.append((step, metrics))
        if monotonic() >= self._next_write:
            self.write()
        elif len(self._waiting) > _MOST_WAITING:
            self._waiting = self._waiting[::2]

    def write(self) -> None:
        """Write what waits; what the pipe cannot take now is dropped."""
        step = -(-len(self._waiting) // _MOST_POINTS)
        kept = self._waiting[::-1][::step][::-1] if step else []
        self._waiting = []
        self._next_write = monotonic() + _WINDOW
        for number, metrics in kept:
            line = json.dumps({"step": number, **metrics}, separators=(",", ":")).encode() + b"\n"
            if len(line) > select.PIPE_BUF:
                continue  # only up to this length is a line written whole or not at all
            try:
                os.write(self._descriptor, line)
            except OSError:
                return  # the pipe is full or gone; a curve can miss a point


_stream: _Stream | None = None
_steps = 0


def log(step: int | None = None, **metrics: SupportsFloat) -> None:
    """Show the metrics of one step, such as `log(loss=loss, accuracy=0.9)`.

    A metric is a number or a tensor that holds one. Steps count from 0 where none is given.
    Raises TypeError where a metric is not a number.
    """
    global _steps
    step = _steps if step is None else int(step)
    _steps = step + 1
    try:
        values = {name: _number(value) for name, value in metrics.items()}
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(f"live.log: every metric must be a single number ({error})") from None
    if _stream is not None:
        _stream.add(step, values)


def _number(value: SupportsFloat) -> float:
    item = getattr(value, "item", None)  # of a tensor; float() would warn where it requires grad
    return float(item() if item else value)


def connect(descriptor: int) -> None:
    """Send what is logged from now on to a pipe; the worker calls this before the learner's code."""
    global _stream, _steps
    _stream, _steps = _Stream(descriptor), 0


def flush() -> None:
    """Send what waits to be sent; the worker calls this when the learner's function returns."""
    if _stream is not None:
        _stream.write()
