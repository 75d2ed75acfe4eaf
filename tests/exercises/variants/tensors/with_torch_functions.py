"""Everything that torch has a name for."""

from __future__ import annotations

import torch
from torch import Tensor


def rank(t: Tensor) -> int:
    return t.dim()


def top_left(t: Tensor) -> Tensor:
    rows, columns = t.size(-2), t.size(-1)
    return t.narrow(-2, 0, rows // 2).narrow(-1, 0, columns // 2)


def double_corner(t: Tensor) -> list[Tensor]:
    factor = torch.ones_like(t)
    factor[-2:, -2:] = 2
    return [t, t * factor]


def normalise(x: Tensor) -> Tensor:
    spread, mean = torch.std_mean(x, dim=0, correction=0, keepdim=True)
    return (x - mean).div_(spread)


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> torch.Size | None:
    try:
        return torch.Size(torch.broadcast_shapes(a, b))
    except RuntimeError:
        return None
