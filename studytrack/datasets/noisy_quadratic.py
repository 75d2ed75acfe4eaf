"""The twenty noisy points on a quadratic to which the first exercises fit a curve."""

from __future__ import annotations

import numpy as np

START = np.full(3, 1.1)
"""The parameters (a, b, c) from which the course starts."""


def noisy_quadratic() -> tuple[np.ndarray, np.ndarray]:
    """`x` and `y`, both of shape (20, 1): 3x² + 2x + 1 with noise of 15 % and of 1.5.

    The points of the course's notebook *How does a neural net really work?*: NumPy's old generator
    seeded with 42, the multiplicative noise drawn before the additive. NumPy keeps that stream
    as it is for good (NEP 19).
    """
    random = np.random.RandomState(42)
    x = np.linspace(-2, 2, 20)[:, None]
    growing, constant = random.normal(scale=0.15, size=x.shape), random.normal(scale=1.5, size=x.shape)
    return x, (3 * x**2 + 2 * x + 1) * (1 + growing) + constant
