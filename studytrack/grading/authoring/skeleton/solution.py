"""Deviations from the mean."""

from __future__ import annotations

from torch import Tensor


def centre(x: Tensor) -> Tensor:
    """`x` with its mean taken away."""
    return x - x.mean()


def spread(x: Tensor) -> Tensor:
    """The mean of the absolute deviations from the mean."""
    return centre(x).abs().mean()
