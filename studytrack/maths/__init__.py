"""Maths for the terminal: LaTeX as Unicode, on one line within a text or drawn over several.

What a formula means never changes: where one line cannot show what was above or below, brackets
say it, as in `(a + b)/2`, and a script without a character of its own is written `w_(i,b)`.
"""

from __future__ import annotations


def inline(formula: str) -> str:
    """The formula on one line, for use within a text."""
    from studytrack.maths.line import Line
    from studytrack.maths.reading import parse

    return Line().text(parse(formula)).strip()


def display(formula: str) -> str:
    """The formula drawn over as many lines as it needs."""
    from studytrack.maths.drawing import draw
    from studytrack.maths.reading import parse

    return draw(parse(formula)) or inline(formula)
