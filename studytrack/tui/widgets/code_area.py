"""The editor for Python: a text area that indents as Python is written."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

INDENT = "    "


class CodeArea(TextArea):
    """Line numbers, spaces for tabs, and a new line that begins where its code belongs."""

    def __init__(self, id: str) -> None:
        super().__init__(
            id=id, soft_wrap=False, show_line_numbers=True, tab_behavior="indent", highlight_cursor_line=True
        )

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.read_only:
            event.stop()
            event.prevent_default()
            self.insert(f"\n{self._indentation()}")
        else:
            await super()._on_key(event)

    def _indentation(self) -> str:
        """What the next line begins with: the indentation of this one, a step more after a colon."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        indentation = before[: len(before) - len(before.lstrip())]
        return indentation + INDENT if before.rstrip().endswith(":") else indentation
