"""A family of quadratics, one member of it, and twenty noisy points of that member."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor


def quadratic(a: float, b: float, c: float, x: Tensor) -> Tensor:
    """a·x² + b·x + c."""
    return a * x**2 + b * x + c


def make_quadratic(a: float, b: float, c: float) -> partial[Tensor]:
    """The function of x alone that has these coefficients."""
    return partial(quadratic, a, b, c)


def add_noise(x: Tensor, mult: float, add: float) -> Tensor:
    """x · (1 + mult · u) + add · v, with u and v drawn from the standard normal distribution."""
    return x * (1 + mult * torch.randn_like(x)) + add * torch.randn_like(x)


def noisy_points(seed: int) -> tuple[Tensor, Tensor]:
    """The pair (x, y), both (20, 1): x from −2 to 2, y = 3x² + 2x + 1 with noise (0.15, 1.5)."""
    torch.manual_seed(seed)
    x = torch.linspace(-2, 2, 20)[:, None]
    return x, add_noise(make_quadratic(3, 2, 1)(x), mult=0.15, add=1.5)
