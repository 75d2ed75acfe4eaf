"""What the author of an exercise writes `checks.py` with.

    from studytrack.grading.checks import Grader, Learner, check

    @check("mse", cases=[(1,), (2,), (4, 1), (7, 3)])
    def mse_is_the_mean_of_squares(grader: Grader, learner: Learner, shape: tuple[int, ...]) -> None:
        prediction, target = grader.draw(shape, shape)
        got = learner.call("mse", prediction, target)
        grader.close(
            grader.scalar(got),
            ((prediction - target) ** 2).mean(),
            known_mistakes={abs(prediction - target).mean(): "That is the mean absolute error."},
        )

A check with `cases` runs once for each, from the smallest to the largest, and tells of the first that
is wrong. There, small as it is, several known mistakes may lead to the same answer: the one is named
that explains the next wrong cases too. What was called, and on which input, is told by itself.

The checks run in the grader's process, with NumPy and without torch; the learner's file runs in
another, which holds no answer. A check that returns is passed; one that finds something wrong ends
at once, through a method of `Grader`. An exception that a check raises by itself is the grader's
fault, never the learner's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Literal, NoReturn, Protocol

import numpy as np

from studytrack.grading.calls import Calls, Double
from studytrack.grading.comparing import (
    KnownMistakes,
    describe_difference,
    fits_shape,
    is_close,
    is_same,
    matching_mistakes,
)
from studytrack.grading.handles import Handle
from studytrack.grading.outcomes import AttemptOver, Unmet
from studytrack.grading.shapes import why_shape
from studytrack.grading.showing import MOST_NUMBERS, describe, show, show_given, show_shape
from studytrack.grading.verdict import Finding, State

__all__ = ["Check", "Double", "Grader", "Handle", "Learner", "check"]

Kind = Literal["float", "int", "bool", "number"]

_KINDS: dict[str, str] = {"float": "f", "int": "iu", "bool": "b", "number": "fiu"}
_HAPPENED_IN_CODE = {State.LEARNER_ERROR, State.TIMEOUT, State.OUT_OF_MEMORY}
"""Ends for which it matters in which call they came."""


@dataclass(frozen=True)
class Check:
    """A function of the author's that checks one thing."""

    id: str
    run: Callable[..., None]
    cases: Sequence[Any] | None = None
    """What it is given beside grader and learner, one run for each, the smallest first."""


def check(id: str, cases: Sequence[Any] | None = None) -> Callable[[Callable[..., None]], Check]:
    """Make a function the check `id` of the manifest; with `cases` it takes one as its third argument."""
    return lambda run: Check(id, run, cases)


class Channel(Protocol):
    """The way to the learner's process."""

    def call(self, function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any: ...
    def has(self, name: str) -> bool: ...
    def seed(self, value: int) -> None: ...


class Learner:
    """The learner's file, running in a process of its own."""

    def __init__(self, channel: Channel, calls: Calls | None = None) -> None:
        self._channel = channel
        self._calls = calls or Calls()

    def call(self, function: str | Handle, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the learner's and return what it returned, as data.

        NumPy arrays arrive as torch tensors of the same shape, float ones as float32 unless
        wrapped in `Double`; numbers, text, None, lists, tuples, dicts and handles arrive as they
        are. The learner gets copies: what is changed in place there is unchanged here.

        Tensors and arrays come back as NumPy arrays (tensors that require grad too; scalars with
        shape `()`), numbers, text, None, lists, tuples and dicts as they are, and anything else
        as a `Handle`, which can be called or passed as an argument.

        The check ends here, with the state and the message that fit, if the function is missing,
        raises, is not written yet, takes too long or ends its process.
        """
        self._calls.note(function, args, kwargs)
        try:
            value = self._channel.call(function, args, kwargs)
        except Unmet as unmet:
            raise unmet.during(self._calls.place) if unmet.state in _HAPPENED_IN_CODE else unmet from None
        except AttemptOver as over:
            raise over.during(self._calls.place) if over.state in _HAPPENED_IN_CODE else over from None
        self._calls.returned(value)
        return value

    def has(self, name: str) -> bool:
        """Whether the learner's file defines `name`."""
        return self._channel.has(name)

    def seed(self, value: int) -> None:
        """Seed `random`, NumPy and torch in the learner's process, as if the learner had."""
        self._channel.seed(value)


class Grader:
    """What a check draws its inputs from and compares the answers with.

    `rng` is seeded anew on every run, and for each of a check's cases, from `seed`; `shared` carries
    values from one check of an attempt to the later ones.
    """

    def __init__(
        self,
        seed: int,
        check: str,
        shared: dict[str, Any],
        calls: Calls | None = None,
        case: int | None = None,
    ) -> None:
        self.seed = seed
        self.rng = np.random.default_rng([seed, *check.encode(), *([] if case is None else [case])])
        self.shared = shared
        self._calls = calls or Calls()

    def draw(
        self,
        *shapes: tuple[int, ...],
        low: float = -3.0,
        high: float = 3.0,
        dtype: Literal["float", "int", "bool"] = "float",
    ) -> tuple[np.ndarray, ...]:
        """Random arrays, one for each shape: floats uniform from `low` to `high`, ints below `high`.

        Floats are float64 here and hold only values that float32 can hold, so that a reference
        computed from them is exact for what the learner gets. Those of small arrays are round, as
        they are shown in full.
        """
        return tuple(self._draw(shape, low, high, dtype) for shape in shapes)

    def arrays(
        self,
        cases: int,
        shapes: Sequence[tuple[int, ...]],
        low: float = -3.0,
        high: float = 3.0,
        dtype: Literal["float", "int", "bool"] = "float",
    ) -> Iterator[tuple[np.ndarray, ...]]:
        """`cases` times what `draw` gives, for a check without cases of its own."""
        for _ in range(cases):
            yield self.draw(*shapes, low=low, high=high, dtype=dtype)

    def _draw(self, shape: tuple[int, ...], low: float, high: float, dtype: str) -> np.ndarray:
        if dtype == "int":
            return self.rng.integers(int(low), int(high), shape)
        if dtype == "bool":
            return self.rng.random(shape) < 0.5
        drawn = self.rng.uniform(low, high, shape)
        if drawn.size <= MOST_NUMBERS and high > low:
            drawn = drawn.round(2 - floor(log10(high - low)))
        return np.asarray(drawn, dtype=np.float32).astype(np.float64)

    def fail(self, message: str) -> NoReturn:
        """End the check: the answer is wrong, for this reason."""
        raise Unmet(State.INCORRECT, message)

    def expect(self, condition: bool | np.bool_, message: str) -> None:
        """End the check with `message` unless `condition` holds."""
        if not condition:
            self.fail(message)

    def array(
        self,
        value: Any,
        shape: tuple[int | None, ...] | None = None,
        dtype: Kind = "number",
        what: str = "",
    ) -> np.ndarray:
        """`value` as an array of this shape (None: any length) and kind; floats as float64.

        Lists of numbers count as arrays. Anything else ends the check with what was expected.
        """
        wanted = "a tensor" + (f" of shape {show_shape(shape)}" if shape is not None else "")
        found = self._numeric(value, wanted, what)
        if shape is not None and not fits_shape(found.shape, shape):
            self._wrong_shape(found, shape, (), what, None)
        if found.dtype.kind not in _KINDS[dtype]:
            self._wrong(f"a tensor of {found.dtype} values", f"one of {dtype} values", (), what, None)
        return found

    def scalar(self, value: Any, what: str = "") -> float:
        """`value`, a number or a tensor of shape (), as a float."""
        found = self._numeric(value, "a single number", what)
        if found.shape != ():
            self._wrong(describe(value), "a single number", (), what, None)
        return float(found)

    def _numeric(self, value: Any, wanted: str, what: str) -> np.ndarray:
        if value is None:
            self._nothing(wanted, what, None)
        if isinstance(value, (dict, Handle)) or _holds_text(value):
            self._wrong(describe(value), wanted, (), what, None)
        try:
            found = np.asarray(value)
        except ValueError:
            self._wrong("a list with rows of different lengths", wanted, (), what, None)
        if found.dtype.kind == "c":
            self._wrong("complex", f"{wanted}, real", (), what, None)
        if found.dtype.kind not in "biuf":
            self._wrong(describe(value), wanted, (), what, None)
        return found.astype(np.float64) if found.dtype.kind == "f" else found

    def close(
        self,
        got: Any,
        expected: Any,
        *,
        rtol: float = 1e-4,
        atol: float = 1e-5,
        known_mistakes: KnownMistakes = (),
        what: str = "",
        given: Any = None,
    ) -> None:
        """End the check unless `got` is `expected` within `atol + rtol * |expected|`.

        A value that one of `known_mistakes` gives gets that mistake's message as well; its text says
        the same whatever the input. NaN never passes. `what` says what was compared, where it is not
        simply what the last call returned; `given` (a mapping of names to values, or text) on which
        input, where it is not that of the last call.
        """
        want = np.asarray(expected, dtype=np.float64)
        found = self._numeric(got, "a single number" if want.shape == () else "a tensor", what)
        found = found.astype(np.float64)
        if is_close(found, want, rtol, atol):
            return
        mistakes = matching_mistakes(known_mistakes, lambda wrong: is_close(found, wrong, rtol, atol))
        if found.shape != want.shape:
            self._wrong_shape(found, want.shape, mistakes, what, given, want)
        self._wrong(*describe_difference(found, want, rtol, atol), mistakes, what, given)

    def equal(
        self,
        got: Any,
        expected: Any,
        *,
        known_mistakes: KnownMistakes = (),
        what: str = "",
        given: Any = None,
    ) -> None:
        """End the check unless `got` is exactly `expected`; else as `close`.

        Lists, tuples and arrays are compared by their items, tensors of shape () as numbers.
        """
        if is_same(got, expected):
            return
        if got is None:
            self._nothing(show(expected), what, given)
        mistakes = matching_mistakes(known_mistakes, lambda wrong: is_same(got, wrong))
        self._wrong(show(got), show(expected), mistakes, what, given)

    def _wrong_shape(
        self,
        found: np.ndarray,
        shape: tuple[int | None, ...],
        mistakes: tuple[str, ...],
        what: str,
        given: Any,
        want: np.ndarray | None = None,
    ) -> NoReturn:
        why = "" if None in shape else why_shape(found.shape, _known(shape), self._calls.shapes)
        wanted = f"shape {show_shape(shape)}" if want is None else _with_shape(want)
        self._wrong(_with_shape(found), wanted, mistakes, what, given, why)

    def _nothing(self, wanted: str, what: str, given: Any) -> NoReturn:
        finding = self._finding("None", wanted, what, given, "Is there a `return`?")
        raise Unmet(
            State.INCORRECT,
            f"{finding.what}: {wanted} was expected{_where(finding)}, but your function returned nothing.",
            finding,
        )

    def _wrong(
        self,
        got: str,
        wanted: str,
        mistakes: tuple[str, ...],
        what: str,
        given: Any,
        why: str = "",
    ) -> NoReturn:
        finding = self._finding(got, wanted, what, given, why)
        problem = f"{finding.what} is {got}; {wanted} was expected{_where(finding)}."
        raise Unmet(State.INCORRECT, problem, finding, mistakes)

    def _finding(self, got: str, expected: str, what: str, given: Any, mistake: str) -> Finding:
        lines = self._calls.given if given is None else show_given(given)
        call = self._calls.call
        return Finding(what or call or "the result", call, lines, got, expected, mistake)


def _holds_text(value: Any) -> bool:
    """Whether it is text or a list with text in it.

    NumPy would give every item of such a list the room of the longest: gigabytes for a few kilobytes.
    """
    return isinstance(value, str) or (isinstance(value, (list, tuple)) and any(map(_holds_text, value)))


def _with_shape(array: np.ndarray) -> str:
    """An array by its shape, small ones with their numbers."""
    if array.shape == () or array.size > MOST_NUMBERS:
        return describe(array)
    return f"{show(array)}, of shape {show_shape(array.shape)}"


def _where(finding: Finding) -> str:
    """On which input something was found, as the end of a sentence."""
    call = finding.call if finding.call != finding.what else ""
    parts = [part for part in (call, ", ".join(finding.given)) if part]
    return f" for {' with '.join(parts)}" if parts else ""


def _known(shape: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(n for n in shape if n is not None)
