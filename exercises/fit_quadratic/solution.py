"""Fit a quadratic by gradient descent: predict, measure, ask for the slopes, step, forget them."""

from __future__ import annotations

import torch
from torch import Tensor

from studytrack.live import log


def fit(x: Tensor, y: Tensor, lr: float, steps: int) -> Tensor:
    """The parameters (a, b, c) of a·x² + b·x + c after `steps` steps from (1.1, 1.1, 1.1)."""
    params = torch.full((3,), 1.1, requires_grad=True)
    for i in range(steps):
        a, b, c = params
        loss = ((a * x**2 + b * x + c - y) ** 2).mean()
        loss.backward()
        log(step=i, of=steps, loss=loss)
        assert params.grad is not None
        with torch.no_grad():
            params -= lr * params.grad
            params.grad.zero_()
    return params.detach()
