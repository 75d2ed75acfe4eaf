"""The points of one metric, bounded: what can be seen of a training of any length."""

from __future__ import annotations

from collections.abc import Sequence

Dot = tuple[float, float]
"""A step and the value there."""

MOST_BUCKETS = 1_000
"""Twice as many points are kept at most: more than any terminal has dots across."""


class Series:
    """One metric over the steps.

    Of too many points the lowest and the highest of each of a thousand equal parts are kept, and
    the very first and the very last, so that no peak is lost.
    """

    def __init__(self) -> None:
        self._closed: list[tuple[Dot, Dot]] = []
        """The lowest and the highest of each part."""
        self._size = 1
        """How many points are in a part."""
        self._open: list[Dot] = []
        """Lowest and highest of the part that is not full yet."""
        self._count = 0
        self._ends: tuple[Dot, Dot] | None = None

    def add(self, step: float, value: float) -> None:
        """Add a point; the steps do not go back."""
        dot = (step, value)
        self._ends = (self._ends[0] if self._ends else dot, dot)
        self._open = list(_extremes([*self._open, dot]))
        self._count += 1
        if self._count == self._size:
            self._close()

    def _close(self) -> None:
        low, high = self._open
        self._closed.append((low, high))
        self._open, self._count = [], 0
        if len(self._closed) == MOST_BUCKETS:
            pairs = zip(self._closed[::2], self._closed[1::2], strict=True)
            self._closed = [_extremes([*one, *other]) for one, other in pairs]
            self._size *= 2

    @property
    def dots(self) -> list[Dot]:
        """The points that were kept, in order."""
        if self._ends is None:
            return []
        inner = [dot for part in self._closed for dot in part] + self._open
        return _without_doubles([self._ends[0], *sorted(inner, key=_step), self._ends[1]])


def reduced(dots: Sequence[Dot], most: int) -> list[Dot]:
    """At most `most` of the points, but four: the first, the last, and the extremes in between."""
    if len(dots) <= most:
        return list(dots)
    size = -(-len(dots) // max(1, (most - 2) // 2))
    parts = [dot for start in range(0, len(dots), size) for dot in _extremes(dots[start : start + size])]
    return _without_doubles([dots[0], *sorted(parts, key=_step), dots[-1]])


def _extremes(dots: Sequence[Dot]) -> tuple[Dot, Dot]:
    return min(dots, key=_value), max(dots, key=_value)


def _without_doubles(dots: list[Dot]) -> list[Dot]:
    return list(dict.fromkeys(dots))


def _step(dot: Dot) -> float:
    return dot[0]


def _value(dot: Dot) -> float:
    return dot[1]
