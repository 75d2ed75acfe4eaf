"""LaTeX's maths, read into a small tree.

The reader is lenient: a formula in a learner's own notes may be half written, and something
readable must come of it. It never raises.
"""

from __future__ import annotations

import re
import unicodedata

from studytrack.maths.signs import character, in_font, symbol
from studytrack.maths.tree import Accent, Atom, Fenced, Fraction, Grid, Group, Node, Root, Row, Scripts

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|:=|\s+|.", re.DOTALL)
_DEEPEST = 40
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac"}
_TEXTS = {"text", "textrm", "textit", "textsf", "textnormal", "mbox"}
_UPRIGHT = {"mathrm", "operatorname", "operatorname*", "mathit", "mathsf", "mathtt", "textbf", "texttt"}
_LETTERS = {"mathbf": "mathbf", "boldsymbol": "mathbf", "bm": "mathbf", "mathbb": "mathbb"} | {
    "mathcal": "mathcal",
    "mathscr": "mathcal",
    "mathfrak": "mathfrak",
}
_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "underline": "\u0332",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
}
_SPACES = {",": " ", ";": " ", ":": " ", ">": " ", " ": " ", "\\": "  ", "quad": "  ", "qquad": "  "}
_WITHOUT_EFFECT = {"!", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber"} | {
    size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
}


def parse(latex: str) -> Row:
    """The formula as a row of nodes; several lines or columns become one `aligned` grid."""
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in latex)
    try:
        rows = _Reader(clean).grid("")
    except _TooDeepError:
        return (Atom(re.sub(r"[\\{}\s]+", " ", clean).strip(), "ordinary"),)
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else (Grid("aligned", rows),)


class _TooDeepError(Exception):
    """Nested further than any formula is."""


class _Reader:
    """Walks over the tokens of one formula."""

    def __init__(self, latex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(latex)
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def skip_space(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def row(self, *ends: str) -> Row:
        """All up to one of `ends`, which is left to be taken, or to the end of the formula."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeepError
        nodes: list[Node] = []
        while (token := self.peek()) and token not in ends:
            if (node := self.node()) is not None:
                nodes.append(node)
        self.depth -= 1
        return tuple(nodes)

    def node(self) -> Node | None:
        """A nucleus with its scripts."""
        base = None if self.peek() in ("^", "_", "'") else self.nucleus()
        low: Row = ()
        high: Row = ()
        while True:
            self.skip_space()
            if self.peek() in ("\\limits", "\\nolimits"):
                self.take()
            elif self.peek() == "'":
                self.take()
                high += (Atom("′", "ordinary"),)
            elif self.peek() == "^":
                self.take()
                high += self.argument()
            elif self.peek() == "_":
                self.take()
                low += self.argument()
            else:
                break
        return Scripts(base or Group(()), low, high) if low or high else base

    def argument(self) -> Row:
        """What a command or a script applies to: a group, or the next nucleus."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeepError
        self.skip_space()
        forgotten = self.peek() in ("}", "&", "\\\\", "\\right", "\\end")
        node = None if forgotten else self.nucleus()
        self.depth -= 1
        if isinstance(node, Group):
            return node.inner
        return (node,) if node else ()

    def raw(self) -> str:
        """The text of a group, as it is written."""
        self.skip_space()
        if self.peek() != "{":
            return self.take()
        self.take()
        text, open_braces = "", 1
        while token := self.take():
            open_braces += {"{": 1, "}": -1}.get(token, 0)
            if not open_braces:
                break
            text += token
        return text

    def nucleus(self) -> Node | None:
        token = self.take()
        if token == "{":
            inner = self.row("}")
            self.take()
            return Group(inner)
        if token.startswith("\\") and len(token) > 1:
            return self.command(token[1:])
        if token == "~":
            return Atom(" ", "space")
        return None if token.isspace() or token in ("", "}", "&", "\\", "$") else character(token)

    def command(self, name: str) -> Node | None:
        if name in _FRACTIONS:
            return Fraction(self.argument(), self.argument())
        if name == "sqrt":
            degree = self.optional()
            return Root(self.argument(), degree)
        if name in _TEXTS:
            return Atom(re.sub(r"\\(?:[a-zA-Z]+|(.))|[{}$]", r"\1", self.raw()), "ordinary")
        if name in _UPRIGHT:
            return _word(self.argument())
        if name in _LETTERS:
            return Group(tuple(_in_font(node, _LETTERS[name]) for node in self.argument()))
        if name in _ACCENTS:
            return Accent(name.removeprefix("wide"), _ACCENTS[name], self.argument())
        if name == "left":
            return self.fenced()
        if name == "begin":
            environment = self.raw()
            if environment == "array":
                self.raw()  # how its columns are aligned
                environment = "matrix"
            return Grid(environment.rstrip("*"), self.grid("\\end"))
        if name in ("right", "end"):  # without its beginning
            self.raw()
            return None
        return self.stacked(name)

    def stacked(self, name: str) -> Node | None:
        """Commands that put one thing above or beside another."""
        if name in ("stackrel", "overset"):
            above = self.argument()
            return Scripts(Group(self.argument()), (), above)
        if name == "underset":
            below = self.argument()
            return Scripts(Group(self.argument()), below, ())
        if name == "binom":
            over, under = self.argument(), self.argument()
            return Fenced("(", (*over, Atom(" choose ", "ordinary"), *under), ")")
        if name == "pmod":
            return Fenced("(", (Atom("mod", "name"), *self.argument()), ")")
        if name in ("underbrace", "overbrace", "boxed"):
            return Group(self.argument())
        if name == "not":
            return _struck(self.argument())
        if name in _SPACES:
            return Atom(_SPACES[name], "space")
        return None if name in _WITHOUT_EFFECT else symbol(name)

    def optional(self) -> Row:
        """An argument in square brackets, if there is one."""
        self.skip_space()
        if self.peek() != "[":
            return ()
        self.take()
        inner = self.row("]", "}")
        if self.peek() == "]":
            self.take()
        return inner

    def fenced(self) -> Fenced:
        left = self.delimiter()
        inner = self.row("\\right", "\\\\", "&", "\\end", "}")
        if self.peek() != "\\right":
            return Fenced(left, inner, "")
        self.take()
        return Fenced(left, inner, self.delimiter())

    def delimiter(self) -> str:
        self.skip_space()
        token = self.take()
        atom = symbol(token[1:]) if token.startswith("\\") and len(token) > 1 else character(token)
        return "" if token == "." else atom.text

    def grid(self, end: str) -> tuple[tuple[Row, ...], ...]:
        """Cells between `&`, rows between `\\\\`, up to `end` and its name."""
        self.depth += 1
        rows: list[list[Row]] = [[]]
        while True:
            rows[-1].append(self.row("&", "\\\\", *([end] if end else [])))
            token = self.take()
            if token == "\\\\":
                rows.append([])
            elif token != "&":
                break
        if end and token == end:
            self.raw()
        self.depth -= 1
        if len(rows) > 1 and rows[-1] == [()]:
            rows.pop()  # the last row was closed too
        return tuple(map(tuple, rows))


def _word(row: Row) -> Node:
    """Letters set upright are one word."""
    if row and all(isinstance(node, Atom) and node.kind in ("ordinary", "binary") for node in row):
        text = "".join(node.text for node in row if isinstance(node, Atom))
        return Atom(text.replace("−", "-"), "name" if len(text) > 1 else "ordinary")
    return Group(row)


def _in_font(node: Node, font: str) -> Node:
    if isinstance(node, Atom) and node.kind == "ordinary":
        return Atom(in_font(node.text, font), "ordinary")
    return node


def _struck(row: Row) -> Node:
    if len(row) == 1 and isinstance(row[0], Atom):
        return Atom(unicodedata.normalize("NFC", row[0].text + "\u0338"), row[0].kind)
    return Group((Atom("not", "name"), *row))
