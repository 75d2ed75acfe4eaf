"""Texts beside their labels, each wrapped within its own column."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studytrack.tui.widgets.prose import with_code

Rows = Sequence[tuple[str, str]]


class Labelled(Widget):
    """Rows of a label and a text; a row without a label goes on below the one above."""

    DEFAULT_CSS = """
    Labelled { height: auto; }
    """

    def __init__(self, rows: Rows = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = tuple(rows)

    def show(self, rows: Rows) -> None:
        """Shows other rows."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._laid_out(width))

    def render(self) -> Content:
        return Content("\n").join(self._laid_out(self.content_size.width))

    def _laid_out(self, width: int) -> list[Content]:
        column = max((len(label) for label, _ in self._rows), default=0) + 2
        lines: list[Content] = []
        for label, text in self._rows:
            first = Content.assemble((label.ljust(column), "$foreground-muted"))
            for wrapped in with_code(text).wrap(max(10, width - column)):
                lines.append(first + wrapped)
                first = Content(" " * column)
        return lines
