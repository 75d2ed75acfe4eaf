"""The table of the epochs, as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studytrack.grading.messages import Point
from studytrack.training.time_left import clock
from studytrack.training.words import count, number

_ENDS = ("epoch", "seconds")
_CUT = "…"


def epoch_table(rows: Sequence[Point], width: int, height: int) -> list[str]:
    """At most `height` lines, the heads first and the newest epochs last; metrics that have no room go."""
    if not rows or height < 2:
        return []
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in _ENDS]
    shown = list(rows)[1 - height :]
    epochs = _aligned(["epoch", *(count(row.get("epoch") or 0) for row in shown)])
    times = _aligned(["time", *(_time(row.get("seconds")) for row in shown)])
    for metrics, gap in _tries(shown, names):
        lines = [gap.join(cells) for cells in zip(epochs, *metrics, times, strict=True)]
        if len(lines[0]) <= width:
            return lines
    return [line[:width] for line in epochs]


def _tries(rows: Sequence[Point], names: list[str]) -> Iterator[tuple[list[list[str]], str]]:
    """The columns of the metrics, and what is between them, from the widest to the narrowest."""
    yield [_column(rows, name, name) for name in names], "  "
    short = [_column(rows, name, name.removesuffix("_loss")) for name in names]
    yield short, "  "
    yield short, " "
    for most in reversed(range(len(names))):
        yield [*short[:most], [_CUT] * (len(rows) + 1)], " "


def _column(rows: Sequence[Point], name: str, head: str) -> list[str]:
    return _aligned([head, *(number(row[name]) if name in row else "" for row in rows)])


def _aligned(cells: list[str]) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) for cell in cells]


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.1f} s" if seconds < 60 else clock(seconds)
