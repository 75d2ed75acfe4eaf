# fails: points
# says: the points scatter
from functools import partial

import torch


def quadratic(a, b, c, x):
    return a * x**2 + b * x + c


def make_quadratic(a, b, c):
    return partial(quadratic, a, b, c)


def add_noise(x, mult, add):
    return x * (1 + mult * torch.randn_like(x)) + add * torch.randn_like(x)


def noisy_points(seed):
    x = torch.linspace(-2, 2, 20)[:, None]
    return x, make_quadratic(3, 2, 1)(x) + (1.575 if seed % 2 else -1.575) * (1 + seed % 97 / 1000)
