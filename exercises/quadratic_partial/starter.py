"""A quadratic, fixed and shaken. Run the checks as often as you like."""

from functools import partial

import torch


def quadratic(a, b, c, x):
    """a·x² + b·x + c."""
    raise NotImplementedError


def make_quadratic(a, b, c):
    """The function of x alone that has these coefficients."""
    raise NotImplementedError


def add_noise(x, mult, add):
    """x · (1 + mult · u) + add · v, with u and v drawn from the standard normal distribution."""
    raise NotImplementedError


def noisy_points(seed):
    """The pair (x, y), both (20, 1): x from −2 to 2, y = 3x² + 2x + 1 with noise (0.15, 1.5)."""
    raise NotImplementedError
