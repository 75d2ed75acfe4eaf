"""Whether what is written on a screen can be read: the contrast of WCAG 2.2, success criterion 1.4.3."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import Color

from studytrack.tui.app import StudytrackApp

ENOUGH = 4.5


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The ratio of two sRGB colours, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(app: StudytrackApp, within: str = "Screen") -> Iterator[str]:
    """Every piece of text on the screen that has too little contrast, with its ratio."""
    region = app.screen.query_one(within).region if within != "Screen" else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if style is None or not any(letter.isalnum() for letter in text):
                continue
            if style.color and style.bgcolor:
                ratio = contrast(_rgb(style.color), _rgb(style.bgcolor))
                if ratio < ENOUGH:
                    yield f"{ratio:.1f} {_rgb(style.color)} on {_rgb(style.bgcolor)}: {text.strip()}"


def _rgb(colour: Color) -> tuple[int, int, int]:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
