"""How laid-out pieces of a formula meet: the spaces and brackets between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studytrack.maths.tree import Kind

Side = Kind | Literal["loose", "fraction", "drawn"]
"""How a piece meets its neighbour. `loose`: a factor that would run into a next one; `fraction`: a/b
without brackets; `drawn`: a factor that stands apart."""


@dataclass(frozen=True)
class Piece:
    """Laid-out text, and how it meets what stands left and right of it."""

    text: str
    left: Side
    right: Side


FACTOR: set[Side] = {"ordinary", "open", "close", "loose", "drawn"}
_ENDS_FACTOR: set[Side] = {"ordinary", "close", "loose", "drawn", "fraction"}
_STARTS_FACTOR: set[Side] = {"ordinary", "open", "name", "big", "drawn", "fraction"}


def join(pieces: Sequence[Piece], leaf: Callable[[str], str], *, tight: bool = False) -> str:
    """The pieces with the spaces and brackets that keep them apart; `tight`, as scripts are, has fewer."""
    gaps, solid = _without_spaces(pieces)
    solid = [_unary(solid, at) for at in range(len(solid))]
    solid = [_kept_apart(solid, at, leaf) for at in range(len(solid))]
    text = ""
    for at, piece in enumerate(solid):
        if at:
            text += gaps.get(at) or (leaf(" ") if _spaced(solid[at - 1].right, piece.left, tight) else "")
        text += piece.text
    return text


def _without_spaces(pieces: Sequence[Piece]) -> tuple[dict[int, str], list[Piece]]:
    """The pieces that are not spaces, and the space that was before some of them."""
    gaps: dict[int, str] = {}
    solid: list[Piece] = []
    for piece in pieces:
        if piece.left == "space":
            gaps[len(solid)] = piece.text
        else:
            solid.append(piece)
    return gaps, solid


def _unary(pieces: Sequence[Piece], at: int) -> Piece:
    """A sign with nothing to its left (or right) to add to belongs to what follows."""
    piece = pieces[at]
    if piece.left != "binary":
        return piece
    if at + 1 == len(pieces):
        return replace(piece, left="ordinary", right="ordinary")
    return (
        piece
        if at and pieces[at - 1].right in _ENDS_FACTOR
        else replace(piece, left="ordinary", right="open")
    )


def _kept_apart(pieces: Sequence[Piece], at: int, leaf: Callable[[str], str]) -> Piece:
    """A fraction beside another factor goes into brackets."""
    piece = pieces[at]
    if piece.left != "fraction":
        return piece
    before = pieces[at - 1].right if at else "relation"
    after = pieces[at + 1].left if at + 1 < len(pieces) else "relation"
    if before in _ENDS_FACTOR | {"name", "slash"} or after in _STARTS_FACTOR | {"slash"}:
        return Piece(leaf("(") + piece.text + leaf(")"), "open" if before == "name" else "drawn", "loose")
    return piece


def _spaced(before: Side, after: Side, tight: bool) -> bool:
    if before == "punctuation" or {before, after} & {"relation", "binary"}:
        return not tight
    if before in ("name", "drawn"):
        return after in _STARTS_FACTOR - {"open"}
    if before == "big":
        return after not in ("close", "punctuation")
    if before == "loose":
        return after in _STARTS_FACTOR
    return before in _ENDS_FACTOR and after in ("name", "big", "drawn")


def factors(pieces: Sequence[Piece]) -> int | None:
    """How many factors a product has; None where it is a sum or anything else that needs brackets."""
    depth = factors = 0
    for piece in pieces:
        whole = piece.left == "open" and piece.right == "close"
        depth -= piece.left == "close" and not whole
        if depth == 0:
            if {piece.left, piece.right} - FACTOR or (" " in piece.text and not whole):
                return None
            factors += piece.left != "close"
        depth += piece.right == "open" and not whole
    return factors


def bracketed(text: str) -> str:
    return text if _is_bracketed(text) else f"({text})"


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets holds all of the text."""
    if len(text) < 2 or text[0] + text[-1] not in ("()", "[]"):
        return False
    depth = 0
    for at, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if depth == 0:
            return at == len(text) - 1
    return False
