"""Help that knows where the learner is."""

from __future__ import annotations

from textual.screen import Screen

from studytrack.tui.screens.text import TextScreen


def help_screen(screen: Screen[object]) -> TextScreen:
    """What can be done on `screen`, and with which keys: its own first, then those to move and to write."""
    ours: list[str] = []
    others: list[str] = []
    for _, binding, enabled, _ in screen.active_bindings.values():
        if enabled and binding.description and not binding.system:
            key = screen.app.get_key_display(binding)
            row = f"| {_cell(key)} | {_cell(binding.description)} |"
            (ours if binding.id else others).append(row)
    keys = "\n".join(["| key | what it does |", "|---|---|", *dict.fromkeys(ours + others)])
    return TextScreen("Help", f"{getattr(screen, 'HELP', '')}\n\n{keys}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
