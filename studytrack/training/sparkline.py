"""A curve that is one line of text high."""

from __future__ import annotations

from collections.abc import Sequence

from studytrack.training.series import Dot

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(dots: Sequence[Dot], width: int) -> str:
    """The values over the steps in at most `width` bars; a part without a value keeps the one before."""
    if not dots or width < 1:
        return ""
    first, last = dots[0][0], dots[-1][0]
    across = min(width, len(dots)) if last > first else 1
    parts: list[list[float]] = [[] for _ in range(across)]
    for step, value in dots:
        place = int((step - first) / (last - first) * across) if last > first else 0
        parts[min(place, across - 1)].append(value)
    heights: list[float] = []
    for part in parts:
        heights.append(sum(part) / len(part) if part else heights[-1])
    low, high = min(heights), max(heights)
    scale = (len(_BARS) - 1) / (high - low) if high > low else 0.0
    return "".join(_BARS[round((height - low) * scale)] for height in heights)
