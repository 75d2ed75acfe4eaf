"""What separates two texts of code, row by row, as it can be set side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "changed", "removed", "added", "folded"]

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.5
"""The least similarity, from 0 to 1, of two lines that count as one that was changed."""
_MOST_PAIRS = 2500
"""Above so many pairs of lines in one place they are not tried against each other."""
_WORTH_FOLDING = 4
"""Equal lines; fewer take no more room than what would stand for them."""
_LONGEST_LINE = 1000
"""Characters; longer lines are alike or not, but not compared word by word."""
_MOST_LINES = 2000
"""Above so many, lines that occur very often are no longer taken for a place where the texts agree."""


@dataclass(frozen=True)
class Line:
    """A line of one of the two texts."""

    number: int
    pieces: tuple[tuple[str, bool], ...]
    """Its parts, each with whether it is missing from the line beside it."""

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class Row:
    """Two lines that stand beside each other, or one beside nothing."""

    kind: Kind
    left: Line | None = None
    right: Line | None = None
    folded: int = 0
    """How many equal lines a row of the kind `folded` stands for."""


def compare(before: str, after: str) -> list[Row]:
    """The rows of two texts; nothing is left out of either."""
    left, right = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    many = max(len(left), len(right)) > _MOST_LINES
    for tag, i, i_end, j, j_end in SequenceMatcher(None, left, right, autojunk=many).get_opcodes():
        if tag == "equal":
            rows += (
                Row("same", _line(i + n, left[i + n]), _line(j + n, right[j + n])) for n in range(i_end - i)
            )
        else:
            rows += _block(left, right, (i, i_end), (j, j_end))
    return rows


def fold(rows: Sequence[Row], around: int = 3) -> list[Row]:
    """The same with one row for each long stretch of equal lines, but for those around a difference."""
    folded: list[Row] = []
    for equal, stretch in groupby(enumerate(rows), lambda numbered: numbered[1].kind == "same"):
        numbers = [number for number, _ in stretch]
        first = around if numbers[0] > 0 else 0
        last = len(numbers) - (around if numbers[-1] < len(rows) - 1 else 0)
        lines = rows[numbers[0] : numbers[-1] + 1]
        if equal and last - first >= _WORTH_FOLDING:
            lines = [*lines[:first], Row("folded", folded=last - first), *lines[last:]]
        folded += lines
    return folded


def _line(index: int, text: str) -> Line:
    return Line(index + 1, ((text, False),))


def _block(
    left: Sequence[str], right: Sequence[str], lines: tuple[int, int], others: tuple[int, int]
) -> Iterator[Row]:
    """The rows of a place where the texts differ: lines that are alike beside each other."""
    (i, i_end), (j, j_end) = lines, others
    for pair_i, pair_j in [*_pairs(left[i:i_end], right[j:j_end]), (i_end - i, j_end - j)]:
        while i < lines[0] + pair_i:
            yield Row("removed", left=_line(i, left[i]))
            i += 1
        while j < others[0] + pair_j:
            yield Row("added", right=_line(j, right[j]))
            j += 1
        if i < i_end and j < j_end:
            yield _changed(i, left[i], j, right[j])
            i, j = i + 1, j + 1


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Which lines to set side by side: those by which the most is alike, in order."""
    if len(left) * len(right) > _MOST_PAIRS:
        return []
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[_likeness(one, other) for other in right] for one in left]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            together = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if alike[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: str, other: str) -> float:
    if not one.strip() or not other.strip() or max(len(one), len(other)) > _LONGEST_LINE:
        return 0.0
    return SequenceMatcher(None, one.strip(), other.strip(), autojunk=False).ratio()


def _changed(i: int, left: str, j: int, right: str) -> Row:
    """Two lines that are alike, with what differs between them."""
    words, others = _TOKENS.findall(left), _TOKENS.findall(right)
    mine: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        mine.append(("".join(words[a:a_end]), tag != "equal"))
        theirs.append(("".join(others[b:b_end]), tag != "equal"))
    return Row("changed", Line(i + 1, _full(mine)), Line(j + 1, _full(theirs)))


def _full(pieces: list[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    return tuple(piece for piece in pieces if piece[0])
