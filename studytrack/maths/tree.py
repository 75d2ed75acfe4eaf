"""What a formula is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "ordinary", "name", "big", "binary", "relation", "punctuation", "open", "close", "slash", "space"
]
"""What an atom is to its neighbours; spacing and brackets follow from it, as in TeX."""


@dataclass(frozen=True)
class Atom:
    """A character, the name of a function, or a piece of text."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Group:
    """What stands in braces."""

    inner: Row


@dataclass(frozen=True)
class Fraction:
    over: Row
    under: Row


@dataclass(frozen=True)
class Root:
    of: Row
    degree: Row


@dataclass(frozen=True)
class Scripts:
    """A base with something below, above, or both."""

    base: Node
    low: Row
    high: Row


@dataclass(frozen=True)
class Accent:
    """A hat, bar or other mark; `mark` is its combining character."""

    name: str
    mark: str
    of: Row


@dataclass(frozen=True)
class Fenced:
    """What stands between `\\left` and `\\right`; a missing side is an empty text."""

    left: str
    inner: Row
    right: str


@dataclass(frozen=True)
class Grid:
    """The rows and cells of an environment such as `pmatrix`, `cases` or `aligned`."""

    environment: str
    rows: tuple[tuple[Row, ...], ...]


Node = Atom | Group | Fraction | Root | Scripts | Accent | Fenced | Grid
Row = tuple[Node, ...]
