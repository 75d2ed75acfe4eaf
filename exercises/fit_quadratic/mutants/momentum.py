# fails: zeroes_gradients
# says: as with momentum
import torch


def fit(x, y, lr, steps):
    params = torch.full((3,), 1.1, requires_grad=True)
    optimiser = torch.optim.SGD([params], lr=lr, momentum=0.9)
    for i in range(steps):
        a, b, c = params
        optimiser.zero_grad()
        ((a * x**2 + b * x + c - y) ** 2).mean().backward()
        optimiser.step()
    return params.detach()
