# fails: one_step
# says: You took a step for every point
import torch


def fit(x, y, lr, steps):
    params = torch.full((3,), 1.1, requires_grad=True)
    for i in range(steps):
        for xi, yi in zip(x, y):
            a, b, c = params
            ((a * xi**2 + b * xi + c - yi) ** 2).mean().backward()
            with torch.no_grad():
                params -= lr * params.grad
                params.grad.zero_()
    return params.detach()
