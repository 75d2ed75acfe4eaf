"""A longer text to read: help, a comparison."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static

from studytrack.tui.widgets.key_line import KeyLine


class TextScreen(ModalScreen[None]):
    """A title, a Markdown text, and a way back."""

    CSS = """
    TextScreen {
        align: center middle;
        #title { padding: 0 2; background: $primary; color: $background; text-style: bold; }
        #frame { width: 92%; max-width: 120; height: 90%; background: $surface; }
        VerticalScroll { height: 1fr; padding: 1 1 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Back", id="text.back"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static(Content(self._title), id="title")
            with VerticalScroll():
                yield Markdown(self._text, open_links=False)
            yield KeyLine()
