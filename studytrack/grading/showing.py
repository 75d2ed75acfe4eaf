"""How values appear in messages to the learner: short, and as they would be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studytrack.grading.handles import Handle

MOST_NUMBERS = 12
"""Arrays of up to so many are shown in full."""
_LONGEST = 160


def show(value: Any) -> str:
    """`value` on one line: numbers to five digits, long arrays by their shape."""
    match value:
        case bool() | np.bool_():
            return str(bool(value))
        case float() | np.floating():
            return f"{float(value):.5g}"
        case np.ndarray():
            return _show_array(value)
        case list():
            return _cut(f"[{', '.join(map(show, value))}]")
        case tuple():
            return _cut(f"({', '.join(map(show, value))}{',' if len(value) == 1 else ''})")
        case dict():
            return _cut("{" + ", ".join(f"{show(k)}: {show(v)}" for k, v in value.items()) + "}")
        case Handle():
            return describe(value)
        case str():
            return _cut(repr(value))
    return _cut(str(value))


def _show_array(array: np.ndarray) -> str:
    if array.size > MOST_NUMBERS or 0 in array.shape:
        return f"an array of shape {show_shape(array.shape)}"
    return show(array.tolist())


def show_shape(shape: tuple[int | None, ...]) -> str:
    """A shape as PyTorch writes it, `…` where any length will do."""
    return (
        "(" + ", ".join("…" if n is None else str(n) for n in shape) + ("," if len(shape) == 1 else "") + ")"
    )


def show_tensor(value: Any) -> str:
    """An input of a learner's function: arrays as the tensors that they become there."""
    if not isinstance(value, np.ndarray):
        return show(value)
    if value.size > MOST_NUMBERS:
        return f"a tensor of shape {show_shape(value.shape)}"
    return f"tensor({show(value.tolist())})"


def show_given(given: Any) -> tuple[str, ...]:
    """The input on which something was found, a line for each name; text is left as it is."""
    if given is None:
        return ()
    if isinstance(given, Mapping):
        return tuple(f"{name} = {show(value)}" for name, value in given.items())
    return (given if isinstance(given, str) else show(given),)


def describe(value: Any) -> str:
    """What kind of thing `value` is, with an article: `a tensor of shape (3,)`."""
    match value:
        case None:
            return "None"
        case bool():
            return f"the bool {value}"
        case int() | float() | complex():
            return f"the number {show(value)}"
        case str():
            return f"the text {show(value)}"
        case np.ndarray():
            kind = f"{value.dtype} " if value.dtype.kind not in "f" else ""
            return f"a {kind}tensor of shape {show_shape(value.shape)}"
        case Handle():
            return (
                "a function" if value.type_name == "function" else f"an object of the type {value.type_name}"
            )
    return f"a {type(value).__name__} of length {len(value)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
