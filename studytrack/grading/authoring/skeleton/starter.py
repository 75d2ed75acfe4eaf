"""Deviations from the mean: two short functions."""

import torch


def centre(x):
    """`x` with its mean taken away."""
    raise NotImplementedError


def spread(x):
    """The mean of the absolute deviations from the mean."""
    raise NotImplementedError
