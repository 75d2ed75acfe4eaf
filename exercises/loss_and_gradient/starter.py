"""How wrong, and which way is down? Run the checks as often as you like."""

import torch


def mae(prediction, target):
    """The mean absolute error, one number."""
    raise NotImplementedError


def mse(prediction, target):
    """The mean squared error, one number."""
    raise NotImplementedError


def step(params, x, y, lr):
    """The parameters (a, b, c) after one step of gradient descent on the MAE of a·x² + b·x + c."""
    raise NotImplementedError
