"""The table of the epochs, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from studytrack.grading.messages import Point
from studytrack.training.time_left import clock
from studytrack.training.words import count, number

_GAP = "  "
_CUT = "…"


def epoch_table(rows: Sequence[Point], width: int, height: int) -> list[str]:
    """At most `height` lines, the heads first and the newest epochs last; metrics that have no room go."""
    if not rows or height < 2:
        return []
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in _ENDS]
    shown = list(rows)[1 - height :]
    columns = [_column(shown, name, name) for name in names]
    if _width(shown, columns) > width:
        columns = [_column(shown, name, name.removesuffix("_loss")) for name in names]
    if _width(shown, columns) > width:
        while columns and _width(shown, [*columns, _dots(shown)]) > width:
            columns.pop()
        columns.append(_dots(shown))
    return [_GAP.join(cells)[:width] for cells in zip(*_all(shown, columns), strict=True)]


_ENDS = ("epoch", "seconds")


def _all(rows: Sequence[Point], columns: list[list[str]]) -> list[list[str]]:
    epochs = _aligned(["epoch", *(count(row.get("epoch") or 0) for row in rows)])
    times = _aligned(["time", *(_time(row.get("seconds")) for row in rows)])
    return [epochs, *columns, times]


def _width(rows: Sequence[Point], columns: list[list[str]]) -> int:
    return len(_GAP.join(column[0] for column in _all(rows, columns)))


def _column(rows: Sequence[Point], name: str, head: str) -> list[str]:
    return _aligned([head, *(number(row[name]) if name in row else "" for row in rows)])


def _dots(rows: Sequence[Point]) -> list[str]:
    return [_CUT] * (len(rows) + 1)


def _aligned(cells: list[str]) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) for cell in cells]


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.1f} s" if seconds < 60 else clock(seconds)
