"""studytrack's own colours, dark and light; every Textual theme can be chosen instead."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="studytrack-dark",
    primary="#7aa2f7",
    secondary="#9d8cf0",
    accent="#e0af68",
    success="#8fce6a",
    warning="#e0af68",
    error="#f7768e",
    foreground="#d5daf0",
    background="#16181f",
    surface="#1b1e27",
    panel="#242835",
    variables={
        "footer-key-foreground": "#e0af68",
        "block-cursor-text-style": "bold",
        "scrollbar": "#3b4156",
        "scrollbar-background": "#16181f",
        "scrollbar-hover": "#5a6380",
    },
)

LIGHT = Theme(
    name="studytrack-light",
    primary="#2f56b0",
    secondary="#6a47b8",
    accent="#8a5a00",
    success="#2c6e1f",
    warning="#8a5a00",
    error="#b3203e",
    foreground="#23262f",
    background="#faf9f6",
    surface="#f2f0ea",
    panel="#e6e3da",
    dark=False,
    variables={
        "footer-key-foreground": "#8a5a00",
        "block-cursor-text-style": "bold",
        "foreground-muted": "#5f6370",
        "scrollbar": "#c9c4b5",
        "scrollbar-background": "#faf9f6",
        "scrollbar-hover": "#a8a290",
    },
)

THEMES = (DARK, LIGHT)
