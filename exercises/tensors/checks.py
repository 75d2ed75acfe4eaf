"""What is checked of the five functions on tensors."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import numpy as np

from studytrack.grading.checks import Grader, Learner, check

Shape = tuple[int, ...]
ANY = -1
"""As a number of axes: drawn, so that no list of ranks learnt by heart is right."""


@check("rank", cases=[1, 0, 2, 3, 4, None, *[ANY] * 6])
def rank_is_the_number_of_axes(grader: Grader, learner: Learner, axes: int | None) -> None:
    # Falling sizes of 6 and more, so that no number of rows, columns or elements looks like another.
    sizes = tuple(sorted((int(n) for n in grader.rng.permutation(np.arange(6, 12))[:4]), reverse=True))
    if axes == ANY:
        axes = int(grader.rng.integers(0, 5))
    shape = (1, 1, 1, 1) if axes is None else sizes[:axes]
    (t,) = grader.draw(shape)
    grader.equal(
        learner.call("rank", t),
        len(shape),
        known_mistakes=_not_the_rank(t),
        given=f"t of shape {shape}",
    )


def _not_the_rank(t: np.ndarray) -> list[tuple[Any, str]]:
    mistakes: list[tuple[Any, str]] = [
        (t.shape, "That is the shape. The rank is not the shape: it is how many sizes the shape lists."),
        (t.size, "That is the number of elements. The rank counts axes, however long they are."),
    ]
    if t.ndim:
        mistakes.append((t.shape[0], "That is the size of the first axis. The rank counts the axes."))
    if t.ndim == 2:
        mistakes.append(
            (
                np.linalg.matrix_rank(t),
                "That is the rank of a matrix in linear algebra: how many rows are independent. "
                "The rank of a tensor counts its axes.",
            )
        )
    return mistakes


@check("top_left", cases=[(2, 4), (4, 6), (10, 8), (3, 4, 6), (5, 8, 4), (5, 6, 12, 10), (7, 4, 6)])
def top_left_cuts_rows_and_columns(grader: Grader, learner: Learner, shape: Shape) -> None:
    (t,) = grader.draw(shape)
    rows, columns = shape[-2] // 2, shape[-1] // 2
    grader.close(
        learner.call("top_left", t), t[..., :rows, :columns], known_mistakes=_other_corners(t, rows, columns)
    )


def _other_corners(t: np.ndarray, rows: int, columns: int) -> list[tuple[Any, str]]:
    stack = "The last two axes are the rows and columns, whatever stands in front: count from the end."
    chained = t[..., :rows, :]
    return [
        (t[..., :2, :2], "That is always 2 × 2. The quarter grows with the picture: halve its sizes."),
        (t[..., 0, 0], "That is one number. A quarter of the picture was asked for."),
        (t[..., rows:, :columns], "That is the lower left quarter. Rows are counted from the top."),
        (t[..., :rows, columns:], "That is the upper right quarter."),
        (t[..., :columns, :rows], "Rows and columns have changed places: rows come first."),
        (chained, "That is the upper half. Rows and columns are cut in one pair of brackets."),
        (
            chained[..., : rows // 2, :],
            "The rows were cut twice. Cut rows and columns in one pair of brackets.",
        ),
        *([] if t.ndim == 2 else [(t[: t.shape[-2] // 2, : t.shape[-1] // 2], stack)]),
        *([] if t.ndim == 2 else [(t[: t.shape[0] // 2, : t.shape[1] // 2], stack)]),
    ]


@check("double_corner")
def double_corner_works_on_a_copy(grader: Grader, learner: Learner) -> None:
    for _ in range(3):
        t = grader.rng.permutation(np.arange(1, 40))[:9].reshape(3, 3)
        got = learner.call("double_corner", t)
        grader.expect(
            isinstance(got, list | tuple) and len(got) == 2,
            "double_corner(t) has to return a pair, as `return before, after` does.",
        )
        before, after = (grader.array(each, what=name) for each, name in zip(got, _PAIR, strict=True))
        doubled = t * np.pad(np.ones((2, 2), dtype=int), ((1, 0), (1, 0))) + t
        grader.close(after, doubled, known_mistakes=_doubled_elsewhere(t), what="after")
        grader.close(
            before,
            t,
            known_mistakes=[
                (
                    doubled,
                    "The original has changed too: `after = t` is a second name for the same tensor, and "
                    "a slice is a window onto its memory. Work on a copy, `t.clone()`.",
                )
            ],
            what="before",
        )


_PAIR = ("before", "after")


def _doubled_elsewhere(t: np.ndarray) -> list[tuple[Any, str]]:
    def twice(part: tuple[slice, slice]) -> np.ndarray:
        changed = t.copy()
        changed[part] *= 2
        return changed

    everything = slice(None)
    return [
        (t, "Nothing was doubled. `t[1:, 1:] * 2` makes a new tensor; it has to be written back."),
        (t * 2, "All nine numbers were doubled. Only the four at the bottom right were asked for."),
        (2 * t[1:, 1:], "That is the corner alone. The other five numbers belong to the table as well."),
        (
            twice((slice(2, 3), everything)),
            "The last row was doubled: `[1:][1:]` cuts the rows twice. "
            "Cut rows and columns in one pair of brackets, `[1:, 1:]`.",
        ),
        (twice((slice(1, 3), everything)), "The last two rows were doubled, over all columns."),
        (twice((slice(0, 2), slice(0, 2))), "That is the corner at the top left."),
    ]


@check("normalise", cases=[(4, 2), (6, 2), (9, 4), (12, 3), (7, 1)])
def normalise_works_column_by_column(grader: Grader, learner: Learner, shape: Shape) -> None:
    _, columns = shape
    scale = grader.rng.uniform(1, 5, columns) * 10.0 ** grader.rng.permutation(columns)
    drawn = (grader.rng.standard_normal(shape) + grader.rng.uniform(-2, 2, columns)) * scale
    x = drawn.round(2).astype(np.float32).astype(np.float64)
    got = grader.array(learner.call("normalise", x), shape=shape)
    expected = min((_standard(x, 0, 0), _standard(x, 0, 1)), key=lambda z: abs(got - z).max())
    grader.close(got, expected, rtol=1e-3, atol=1e-3, known_mistakes=_other_scales(x))


def _standard(x: np.ndarray, axis: int | None, ddof: int) -> np.ndarray:
    mean, deviation = x.mean(axis=axis, keepdims=True), x.std(axis=axis, ddof=ddof, keepdims=True)
    standard: np.ndarray = (x - mean) / deviation
    return standard


def _other_scales(x: np.ndarray) -> list[tuple[Any, str]]:
    whole = "You took one mean over the whole table; every column has its own. `x.mean(0)` has one for each."
    rows = "You normalised the rows. A column is what all rows have in common: take the mean along axis 0."
    spread = "You divided by the variance. The standard deviation is its square root."
    low, high = x.min(axis=0), x.max(axis=0)
    return [
        *((_standard(x, None, ddof), whole) for ddof in (0, 1) if x.shape[1] > 1),
        *((_standard(x, 1, ddof), rows) for ddof in (0, 1) if x.shape[1] > 1),
        *(((x - x.mean(0)) / x.var(0, ddof=ddof), spread) for ddof in (0, 1)),
        (x - x.mean(0), "The means are 0; what is missing is the division by the standard deviation."),
        *(
            (x / x.std(0, ddof=ddof), "Take the mean of each column away before you divide.")
            for ddof in (0, 1)
        ),
        ((x - low) / (high - low), "That brings every column between 0 and 1. Mean 0 was asked for."),
    ]


PAIRS: list[tuple[Shape, Shape]] = [
    ((3,), (3,)),
    ((3,), (1,)),
    ((), (2, 5)),
    ((3, 4), (4,)),
    ((4, 3), (4,)),
    ((3, 1), (1, 4)),
    ((64, 1, 28), (28, 1)),
]


@check("broadcast_shape", cases=[*PAIRS, *np.repeat([1, 2, 3, 4], 6).tolist()])
def broadcast_shape_follows_the_rule(
    grader: Grader, learner: Learner, case: tuple[Shape, Shape] | int
) -> None:
    a, b = _two_shapes(grader.rng, case) if isinstance(case, int) else case
    got, expected = learner.call("broadcast_shape", a, b), _sum_shape(a, b)
    if got is None and expected is not None:
        grader.fail(f"broadcast_shape({a}, {b}) is None; {expected} was expected. {_why_it_fits(a, b)}")
    grader.equal(got, expected, known_mistakes=_wrong_shapes(a, b))


def _two_shapes(rng: np.random.Generator, axes: int) -> tuple[Shape, Shape]:
    """Two shapes of at most so many axes that fit, or in one case of three, most likely do not."""
    common = rng.integers(2, 9, axes)
    shapes = []
    for _ in range(2):
        shape = np.where(rng.random(common.size) < 0.3, 1, common)
        shapes.append(shape[rng.integers(0, common.size) if rng.random() < 0.5 else 0 :])
    if rng.random() < 1 / 3:
        shapes[0] = rng.permutation(shapes[0])
        shapes[0][rng.integers(0, shapes[0].size)] += 1
    a, b = (tuple(int(n) for n in shape) for shape in shapes)
    return a, b


def _sum_shape(a: Shape, b: Shape) -> Shape | None:
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


def _why_it_fits(a: Shape, b: Shape) -> str:
    if len(a) != len(b):
        return "Align the two at the right; the axes that the shorter one lacks are no obstacle."
    return "A size of 1 stretches to the other size." if a != b else "Equal shapes always fit."


def _wrong_shapes(a: Shape, b: Shape) -> list[tuple[Any, str]]:
    """What one gets by aligning at the left, by not looking whether it fits, by losing axes."""
    expected = _sum_shape(a, b)
    left = tuple(max(pair) for pair in zip_longest(a, b, fillvalue=1))
    right = tuple(max(pair) for pair in zip_longest(a[::-1], b[::-1], fillvalue=1))
    overlap = tuple(max(pair) for pair in zip(a[::-1], b[::-1], strict=False))
    mistakes: list[tuple[Any, str]] = []
    if expected is None:
        mistakes += [
            (
                wrong,
                "Two different sizes fit only if one of them is 1. Which two stand under each other here?",
            )
            for wrong in (right, left)
        ]
    return [
        *mistakes,
        (left, "You aligned the shapes at the left. Broadcasting aligns them at the right."),
        (right, "That is the right shape backwards: turn it round at the end."),
        (overlap[::-1], "The axes that only one of the two shapes has are missing: they stay."),
        (a + b, "That is the two shapes one after the other. Put them under each other, axis by axis."),
    ]
