"""A formula on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from studytrack.maths import tree
from studytrack.maths.signs import small
from studytrack.maths.spacing import FACTOR, Piece, Side, bracketed, factors, join
from studytrack.maths.tree import Node, Row

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
GRIDS = {
    "matrix": ("[", "]"),
    "smallmatrix": ("[", "]"),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{", "}"),
}


class Line:
    """Lays a formula out on one line."""

    def text(self, row: Row, *, tight: bool = False) -> str:
        return join(self.pieces_of(row), self.leaf, tight=tight)

    def leaf(self, text: str) -> str:
        """Text as it is written in this layout."""
        return text

    def pieces_of(self, row: Row) -> list[Piece]:
        return [piece for node in row for piece in self.pieces(node)]

    def pieces(self, node: Node) -> list[Piece]:
        match node:
            case tree.Atom(text, kind):
                return [Piece(text, kind, kind)]
            case tree.Group((tree.Atom(text, kind),)) if kind != "space":
                return [Piece(text, "ordinary", "ordinary")]  # so that 1{,}000 stays together
            case tree.Group(inner):
                return self.pieces_of(inner)
            case tree.Fraction(over, under):
                return [Piece(f"{self.numerator(over)}/{self.denominator(under)}", "fraction", "fraction")]
            case tree.Root(of, degree):
                return [self.root(of, self.text(degree))]
            case tree.Scripts(base, low, high):
                return self.scripts(base, low, high)
            case tree.Accent(name, mark, of):
                return [self.accent(name, mark, of)]
            case tree.Fenced(left, inner, right):
                return [Piece(left + self.text(inner) + right, "open", "close")]
            case tree.Grid(environment, rows):
                return [self.grid(environment, rows)]

    def numerator(self, row: Row) -> str:
        pieces = self.pieces_of(row)
        text = join(pieces, self.leaf)
        return text if factors(pieces) is not None else bracketed(text)

    def denominator(self, row: Row) -> str:
        pieces = self.pieces_of(row)
        text = join(pieces, self.leaf)
        if pieces and pieces[0].text in ("d", "∂"):
            pieces = pieces[1:]  # dw and ∂w are one thing
        return text if text.isdigit() or factors(pieces) == 1 else bracketed(text)

    def root(self, of: Row, degree: str) -> Piece:
        text = self.text(of)
        if degree not in _ROOTS:
            exponent = degree if len(degree) == 1 or degree.isdigit() else bracketed(degree)
            return Piece(f"{bracketed(text)}^(1/{exponent})", "open", "close")
        if len(text) == 1 or text.isdigit():
            return Piece(_ROOTS[degree] + text, "ordinary", "loose")
        return Piece(_ROOTS[degree] + bracketed(text), "ordinary", "close")

    def scripts(self, base: Node, low: Row, high: Row) -> list[Piece]:
        pieces = self.pieces(base)
        powered = isinstance(base, tree.Group) and any(
            isinstance(n, tree.Scripts) and n.high for n in base.inner
        )
        apart = len(pieces) > 1 and any(piece.left not in FACTOR for piece in pieces)
        if apart or (powered and high) or any(p.right in ("fraction", "loose") for p in pieces):
            pieces = [Piece(bracketed(join(pieces, self.leaf)), "open", "close")]
        *before, last = pieces or [Piece("", "ordinary", "ordinary")]
        below, above = self.script(low, "_"), self.script(high, "^")
        runs_on = any(
            script[:1] in ("_", "^") and not script.endswith((")", "]")) for script in (below, above)
        )
        right: Side = "loose" if runs_on and last.right not in ("name", "big") else last.right
        return [*before, replace(last, text=last.text + below + above, right=right)]

    def script(self, row: Row, mark: str) -> str:
        """`ᵢⱼ` where every character has a small form, else `_(i,b)`."""
        text = self.text(row, tight=True)
        if (form := small(text, mark)) is not None:
            return form
        if len(text) == 1 or text.isalnum():
            return mark + text
        return mark + bracketed(text)

    def accent(self, name: str, mark: str, of: Row) -> Piece:
        pieces = self.pieces_of(of)
        text = join(pieces, self.leaf)
        if name in ("overline", "underline"):
            text = "".join(c + mark for c in text)
        elif len(text) == 1 or (len(of) == 1 and isinstance(of[0], tree.Scripts) and text[:1].isalpha()):
            text = text[0] + mark + text[1:]
        else:
            return Piece(f"{name}{bracketed(text)}", "name", "close")
        right = pieces[-1].right if pieces else "ordinary"
        return Piece(unicodedata.normalize("NFC", text), "ordinary", right)

    def grid(self, environment: str, rows: Sequence[Sequence[Row]]) -> Piece:
        left, right = GRIDS.get(environment, ("", ""))
        if environment in GRIDS:
            lines = [", ".join(map(self.text, cells)) for cells in rows]
        else:  # the columns only align
            lines = [self.text(tuple(node for cell in cells for node in cell)) for cells in rows]
        text = left + "; ".join(filter(None, lines)) + right
        return Piece(text, "open" if left else "ordinary", "close" if right else "ordinary")
