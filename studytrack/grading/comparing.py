"""When an answer counts as the one expected, and how the difference is put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from studytrack.grading.showing import MOST_NUMBERS, show

KnownMistakes = Mapping[Any, str] | Iterable[tuple[Any, str]]
"""Wrong values that a typical mistake leads to, each with what to say to it."""


def fits_shape(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    """Whether a shape is the one wanted, in which None stands for any length."""
    return len(shape) == len(wanted) and all(w in (None, n) for n, w in zip(shape, wanted, strict=True))


def is_close(found: np.ndarray, wanted: Any, rtol: float, atol: float) -> bool:
    """Whether two have the same shape and differ nowhere by more than `atol + rtol * |wanted|`."""
    want = np.asarray(wanted, dtype=np.float64)
    return found.shape == want.shape and not _is_off(found, want, rtol, atol).any()


def _is_off(found: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Where they differ by more than that; NaN differs from everything."""
    with np.errstate(invalid="ignore"):
        near = np.abs(found - want) <= atol + rtol * np.abs(want)
    finite = np.isfinite(found) & np.isfinite(want)
    off: np.ndarray = ~np.where(finite, near, found == want)
    return off


def describe_difference(found: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> tuple[str, str]:
    """What came and what was expected, as what follows an `is`; of long arrays the first wrong place only."""
    if np.isnan(found).any():
        return ("not a number (NaN)" if want.shape == () else f"{show(found)} with NaN in it"), show(want)
    if found.size <= MOST_NUMBERS:
        return show(found), show(want)
    off = _is_off(found, want, rtol, atol)
    place = tuple(int(i) for i in np.argwhere(off)[0])
    wrong = f"wrong in {int(off.sum())} of {off.size} places: at {list(place)} it is {show(found[place])}"
    return wrong, show(want[place])


def matching_mistakes(known: KnownMistakes, matches: Callable[[Any], bool]) -> tuple[str, ...]:
    """What there is to say to each known mistake that matches, every text once."""
    pairs = known.items() if isinstance(known, Mapping) else known
    return tuple(dict.fromkeys(message for wrong, message in pairs if matches(wrong)))


def is_same(got: Any, wanted: Any) -> bool:
    """Whether two are equal, lists, tuples and arrays by their items, NumPy's numbers as Python's.

    Looks no further than the first difference: what came may be far longer than what is wanted.
    """
    got, wanted = _number(got), _number(wanted)
    rows = (list, tuple, np.ndarray)
    if isinstance(got, rows) or isinstance(wanted, rows):
        alike = isinstance(got, rows) and isinstance(wanted, rows) and len(got) == len(wanted)
        return alike and all(map(is_same, got, wanted))
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(is_same(got[key], wanted[key]) for key in wanted)
    return bool(got == wanted)


def _number(value: Any) -> Any:
    """NumPy's numbers and tensors of shape () as Python's numbers; anything else as it is."""
    single = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0)
    return value.item() if single else value
