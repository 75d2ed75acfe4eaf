# fails: broadcast_shape
# says: A size of 1 stretches
from itertools import zip_longest


def rank(t):
    return len(t.shape)


def top_left(t):
    rows, columns = t.shape[-2:]
    return t[..., : rows // 2, : columns // 2]


def double_corner(t):
    after = t.clone()
    after[1:, 1:] *= 2
    return t, after


def normalise(x):
    return (x - x.mean(dim=0)) / x.std(dim=0)


def broadcast_shape(a, b):
    for m, n in zip(reversed(a), reversed(b)):
        if m != n:
            return None
    return a if len(a) > len(b) else b
