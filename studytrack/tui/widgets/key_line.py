"""The line at the bottom: the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widget import Widget


class KeyLine(Widget):
    """As many keys as fit, none of them cut, and always the palette, which holds all the others.

    Textual's own footer makes a widget of each key anew whenever the focus moves, which takes longer
    than all else that a key does; this one is a line of text.
    """

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-foreground;
        text-wrap: nowrap;
    }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        keys = list(self._keys())
        palette = self._palette()
        room = self.size.width - palette.cell_length
        gap = 2 if _width(keys, 2) <= room else 1
        while keys and _width(keys, gap) > room:
            keys.pop(-2 if len(keys) > 1 else -1)  # the last is help
        line = Content("").join(key + " " * gap for key in keys)
        return line + " " * (room - line.cell_length) + palette

    def _keys(self) -> Iterator[Content]:
        """Each action that is to be shown, once, with its first key."""
        seen = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in seen:
                seen.add(binding.action)
                yield self._labelled(self.app.get_key_display(binding), binding.description, binding.key)

    def _palette(self) -> Content:
        key = self.app.COMMAND_PALETTE_BINDING
        if key not in self.screen.active_bindings:
            return Content("")
        binding = self.screen.active_bindings[key].binding
        return self._labelled(self.app.get_key_display(binding), "all", key)

    def _labelled(self, shown: str, description: str, key: str) -> Content:
        label = Content.assemble((shown, "bold $footer-key-foreground"), f" {description}")
        return label.stylize(Style.from_meta({"key": key}))

    def on_click(self, event: Click) -> None:
        """A click does as the key does."""
        if key := event.style.meta.get("key"):
            self.app.simulate_key(key)


def _width(keys: Sequence[Content], gap: int) -> int:
    return sum(key.cell_length + gap for key in keys)
