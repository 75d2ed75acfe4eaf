"""Two versions of some code, side by side where there is room, with what differs between them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import work
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studytrack.difference import Row, compare, fold
from studytrack.side_by_side import Role, Shown, laid_out


class DifferenceView(ScrollView, can_focus=True):
    """Scrolls over the lines; long stretches of equal ones are folded until `folded` is unset."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "difference--plain",
        "difference--number",
        "difference--folded",
        "difference--removed",
        "difference--added",
        "difference--word-removed",
        "difference--word-added",
    }
    DEFAULT_CSS = """
    DifferenceView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        .difference--number { color: $foreground-muted; }
        .difference--folded { color: $foreground-muted; }
        .difference--removed { color: $text-error; }
        .difference--added { color: $text-success; }
        .difference--word-removed { color: $text-error; text-style: bold underline; }
        .difference--word-added { color: $text-success; text-style: bold underline; }
    }
    """

    def __init__(self, left: str, right: str) -> None:
        super().__init__()
        self.folded = True
        self._texts = left, right
        self._rows: list[Row] = []
        self._lines: list[Shown] = []

    @work
    async def on_mount(self) -> None:
        self._rows = await asyncio.to_thread(compare, *self._texts)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def toggle_fold(self) -> None:
        """Shows the equal lines too, or folds them again."""
        self.folded = not self.folded
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = laid_out(fold(self._rows) if self.folded else self._rows, width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        shown: Shown = self._lines[place] if place < len(self._lines) else ()
        strip = Strip([Segment(text, self._style(role)) for text, role in shown])
        return strip.adjust_cell_length(self.size.width, self._style("plain")).crop(0, self.size.width)

    def _style(self, role: Role) -> RichStyle:
        return self.get_component_rich_style(f"difference--{role.replace(' ', '-')}")
