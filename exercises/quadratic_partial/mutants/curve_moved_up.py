# fails: points
# says: noise goes up as often as down
from functools import partial

import torch


def quadratic(a, b, c, x):
    return a * x**2 + b * x + c


def make_quadratic(a, b, c):
    return partial(quadratic, a, b, c)


def add_noise(x, mult, add):
    return x * (1 + mult * torch.randn_like(x)) + add * torch.randn_like(x)


def noisy_points(seed):
    torch.manual_seed(seed)
    x = torch.linspace(-2, 2, 20)[:, None]
    return x, add_noise(make_quadratic(3, 2, 1)(x), 0.15, 1.5) + 2
