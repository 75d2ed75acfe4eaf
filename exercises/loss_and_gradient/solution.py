"""Two losses, and one step of gradient descent on the first of them."""

from __future__ import annotations

from torch import Tensor


def mae(prediction: Tensor, target: Tensor) -> Tensor:
    """The mean absolute error, one number."""
    return (prediction - target).abs().mean()


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    """The mean squared error, one number."""
    return ((prediction - target) ** 2).mean()


def step(params: Tensor, x: Tensor, y: Tensor, lr: float) -> Tensor:
    """The parameters (a, b, c) after one step of gradient descent on the MAE of a·x² + b·x + c."""
    w = params.detach().clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    assert w.grad is not None
    return w.detach() - lr * w.grad
