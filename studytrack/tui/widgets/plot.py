"""The plot of a few metrics; this module brings numpy, and is imported when there is something to plot."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from textual_plot import HiResMode, PlotWidget
from textual_plot.axis_formatter import NumericAxisFormatter

from studytrack.training.series import Dot, reduced

_LONGEST_LABEL = 6
_COLUMNS_A_LABEL, _ROWS_A_LABEL = 9, 2
_MOST_DOTS = 400
"""Two for each column of a plot that is wider than most terminals."""
_MOST_MARKS = 10
_FLAT = 1e-6
"""A curve whose values differ by less than this part of them is drawn as a level line."""


class _Labels(NumericAxisFormatter):
    """Labels that fit beside the plot, whatever the numbers are, and no more than there is room for."""

    def __init__(self, most: Callable[[], int]) -> None:
        self._most = most
        """Asked while it is drawn, when the plot knows its size."""

    def get_ticks(self, low: float, high: float, max_ticks: int = 8) -> list[float]:
        ticks: list[float] = super().get_ticks(low, high, max_ticks)
        most = max(2, self._most())
        while len(ticks) > most:
            ticks = ticks[::2]
        return ticks

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        labels: list[str] = super().get_labels_for_ticks(ticks)
        if all(len(label) <= _LONGEST_LABEL for label in labels):
            return labels
        return [f"{tick:.0e}".replace("e+0", "e").replace("e-0", "e-") for tick in ticks]


class _Magnitudes(NumericAxisFormatter):
    """Labels of an axis that holds logarithms, at the powers of ten."""

    def get_ticks(self, low: float, high: float, max_ticks: int = 8) -> list[float]:
        powers = range(math.ceil(low), math.floor(high) + 1)
        return [float(power) for power in powers[:: max(1, -(-len(powers) // max_ticks))]]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        return [f"1e{tick:.0f}" for tick in ticks]


class CurvePlot(PlotWidget):
    """Curves on one scale: the first a line, each other one a line with marks of its own."""

    MARKS = ("●", "▲", "■", "◆")

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False)
        self.can_focus = False

    def on_mount(self) -> None:
        super().on_mount()
        self.margin_top, self.margin_bottom, self.margin_left = 0, 1, 7

    def draw(self, curves: Sequence[Sequence[Dot]], styles: Sequence[str], magnitudes: bool) -> None:
        """Draw the curves in these styles; with `magnitudes` the steps are powers of ten."""
        self._x_formatter = (
            _Magnitudes() if magnitudes else _Labels(lambda: self.size.width // _COLUMNS_A_LABEL)
        )
        self._y_formatter = _Labels(lambda: (self.size.height - 3) // _ROWS_A_LABEL)
        self.clear()
        for number, (curve, style) in enumerate(zip(curves, styles, strict=False)):
            steps, values = _split(reduced(curve, _MOST_DOTS))
            if len(steps) > 1:
                self.plot(steps, values, line_style=style, hires_mode=HiResMode.BRAILLE)
            if number or len(steps) == 1:
                marked = _spread(curve, _MOST_MARKS)
                mark = self.MARKS[(number - 1) % len(self.MARKS)] if number else "•"
                self.scatter(*_split(marked), marker=mark, marker_style=style)
        self._set_limits([dot for curve in curves for dot in curve])

    def _set_limits(self, dots: Sequence[Dot]) -> None:
        """Give room to what has no extent, which could not be divided by."""
        for set_limits, numbers in (
            (self.set_xlimits, [step for step, _ in dots]),
            (self.set_ylimits, [value for _, value in dots]),
        ):
            low, high = min(numbers, default=0.0), max(numbers, default=0.0)
            if high - low > _FLAT * max(abs(low), abs(high)):
                set_limits(None, None)
            else:
                around = max(abs(low) / 10, 0.5)
                set_limits(low - around, high + around)


def _split(dots: Sequence[Dot]) -> tuple[list[float], list[float]]:
    return [step for step, _ in dots], [value for _, value in dots]


def _spread(dots: Sequence[Dot], most: int) -> list[Dot]:
    """Some of the points, evenly spread, the last among them."""
    every = -(-len(dots) // most)
    return list(dots[::-1][::every])
