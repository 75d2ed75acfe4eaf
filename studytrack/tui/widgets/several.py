"""Several of several choices: boxes that are read as text, for a colour alone tells nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Several(OptionList):
    """Choices, each with a box; space, its number or a click marks one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_marked", "Mark", id="several.toggle", show=False)
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.chosen: set[int] = set()
        """The numbers of the marked choices, from 1."""
        self._texts: Sequence[Content] = ()

    def offer(self, lines: Sequence[Content]) -> None:
        """Shows other choices, none of them marked."""
        self._texts = lines
        self.chosen = set()
        self.set_options([Option(self._line(number)) for number in range(1, len(lines) + 1)])
        self.highlighted = 0

    def toggle(self, number: int) -> None:
        """Marks the choice of that number, or no longer."""
        self.chosen ^= {number}
        self.replace_option_prompt_at_index(number - 1, self._line(number))
        self.highlighted = number - 1

    def action_toggle_marked(self) -> None:
        if self.highlighted is not None:
            self.toggle(self.highlighted + 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click marks."""
        event.stop()
        self.toggle(event.option_index + 1)

    def _line(self, number: int) -> Content:
        return Content("[x] " if number in self.chosen else "[ ] ") + self._texts[number - 1]
