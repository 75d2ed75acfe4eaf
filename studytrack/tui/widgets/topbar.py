"""The line at the top: where the learner is, and the day."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static


class TopBar(Horizontal):
    """The name of the screen on the left, what is worth knowing on every screen on the right."""

    DEFAULT_CSS = """
    TopBar {
        height: 1;
        background: $panel;
        padding: 0 1;
        #place { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        #status { width: auto; color: $text-muted; }
    }
    """

    place: reactive[str] = reactive("")
    status: reactive[str] = reactive("")

    def __init__(self, place: str = "", status: str = "") -> None:
        super().__init__()
        self.set_reactive(TopBar.place, place)
        self.set_reactive(TopBar.status, status)

    def compose(self) -> ComposeResult:
        yield Static(self._title(), id="place")
        yield Static(Content(self.status), id="status")

    def watch_place(self) -> None:
        self._show("#place", self._title())

    def watch_status(self) -> None:
        self._show("#status", Content(self.status))

    def _title(self) -> Content:
        return Content.assemble(("studytrack", "bold $accent"), "  ", self.place)

    def _show(self, selector: str, content: Content) -> None:
        if self.is_mounted:
            self.query_one(selector, Static).update(content)
