# fails: fresh_points
# says: after fewer steps
import torch


def fit(x, y, lr, steps):
    params = torch.full((3,), 1.1, requires_grad=True)
    before = None
    for i in range(steps):
        a, b, c = params
        loss = ((a * x**2 + b * x + c - y) ** 2).mean()
        if i >= 10 and before - loss < 0.01 * before:
            break
        before = loss.item()
        loss.backward()
        with torch.no_grad():
            params -= lr * params.grad
            params.grad.zero_()
    return params.detach()
