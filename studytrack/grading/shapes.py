"""Why a result has another shape than expected: the likeliest reason, in a line."""

from __future__ import annotations

from studytrack.grading.showing import show_shape

Shape = tuple[int, ...]


def why_shape(found: Shape, want: Shape, inputs: tuple[Shape, ...] = ()) -> str:
    """What may have made `found` of what should be `want`; empty where nothing is likely.

    `inputs` are the shapes of what the function was called with.
    """
    return _crossed(found, want) or _reduced(found, want, inputs) or _rearranged(found, want)


def _crossed(found: Shape, want: Shape) -> str:
    """A (n,) beside a (n, 1) makes a table of the two."""
    ones = [size for size in want if size != 1]
    if len(found) == 2 and len(ones) == 1 and found == (ones[0], ones[0]) and ones[0] > 1:
        n = ones[0]
        return (
            f"A ({n},) and a ({n}, 1) were combined: broadcasting made a table of them, every element of the "
            "one with every element of the other. Print the shapes of both."
        )
    return ""


def _reduced(found: Shape, want: Shape, inputs: tuple[Shape, ...]) -> str:
    """A mean or sum along another axis than the one meant, or along all, or none."""
    for shape in inputs:
        meant = [axis for axis in range(len(shape)) if want in _without(shape, axis)]
        if not meant or want == shape:
            continue
        along = f"along axis {meant[0]} of the {show_shape(shape)}"
        if found == ():
            return f"All numbers became one; only those {along} were to."
        if found == shape:
            return f"Nothing was taken together {along}."
        for axis in range(len(shape)):
            if axis not in meant and found in _without(shape, axis):
                return f"The numbers along axis {axis} were taken together; those {along} were to be."
    return ""


def _without(shape: Shape, axis: int) -> tuple[Shape, Shape]:
    """What is left when an axis is reduced, dropped or kept."""
    return shape[:axis] + shape[axis + 1 :], (*shape[:axis], 1, *shape[axis + 1 :])


def _rearranged(found: Shape, want: Shape) -> str:
    """The same numbers, laid out otherwise."""
    if len(found) == len(want) > 1 and found == want[::-1]:
        return "The axes have changed places."
    if [n for n in found if n != 1] != [n for n in want if n != 1] or len(found) == len(want):
        return ""
    if len(found) < len(want):
        return "An axis of size 1 is missing: `unsqueeze`, or `None` in an index, adds one."
    return "There is an axis of size 1 too many: `squeeze`, or an index, takes it away."
