"""Without a single clever index, in float64 and plain lists."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def rank(t: Tensor) -> int:
    axes = 0
    for _ in t.shape:
        axes += 1
    return axes


def top_left(t: Tensor) -> Tensor:
    if t.ndim > 2:
        return torch.stack([top_left(part) for part in t])
    return torch.stack([row[: len(row) // 2] for row in t[: len(t) // 2]])


def double_corner(t: Tensor) -> tuple[np.ndarray, np.ndarray]:
    before = t.numpy().copy()
    for i in (1, 2):
        for j in (1, 2):
            t[i, j] = t[i, j] * 2
    return before, t.numpy()


def normalise(x: Tensor) -> list[list[float]]:
    columns = x.double().T.tolist()
    for column in columns:
        mean = sum(column) / len(column)
        deviation = (sum((value - mean) ** 2 for value in column) / (len(column) - 1)) ** 0.5
        column[:] = [(value - mean) / deviation for value in column]
    return [list(row) for row in zip(*columns, strict=True)]


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> list[int] | None:
    shape: list[int] = []
    for axis in range(1, max(len(a), len(b)) + 1):
        m = a[-axis] if axis <= len(a) else 1
        n = b[-axis] if axis <= len(b) else 1
        if m != n and m != 1 and n != 1:
            return None
        shape.insert(0, n if m == 1 else m)
    return shape
