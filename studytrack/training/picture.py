"""All that is known of the training that runs, bounded whatever it sends."""

from __future__ import annotations

import math
from collections import deque

from studytrack.grading.messages import Metrics, Point, Progress, Training
from studytrack.training.series import Dot, Series, reduced
from studytrack.training.time_left import TimeLeft

_MOST_METRICS = 24
_MOST_EPOCHS = 200
_MOST_KEPT = 8
_POINTS_KEPT = 100
_LARGEST = 1e30
"""Nothing larger is drawn to scale, and nothing as small as its inverse."""


class Picture:
    """The newest training of an attempt, and the last value of each metric of all of them."""

    def __init__(self) -> None:
        self.metrics: dict[str, float | None] = {}
        self._begin(Training())

    def _begin(self, training: Training) -> None:
        self.training = training
        self.series: dict[str, Series] = {}
        self.last: dict[str, float | None] = {}
        """The newest value of each metric; None where it is no number."""
        self.lost: dict[str, float] = {}
        """The step since which a metric is no number."""
        self.epochs: deque[Point] = deque(maxlen=_MOST_EPOCHS)
        self.progress: Progress | None = None
        self.step: float | None = None
        self._left = TimeLeft()

    def add(self, told: Metrics, now: float) -> None:
        """Take what the grader sent at a time in seconds.

        A step that goes back is that of another training, like one that is announced.
        """
        if told.training:
            self._begin(told.training)
        for point in told.points:
            self._add_point(point)
        self.epochs.extend(told.epochs)
        if told.progress:
            self.progress = told.progress
            if told.progress.share is not None:
                self._left.add(told.progress.share, now)

    def _add_point(self, point: Point) -> None:
        step = point.get("step")
        if step is None:
            return
        if self.step is not None and step < self.step:
            self._begin(Training())
        self.step = step
        place = self._place(point)
        for name, value in point.items():
            known = name in self.last or len(self.last) < _MOST_METRICS
            if name != "step" and known:
                self._add_value(name, value, step, place)

    def _place(self, point: Point) -> float | None:
        """Where the point lies from left to right; learning rates lie by their order of magnitude."""
        over = point.get(self.training.over)
        if self.training.over == "step" or over is None:
            return over
        return math.log10(over) if over > 0 else None

    def _add_value(self, name: str, value: float | None, step: float, place: float | None) -> None:
        self.last[name] = value
        if name in self.metrics or len(self.metrics) < 2 * _MOST_METRICS:
            self.metrics[name] = value
        if value is None:
            self.lost.setdefault(name, step)
            return
        self.lost.pop(name, None)
        if place is not None and name != self.training.over:
            self.series.setdefault(name, Series()).add(_drawable(place), _drawable(value))

    def seconds_left(self, now: float) -> float | None:
        """The seconds until the training ends; None where there is nothing to go by."""
        return self._left.seconds(now)

    def kept(self) -> dict[str, tuple[Dot, ...]]:
        """The curves over the steps, as they are kept with the attempt."""
        if self.training.over != "step":
            return {}
        first = list(self.series.items())[:_MOST_KEPT]
        return {name: tuple(reduced(series.dots, _POINTS_KEPT)) for name, series in first}


def _drawable(value: float) -> float:
    return min(_LARGEST, max(-_LARGEST, float(value))) if abs(value) > 1 / _LARGEST else 0.0
