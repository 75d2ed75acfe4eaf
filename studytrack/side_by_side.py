"""A difference laid out in lines of text: in two columns where there is room, else in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from unicodedata import combining, east_asian_width

from studytrack.difference import Line, Row

WIDE = 100
"""Columns of a terminal from which on two columns of code can be read."""
Role = Literal["plain", "number", "folded", "removed", "added", "word removed", "word added"]
Shown = tuple[tuple[str, Role], ...]
"""A line of text in parts, each with what it is."""
_SIGNS = {"same": " ", "changed": "~", "removed": "-", "added": "+"}
_TAB = 4


def laid_out(rows: Sequence[Row], width: int) -> list[Shown]:
    """The lines of text that show `rows` in `width` columns."""
    if width < WIDE:
        return list(_in_one_column(rows, width))
    return list(_in_two_columns(rows, width))


def titles(left: str, right: str, width: int) -> str:
    """The line above `laid_out`: what stands on which side, or under which sign."""
    if width < WIDE:
        return f"- {left}   + {right}"
    column = (width - 1) // 2
    return f"{_cut(left, column):<{column}}│{_cut(right, column)}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _in_two_columns(rows: Sequence[Row], width: int) -> Iterator[Shown]:
    digits = _digits(rows)
    column = (width - 1) // 2
    for row in rows:
        if row.kind == "folded":
            yield ((_folded(row), "folded"),)
            continue
        left = list(_cell(row.left, _SIGNS[row.kind], "removed", digits, column))
        right = list(_cell(row.right, _SIGNS[row.kind], "added", digits, column))
        blank: Shown = ((" " * column, "plain"),)
        for n in range(max(len(left), len(right))):
            one = left[n] if n < len(left) else blank
            other = right[n] if n < len(right) else blank
            yield (*one, ("│", "number"), *other)


def _in_one_column(rows: Sequence[Row], width: int) -> Iterator[Shown]:
    """What was there before what is there instead, as in a unified diff."""
    digits = _digits(rows)
    waiting: list[Row] = []
    for row in [*rows, Row("folded")]:
        if row.kind in ("changed", "removed", "added"):
            waiting.append(row)
            continue
        for each in waiting:
            yield from _cell(each.left, "-", "removed", digits, width)
        for each in waiting:
            yield from _cell(each.right, "+", "added", digits, width)
        waiting = []
        if row.kind == "same":
            yield from _cell(row.right, " ", "plain", digits, width)
        elif row.folded:
            yield ((_folded(row), "folded"),)


def _folded(row: Row) -> str:
    return f"  ⋯ {row.folded} equal line{'s' if row.folded > 1 else ''}"


def _digits(rows: Iterable[Row]) -> int:
    return max((len(str(line.number)) for row in rows for line in (row.left, row.right) if line), default=1)


def _cell(line: Line | None, sign: str, side: Role, digits: int, width: int) -> Iterator[Shown]:
    """A line of code in a column, on as many lines of text as it needs."""
    if line is None:
        return
    role: Role = "plain" if sign == " " else side
    word: Role = "word removed" if side == "removed" else "word added"
    margin = f"{line.number:>{digits}} "
    pieces = [(text, word if changed else role) for text, changed in line.pieces]
    for parts, free in _wrapped(pieces, max(8, width - digits - 4)):
        yield ((margin, "number"), (f"{sign} ", role), *parts, (" " * (free + 1), "plain"))
        margin = " " * (digits + 1)


def _wrapped(pieces: Iterable[tuple[str, Role]], width: int) -> Iterator[tuple[Shown, int]]:
    """The pieces cut into lines of `width` columns, each with how many it leaves free."""
    line: list[tuple[str, Role]] = []
    used = 0
    for text, role in pieces:
        part = ""
        for sign in text:
            shown = " " * (_TAB - used % _TAB) if sign == "\t" else sign if sign.isprintable() else "·"
            cells = sum(map(_cells, shown))
            if used + cells > width:
                yield (*line, (part, role)), width - used
                line, part, used = [], "", 0
            part, used = part + shown, used + cells
        line.append((part, role))
    yield tuple(line), width - used


def _cells(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1
