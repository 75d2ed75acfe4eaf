"""Markdown with maths: the parser that the screens use, and a plain-text form for commands."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_FORMULA = re.compile(
    r"\$\$(?P<double>(?:[^$`\\]|\\.)+)\$\$|\$(?![\s$])(?P<single>(?:[^$`\\]|\\.)+)(?<!\s)\$(?!\d)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def parser() -> MarkdownIt:
    """A parser for which maths is text: `$…$` within a line, `$$…$$` drawn as a block.

    Maths is turned into tokens that every renderer knows, so nothing in a formula is taken for
    Markdown. What stands in code is left alone, and `$5 and $6` is money. HTML is shown as it is
    written, for in a terminal it would vanish.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    made = MarkdownIt("gfm-like", {"html": False})
    if made.linkify is not None:
        made.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # fit.py is no address
    made.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    # Its rule for a formula within a line reads over code spans, and where digits tell money from
    # maths it takes the last character of a text for the one before the first.
    made.inline.ruler.at("math_inline", _read_formula)
    made.core.ruler.after("inline", "maths", _draw_maths)
    return made


def plain(markdown: str, width: int) -> str:
    """The text without markup, wrapped to `width` columns; code keeps its lines."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = parser().parse(_CONTROL.sub("", markdown))
    return _blocks(SyntaxTreeNode(tokens).children, max(width, 10))


def in_line(markdown: str) -> str:
    """The text without markup, all on one line."""
    return " ".join(plain(markdown, len(markdown) + 10).split())


def _read_formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or (state.pos and state.src[state.pos - 1].isdigit()):
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = found["double"] or found["single"]
    state.pos = found.end()
    return True


def _draw_maths(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "math_block":
            _become(block, "fence", drawn=True)
            block.tag, block.info = "code", "text"
        for token in block.children or ():
            if token.type == "math_inline":
                _become(token, "text", drawn=False)


def _become(token: Token, kind: str, *, drawn: bool) -> None:
    from studytrack.maths import display, inline

    token.content = display(token.content) + "\n" if drawn else inline(token.content)
    token.type, token.tag, token.markup = kind, "", ""


def _blocks(nodes: Iterable[SyntaxTreeNode], width: int, *, tight: bool = False) -> str:
    return ("\n" if tight else "\n\n").join(filter(None, (_block(node, width) for node in nodes)))


def _block(node: SyntaxTreeNode, width: int) -> str:
    match node.type:
        case "heading" | "paragraph":
            return _wrapped("".join(map(_inline, node.children)), width)
        case "fence" | "code_block":
            return textwrap.indent(node.content.rstrip("\n"), "    ")
        case "bullet_list" | "ordered_list":
            return _list(node, width)
        case "blockquote":
            return textwrap.indent(_blocks(node.children, width - 2), "> ", lambda _line: True)
        case "table":
            return _table([row for part in node.children for row in part.children])
        case "hr":
            return "---"
    return node.content


def _list(node: SyntaxTreeNode, width: int) -> str:
    first = int(node.attrs.get("start", 1))
    tight = all(
        child.hidden for item in node.children for child in item.children if child.type == "paragraph"
    )
    items = []
    for number, item in enumerate(node.children, first):
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        text = _blocks(item.children, width - len(mark), tight=tight)
        items.append(mark + textwrap.indent(text, " " * len(mark)).lstrip())
    return ("\n" if tight else "\n\n").join(items)


def _table(rows: Sequence[SyntaxTreeNode]) -> str:
    texts = [["".join(map(_inline, cell.children)) for cell in row.children] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    lines = ("  ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)) for row in texts)
    return "\n".join(line.rstrip() for line in lines)


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return node.content
        case "code_inline":
            return f"`{node.content}`"
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            return _link("".join(map(_inline, node.children)), str(node.attrs["href"]))
        case "image":
            return _link(node.content, str(node.attrs["src"]))
    return "".join(map(_inline, node.children))


def _link(title: str, url: str) -> str:
    return url if title in ("", url) else f"{title} ({url})"


def _wrapped(text: str, width: int) -> str:
    lines = (
        textwrap.fill(line, max(width, 10), break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join(lines)
