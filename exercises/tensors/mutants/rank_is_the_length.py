# fails: rank
# says: That is the size of the first axis
from itertools import zip_longest


def rank(t):
    return len(t) if t.dim() else 0


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
    aligned = list(zip_longest(reversed(a), reversed(b), fillvalue=1))
    if any(m != n and 1 not in (m, n) for m, n in aligned):
        return None
    return tuple(max(sizes) for sizes in reversed(aligned))
