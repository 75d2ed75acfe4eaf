# fails: downhill
# says: The gradients of earlier calls were added up
import torch


def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


w = torch.zeros(3, requires_grad=True)


def step(params, x, y, lr):
    w.data = params.clone()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    return w.detach() - lr * w.grad
