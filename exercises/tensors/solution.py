"""Tensors: rank, slices, copies, a mean along an axis, and the rule of broadcasting."""

from __future__ import annotations

from itertools import zip_longest

from torch import Tensor


def rank(t: Tensor) -> int:
    """The number of axes of `t`."""
    return len(t.shape)


def top_left(t: Tensor) -> Tensor:
    """The upper left quarter of the picture `t`, or of every picture in the stack `t`."""
    rows, columns = t.shape[-2:]
    return t[..., : rows // 2, : columns // 2]


def double_corner(t: Tensor) -> tuple[Tensor, Tensor]:
    """The pair (the 3 × 3 tensor `t`, the same with the four numbers at the bottom right doubled)."""
    after = t.clone()
    after[1:, 1:] *= 2
    return t, after


def normalise(x: Tensor) -> Tensor:
    """`x` (n, k) with every column brought to mean 0 and standard deviation 1."""
    return (x - x.mean(dim=0)) / x.std(dim=0)


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that tensors of the shapes `a` and `b` have when added, or None if they do not fit."""
    aligned = list(zip_longest(reversed(a), reversed(b), fillvalue=1))
    if any(m != n and 1 not in (m, n) for m, n in aligned):
        return None
    return tuple(max(sizes) for sizes in reversed(aligned))
