"""Two versions of the learner's code, to be compared."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from studytrack.practising import Comparison
from studytrack.side_by_side import titles
from studytrack.tui.widgets.difference_view import DifferenceView
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.topbar import TopBar


class DifferenceScreen(ModalScreen[None]):
    """Both versions, and a way back."""

    CSS = """
    DifferenceScreen {
        background: $background;
        #names { height: 1; text-style: bold; text-wrap: nowrap; }
        #same { padding: 1 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="difference.back"),
        Binding("f", "fold", "Fold/unfold what is equal", id="difference.fold"),
    ]

    def __init__(self, title: str, found: Comparison) -> None:
        super().__init__()
        self._title = title
        self._found = found

    def compose(self) -> ComposeResult:
        yield TopBar(self._title, "- ~ +  removed, changed, added")
        yield Static(id="names")
        if self._found.left == self._found.right:
            yield Static("They are the same.", id="same")
        yield DifferenceView(self._found.left, self._found.right)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(DifferenceView).focus()

    def on_resize(self, event: Resize) -> None:
        names = titles(self._found.left_name, self._found.right_name, event.size.width - 1)
        self.query_one("#names", Static).update(Content(names))

    def action_fold(self) -> None:
        self.query_one(DifferenceView).toggle_fold()
