"""The course's way: NumPy's old generator, seeded for everybody at once."""

from __future__ import annotations

from functools import partial

import numpy as np
import torch
from torch import Tensor


def quadratic(a: float, b: float, c: float, x: Tensor) -> Tensor:
    return (a * x + b) * x + c


def make_quadratic(a: float, b: float, c: float) -> partial[Tensor]:
    return partial(quadratic, a, b, c)


def noise(x: Tensor, scale: float) -> Tensor:
    return torch.tensor(np.random.normal(scale=scale, size=x.shape))


def add_noise(x: Tensor, mult: float, add: float) -> Tensor:
    return x * (1 + noise(x, mult)) + noise(x, add)


def noisy_points(seed: int) -> tuple[Tensor, Tensor]:
    np.random.seed(seed)
    x = torch.linspace(-2, 2, 20)[:, None]
    return x, add_noise(quadratic(3, 2, 1, x), 0.15, 1.5)
