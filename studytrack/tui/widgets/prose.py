"""Texts, Markdown with maths: their links open in the browser, and only where they lead to the web."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.widgets import Markdown

from studytrack.markdown import parser
from studytrack.tui.web import open_web


class Prose(Markdown):
    """A text of the curriculum or of the learner."""

    DEFAULT_CSS = """
    Prose {
        padding: 0 1;
        background: transparent;
        MarkdownH1 { content-align: left middle; margin: 0 0 1 0; }
        MarkdownH2 { margin: 1 0; }
    }
    """

    def __init__(self, text: str = "", **arguments: Any) -> None:
        super().__init__(text, parser_factory=parser, open_links=False, **arguments)

    def show(self, text: str) -> AwaitComplete:
        """Shows another text."""
        return self.update(text)

    @on(Markdown.LinkClicked)
    def _open(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        open_web(self.app, event.href)


def with_code(text: str, style: str = "$text-accent") -> Content:
    """A text on a few lines in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return Content(text)
    return Content.assemble(*((part, style) if n % 2 else part for n, part in enumerate(parts)))
