"""The losses and the optimiser that torch brings along."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import l1_loss, mse_loss


def mae(prediction: Tensor, target: Tensor) -> Tensor:
    return l1_loss(prediction, target)


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    return mse_loss(prediction, target)


def step(params: Tensor, x: Tensor, y: Tensor, lr: float) -> list[Tensor]:
    a, b, c = weights = [p.clone().requires_grad_() for p in params]
    optimiser = torch.optim.SGD(weights, lr=lr)
    l1_loss(a * x**2 + b * x + c, y).backward()
    optimiser.step()
    return weights
