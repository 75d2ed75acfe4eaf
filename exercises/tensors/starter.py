"""Tensors: five short functions. Run the checks as often as you like."""

import torch


def rank(t):
    """The number of axes of `t`."""
    raise NotImplementedError


def top_left(t):
    """The upper left quarter of the picture `t`, or of every picture in the stack `t`."""
    raise NotImplementedError


def double_corner(t):
    """The pair (the 3 × 3 tensor `t`, the same with the four numbers at the bottom right doubled)."""
    raise NotImplementedError


def normalise(x):
    """`x` (n, k) with every column brought to mean 0 and standard deviation 1."""
    raise NotImplementedError


def broadcast_shape(a, b):
    """The shape that tensors of the shapes `a` and `b` have when added, or None if they do not fit."""
    raise NotImplementedError
