"""Fit a line."""

from __future__ import annotations


def slope(x: list[float], y: list[float]) -> float:
    """The slope of the line through the origin that lies nearest to the points."""
    return sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
