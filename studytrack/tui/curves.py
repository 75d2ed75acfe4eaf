"""The points of live curves, bounded: what a plot can show of a training of any length."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_POINTS = 2_000
"""More than any terminal has dots across; beyond it every second point is dropped."""


@dataclass
class Series:
    """One metric over the steps."""

    steps: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    _stride: int = 1
    _skipped: int = 0

    def add(self, step: float, value: float) -> None:
        """Adds a point; old ones are thinned evenly once there are too many."""
        self._skipped += 1
        if self._skipped < self._stride:
            return
        self._skipped = 0
        self.steps.append(step)
        self.values.append(value)
        if len(self.steps) > MOST_POINTS:
            self.steps, self.values = self.steps[::2], self.values[::2]
            self._stride *= 2


class Curves:
    """All metrics of a run, and the last value of each."""

    def __init__(self) -> None:
        self.series: dict[str, Series] = {}
        self.last: dict[str, float | None] = {}
        self.step: float = 0

    def add(self, points: Iterable[Mapping[str, float | None]]) -> None:
        """Adds points as the grader sends them: `step` and any number of metrics.

        A step that starts again from the beginning is another training: its curve follows a new line.
        """
        for point in points:
            step = point.get("step")
            if step is None:
                continue
            if step < self.step:
                self.series.clear()
            self.step = step
            for name, value in point.items():
                if name == "step":
                    continue
                self.last[name] = value
                if value is not None and math.isfinite(value):
                    self.series.setdefault(name, Series()).add(step, value)

    def summary(self) -> str:
        """The newest numbers on one line."""
        numbers = "  ".join(
            f"{name} {'not a number' if value is None else f'{value:.4g}'}"
            for name, value in self.last.items()
        )
        return f"step {self.step:g}  {numbers}" if self.last else ""
