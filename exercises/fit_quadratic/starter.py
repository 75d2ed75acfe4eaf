"""Fit a quadratic by gradient descent. Run the checks as often as you like."""

import torch

from studytrack.live import log  # log(step=i, of=steps, loss=loss) draws the curve


def fit(x, y, lr, steps):
    """The parameters (a, b, c) of a·x² + b·x + c after `steps` steps from (1.1, 1.1, 1.1)."""
    raise NotImplementedError
