# fails: returns
# says: You started at zero
import torch


def fit(x, y, lr, steps):
    params = torch.zeros(3, requires_grad=True)
    for i in range(steps):
        a, b, c = params
        loss = ((a * x**2 + b * x + c - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params -= lr * params.grad
            params.grad.zero_()
    return params.detach()
