# fails: one_step
# says: not multiplied by lr
import torch


def fit(x, y, lr, steps):
    params = torch.full((3,), 1.1, requires_grad=True)
    for i in range(steps):
        a, b, c = params
        loss = ((a * x**2 + b * x + c - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params -= params.grad
            params.grad.zero_()
    return params.detach()
