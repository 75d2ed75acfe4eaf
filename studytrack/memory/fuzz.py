"""Fuzz: spreads items that were learnt together over neighbouring days.

The bounds are Anki's (rslib/src/scheduler/states/fuzz.rs). The day within them is
not drawn but follows from the item and its count of reviews: the interval on a
button is then the interval given, and a replay gives it again.
"""

from __future__ import annotations

from hashlib import blake2b

_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From, to (days), and how much of an interval's part between them is fuzz."""


def fuzz_bounds(interval: int) -> tuple[int, int]:
    """The shortest and the longest interval that may take the place of `interval`, in days."""
    if interval < _RANGES[0][0]:
        return interval, interval
    delta = 1.0 + sum(share * max(0.0, min(interval, end) - start) for start, end, share in _RANGES)
    return round(interval - delta), round(interval + delta)


def fuzzed(interval: int, item: str, reviews: int) -> int:
    """The interval in days that `item` is given after so many reviews, within the bounds."""
    shortest, longest = fuzz_bounds(interval)
    digest = blake2b(f"{item}\n{reviews}".encode(), digest_size=8).digest()
    return shortest + (longest - shortest + 1) * int.from_bytes(digest) // (1 << 64)
