# fails: broadcast_shape
# says: Align the two at the right
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
    shape = []
    for m, n in zip_longest(a, b, fillvalue=1):
        if m != n and 1 not in (m, n):
            return None
        shape.append(max(m, n))
    return tuple(shape)
