"""The gradient worked out by hand, in float64."""

from __future__ import annotations

import torch
from torch import Tensor


def mae(prediction: Tensor, target: Tensor) -> float:
    return float(abs(prediction.double() - target.double()).sum() / prediction.numel())


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    error = prediction - target
    return (error * error).double().mean()


def step(params: Tensor, x: Tensor, y: Tensor, lr: float) -> Tensor:
    x, y, params = x.double(), y.double(), params.double()
    features = torch.hstack([x**2, x, torch.ones_like(x)])
    sign = torch.sign(features @ params - y[:, 0])
    return params - lr * (sign[:, None] * features).mean(dim=0)
