"""Where the labels of an axis stand, and what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence

Tick = tuple[float, str]

_LONGEST = 8


def ticks(low: float, high: float, most: int) -> list[Tick]:
    """At most `most` round numbers from `low` to `high`, which is larger."""
    rough = (high - low) / max(1, most)
    power = math.floor(math.log10(rough))
    steps = (factor * 10.0**power for factor in (1, 2, 5, 10, 20))
    step = next(step for step in steps if math.floor(high / step) - math.ceil(low / step) < max(1, most))
    values = [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return list(zip(values, _labels(values, max(0, -math.floor(math.log10(step)))), strict=True))


def magnitudes(low: float, high: float, most: int) -> list[Tick]:
    """The same for an axis of logarithms, at powers of ten."""
    powers = range(math.ceil(low), math.floor(high) + 1)
    every = -(-len(powers) // max(1, most)) or 1
    return [(float(power), f"1e{power}") for power in powers[::every]]


def _labels(values: Sequence[float], decimals: int) -> list[str]:
    labels = [f"{value:.{decimals}f}" if decimals < _LONGEST else f"{value:.0e}" for value in values]
    if all(len(label) <= _LONGEST for label in labels):
        return labels
    return [_short(value) for value in values]


def _short(value: float) -> str:
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}" if value else "0"
