"""A plot of curves in text: lines of Braille dots, marks of their own for all but the first, two axes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from studytrack.live.thinning import thin
from studytrack.training.series import Dot
from studytrack.training.ticks import Tick, magnitudes, ticks

MARKS = ("●", "▲", "■", "◆")
"""What tells the second curve, the third … from the first."""
POINT = "•"
"""A curve of a single point."""
LEAST_WIDTH, LEAST_HEIGHT = 16, 4
"""Columns and lines below which nothing can be seen."""
Piece = tuple[str, int | None]
"""Some text, and the number of the curve that it belongs to; None where it is the frame's."""

_BRAILLE = 0x2800
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of each dot in a cell of two by four, by its column and its row from above."""
_MOST_MARKS = 10
_COLUMNS_A_LABEL, _ROWS_A_LABEL = 10, 2
_FLAT = 1e-6
"""Values that differ by less than this part of them lie on a level line."""


def plot(
    curves: Sequence[Sequence[Dot]], width: int, height: int, *, logarithmic: bool = False
) -> list[list[Piece]]:
    """The lines of a plot of so many columns and lines; with `logarithmic` the steps are powers of ten."""
    dots = [dot for curve in curves for dot in curve]
    if not dots or width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return []
    bottom, top = _limits([value for _, value in dots])
    left, right = _limits([step for step, _ in dots])
    at_left = ticks(bottom, top, (height - 2) // _ROWS_A_LABEL)
    margin = max((len(label) for _, label in at_left), default=0)
    area = _Area(width - margin - 1, height - 2, (left, right), (bottom, top))
    for number, curve in enumerate(curves):
        area.draw(curve, number)
    for number, curve in enumerate(curves):
        area.mark(curve, number)
    below = (magnitudes if logarithmic else ticks)(left, right, area.columns // _COLUMNS_A_LABEL)
    labels = {area.row(value): label for value, label in at_left}
    lines: list[list[Piece]] = []
    for row, cells in enumerate(area.lines()):
        label = labels.get(row, "")
        lines.append([(f"{label:>{margin}}{'┤' if label else '│'}", None), *cells])
    return [*lines, *_axis(area, below, margin)]


class _Area:
    """The place of the curves: so many cells across and down, for these steps and values."""

    def __init__(
        self, columns: int, rows: int, steps: tuple[float, float], values: tuple[float, float]
    ) -> None:
        self.columns, self._rows = columns, rows
        self._steps, self._values = steps, values
        self._masks = [[0] * columns for _ in range(rows)]
        self._marks: dict[tuple[int, int], str] = {}
        self._owner: dict[tuple[int, int], int] = {}

    def column(self, step: float) -> int:
        """The cell of a step, from the left."""
        return self._across(step) // 2

    def row(self, value: float) -> int:
        """The cell of a value, from above."""
        return self._down(value) // 4

    def _across(self, step: float) -> int:
        low, high = self._steps
        return round((step - low) / (high - low) * (2 * self.columns - 1))

    def _down(self, value: float) -> int:
        low, high = self._values
        return round((high - value) / (high - low) * (4 * self._rows - 1))

    def draw(self, curve: Sequence[Dot], number: int) -> None:
        """Draw a line through all the points."""
        places = [(self._across(step), self._down(value)) for step, value in curve]
        spans: dict[int, tuple[int, int]] = {}
        """The dots from which and to which each column is filled."""
        for (x, y), (next_x, next_y) in pairwise(places):
            across = next_x - x
            for column in range(x, next_x + 1):
                ends = (max(0.0, column - 0.5 - x), min(float(across), column + 0.5 - x))
                high, low = (
                    sorted(round(y + (next_y - y) * end / across) for end in ends)
                    if across
                    else sorted((y, next_y))
                )
                before = spans.get(column, (high, low))
                spans[column] = (min(before[0], high), max(before[1], low))
        for column, (high, low) in spans.items():
            bits = _BITS[column % 2]
            for row in range(high, low + 1):
                self._masks[row // 4][column // 2] |= bits[row % 4]
                self._owner[row // 4, column // 2] = number

    def mark(self, curve: Sequence[Dot], number: int) -> None:
        """Set the marks of a curve; the first has none unless it is a single point."""
        if number == 0 and len(curve) > 1:
            return
        for step, value in thin(curve, _MOST_MARKS):
            cell = (self.row(value), self.column(step))
            self._marks[cell] = MARKS[(number - 1) % len(MARKS)] if number else POINT
            self._owner[cell] = number

    def lines(self) -> list[list[Piece]]:
        """The cells of each line, those of one curve together."""
        return [
            [
                ("".join(text for text, _ in pieces), owner)
                for owner, pieces in groupby(
                    (self._cell(row, column) for column in range(self.columns)), key=lambda piece: piece[1]
                )
            ]
            for row in range(self._rows)
        ]

    def _cell(self, row: int, column: int) -> Piece:
        mask = self._masks[row][column]
        text = self._marks.get((row, column)) or (chr(_BRAILLE + mask) if mask else " ")
        return text, self._owner.get((row, column))


def _axis(area: _Area, below: Sequence[Tick], margin: int) -> list[list[Piece]]:
    """The line at the bottom, and the labels below it as far as they have room."""
    line, labels = ["─"] * area.columns, [" "] * (margin + 1 + area.columns)
    for step, label in below:
        column = area.column(step)
        start = max(0, min(margin + 1 + column - len(label) // 2, len(labels) - len(label)))
        if all(letter == " " for letter in labels[max(0, start - 1) : start + len(label)]):
            line[column] = "┬"
            labels[start : start + len(label)] = label
    return [[(" " * margin + "└" + "".join(line), None)], [("".join(labels).rstrip(), None)]]


def _limits(numbers: Sequence[float]) -> tuple[float, float]:
    """From where to where an axis goes; what has no extent gets some."""
    low, high = min(numbers), max(numbers)
    if high - low > _FLAT * max(abs(low), abs(high)):
        return low, high
    around = max(abs(low) / 10, 0.5)
    return low - around, high + around
