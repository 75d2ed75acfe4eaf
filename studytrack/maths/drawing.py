"""A formula drawn over several lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from textwrap import dedent

from studytrack.maths import tree
from studytrack.maths.line import GRIDS, Line
from studytrack.maths.signs import small
from studytrack.maths.spacing import Piece, Side, join
from studytrack.maths.tree import Node, Row

_SECOND_CELL = "\ud7a3"
"""Keeps the second cell of a wide character; the last Hangul syllable, never a guise itself."""
_TALL = {"∑": r"\sum ", "∏": r"\prod ", "∫": r"\int "}
_FENCES = {"": ".", "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|"} | {
    "‖": r"\Vert ",
    "⌊": r"\lfloor ",
    "⌋": r"\rfloor ",
    "⌈": r"\lceil ",
    "⌉": r"\rceil ",
}


def draw(formula: Row) -> str | None:
    """The lines of a formula, or None where it needs but one or cannot be drawn."""
    drawing = Drawing()
    tex = drawing.text(formula)
    rows = _texicode(tex) if drawing.tall else None
    if rows is None:
        return None
    lines = dedent("\n".join(map(drawing.decode, rows))).splitlines()
    return "\n".join(line.rstrip() for line in lines)


class Drawing(Line):
    """Writes a formula as what TeXicode draws.

    Only the layout is left to TeXicode: it knows few signs (and prints `?` for the rest), drops
    spaces and turns the limits of a sum into small forms of the wrong side. So each character
    goes through it in the guise of a Hangul syllable, a letter that it leaves alone.
    """

    def __init__(self) -> None:
        self.line = Line()
        self.tall = False
        self.guises: dict[str, str] = {}

    def leaf(self, text: str) -> str:
        return "".join(self.guise(found) for found in re.findall(r".[\u0300-\u036f\u20d0-\u20ff]*", text))

    def guise(self, character: str) -> str:
        guise = self.guises.setdefault(character, chr(0xAC00 + len(self.guises)))
        wide = unicodedata.east_asian_width(character[0]) in ("W", "F")
        return guise + _SECOND_CELL * wide

    def decode(self, line: str) -> str:
        characters = {guise: character for character, guise in self.guises.items()} | {_SECOND_CELL: ""}
        return "".join(characters.get(c, c) for c in line)

    def pieces(self, node: Node) -> list[Piece]:
        match node:
            case tree.Group(inner) if len(inner) != 1:
                return self.pieces_of(inner)
            case tree.Fraction(over, under):
                return [self.drawn(rf"\frac{{{self.text(over)}}}{{{self.text(under)}}}")]
            case tree.Root(of, ()) if len(of) > 1 or not isinstance(of[0] if of else None, tree.Atom):
                return [self.drawn(rf"\sqrt{{{self.text(of)}}}")]
            case tree.Scripts(tree.Atom(sign), low, high) if sign in _TALL:
                return [self.drawn(_TALL[sign] + self.limits(low, high), "big")]
            case tree.Scripts(base, low, high):
                return self.scripts(base, low, high)
            case tree.Fenced(left, inner, right) if left in _FENCES and right in _FENCES:
                text = rf"\left{_FENCES[left]}{self.text(inner)}\right{_FENCES[right]}"
                return [Piece(text, "open", "close")]
            case tree.Grid(environment, rows):
                return [self.drawn(self.environment(environment, rows))]
        return self.encoded(self.line.pieces(node))

    def scripts(self, base: Node, low: Row, high: Row) -> list[Piece]:
        was_tall, self.tall = self.tall, False
        pieces = self.pieces(base)
        base_is_tall, self.tall = self.tall, self.tall or was_tall
        scripts = (
            small(self.line.text(low, tight=True), "_"),
            small(self.line.text(high, tight=True), "^"),
        )
        if not base_is_tall and None not in scripts:
            return self.encoded(self.line.scripts(base, low, high))
        text = f"{{{join(pieces, self.leaf)}}}{self.limits(low, high)}"
        return [Piece(text, pieces[0].left, pieces[-1].right) if pieces else self.drawn(text)]

    def encoded(self, pieces: Sequence[Piece]) -> list[Piece]:
        return [replace(piece, text=self.leaf(piece.text)) for piece in pieces]

    def drawn(self, tex: str, side: Side = "drawn") -> Piece:
        self.tall = True
        return Piece(tex, side, side)

    def limits(self, low: Row, high: Row) -> str:
        below = f"_{{{self.text(low, tight=True)}}}" if low else ""
        return below + (f"^{{{self.text(high, tight=True)}}}" if high else "")

    def environment(self, name: str, rows: Sequence[Sequence[Row]]) -> str:
        name = name if name in GRIDS or name == "gathered" else "aligned"
        lines = (" & ".join(self.cell(name, cell, at) for at, cell in enumerate(cells)) for cells in rows)
        return rf"\begin{{{name}}} " + r" \\ ".join(lines) + rf" \end{{{name}}}"

    def cell(self, environment: str, cell: Row, at: int) -> str:
        """A cell; where columns only align, a relation at its start keeps its distance."""
        pieces = self.pieces_of(cell)
        apart = environment == "aligned" and at and pieces and pieces[0].left in ("relation", "binary")
        return self.leaf(" " if apart else "") + join(pieces, self.leaf)


def _texicode(tex: str) -> list[str] | None:
    """The lines that TeXicode draws, or None where it gives up."""
    from texicode.pipeline import render_tex_rows

    rows: list[str] = render_tex_rows(tex, False)
    return None if rows and rows[0].startswith("TeXicode: ") else rows
