"""A closure instead of `partial`, a generator of its own instead of the global one."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

generator = torch.Generator()
generator.seed()


def quadratic(a: float, b: float, c: float, x: Tensor) -> Tensor:
    return c + b * x + a * x * x


def make_quadratic(a: float, b: float, c: float) -> Callable[[Tensor], Tensor]:
    def f(x: Tensor) -> Tensor:
        return quadratic(a, b, c, x)

    return f


def add_noise(x: Tensor, mult: float, add: float) -> Tensor:
    additive = add * torch.randn(x.shape, generator=generator)
    return additive + x + x * mult * torch.randn(x.shape, generator=generator)


def noisy_points(seed: int) -> list[Tensor]:
    generator.manual_seed(seed)
    x = torch.arange(20).reshape(20, 1) * 4 / 19 - 2
    return [x, add_noise(make_quadratic(3.0, 2.0, 1.0)(x), mult=0.15, add=1.5)]
