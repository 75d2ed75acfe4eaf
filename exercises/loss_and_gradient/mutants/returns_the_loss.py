# fails: downhill
# says: but the three new parameters
import torch


def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    loss = mae(a * x**2 + b * x + c, y)
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
    return loss
