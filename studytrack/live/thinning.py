"""Fewer points that look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
P = TypeVar("P", bound=Mapping[str, Any])


def thin(items: Sequence[T], most: int) -> list[T]:
    """At most `most` of the items, evenly spread, the last among them."""
    step = -(-len(items) // most)
    return list(items[::-1][::step][::-1]) if step > 1 else list(items)


def thin_points(points: Sequence[P], most: int) -> list[P]:
    """At most `most` of the points, in order; those with rare metrics are not crowded out by the others."""
    if len(points) <= most:
        return list(points)
    kinds = [frozenset(point) for point in points]
    count = Counter(kinds)
    share = max(1, most // len(count))
    left, kept = dict(count), []
    for point, kind in zip(points, kinds, strict=True):
        left[kind] -= 1  # how many of the kind follow, so that its last is kept
        if left[kind] % -(-count[kind] // share) == 0:
            kept.append(point)
    return thin(kept, most)
