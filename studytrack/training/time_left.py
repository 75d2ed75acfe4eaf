"""How long a training still takes, from how far it was and when."""

from __future__ import annotations

import math

_AT_LEAST = 1.0
"""Seconds of training before anything is said of its end."""
_MOST_SAMPLES = 128


class TimeLeft:
    """The rate is that of the newer half of the time, so that a training that slows down is followed."""

    def __init__(self) -> None:
        self._samples: list[tuple[float, float]] = []
        """Time and share, the oldest first; the older, the fewer."""

    def add(self, share: float, now: float) -> None:
        """A share from 0 to 1 is done at a time in seconds; one that goes back begins anew."""
        if self._samples and share < self._samples[-1][1]:
            self._samples = []
        self._samples.append((now, share))
        if len(self._samples) > _MOST_SAMPLES:
            self._samples = self._samples[:1] + self._samples[1:-1:2] + self._samples[-1:]

    def seconds(self, now: float) -> float | None:
        """The seconds that are left; None before there is something to go by, and at the end."""
        if not self._samples:
            return None
        (start, first), (_, share) = self._samples[0], self._samples[-1]
        if now - start < _AT_LEAST or share in (first, 1.0):
            return None
        middle = (start + now) / 2
        since, then = next(sample for sample in reversed(self._samples) if sample[0] <= middle)
        if share > then:
            return (1 - share) * (now - since) / (share - then)
        return (1 - share) * (now - start) / (share - first)


def clock(seconds: float) -> str:
    """`0:42`, `12:03`, `1:02:03`."""
    minutes, rest = divmod(math.ceil(min(seconds, 359_999)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
