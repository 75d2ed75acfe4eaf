"""What the author of an exercise writes `checks.py` with.

    from studytrack.grading.checks import Grader, Learner, check

    @check("mse")
    def mse_is_the_mean_of_squares(grader: Grader, learner: Learner) -> None:
        for prediction, target in grader.arrays(cases=5, shapes=[(7,), (7,)]):
            got = learner.call("mse", prediction, target)
            grader.close(
                grader.scalar(got),
                ((prediction - target) ** 2).mean(),
                known_mistakes={abs(prediction - target).mean(): "That is the mean absolute error."},
                given={"prediction": prediction, "target": target},
            )

The checks run in the grader's process, with NumPy and without torch; the learner's file runs in
another, which holds no answer. A check that returns is passed; one that finds something wrong ends
at once, through a method of `Grader`. An exception that a check raises by itself is the grader's
fault, never the learner's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, Protocol

import numpy as np

from studytrack.grading.comparing import (
    KnownMistakes,
    as_plain,
    describe_difference,
    fits_shape,
    is_close,
    mistake_message,
)
from studytrack.grading.handles import Handle
from studytrack.grading.outcomes import Unmet
from studytrack.grading.showing import describe, show, show_given, show_shape
from studytrack.grading.verdict import State

__all__ = ["Check", "Double", "Grader", "Handle", "Learner", "check"]

Kind = Literal["float", "int", "bool", "number"]

_KINDS: dict[str, str] = {"float": "f", "int": "iu", "bool": "b", "number": "fiu"}
_NOTHING = "returned nothing: is there a `return`?"


@dataclass(frozen=True)
class Check:
    """A function of the author's that checks one thing."""

    id: str
    run: Callable[[Grader, Learner], None]


def check(id: str) -> Callable[[Callable[[Grader, Learner], None]], Check]:
    """Make a function the check `id` of the manifest."""
    return lambda run: Check(id, run)


@dataclass(frozen=True)
class Double:
    """An array that reaches the learner as float64; plain float arrays arrive as float32."""

    array: np.ndarray


class Channel(Protocol):
    """The way to the learner's process."""

    def call(self, function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any: ...
    def has(self, name: str) -> bool: ...
    def seed(self, value: int) -> None: ...


class Learner:
    """The learner's file, running in a process of its own."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

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
        return self._channel.call(function, args, kwargs)

    def has(self, name: str) -> bool:
        """Whether the learner's file defines `name`."""
        return self._channel.has(name)

    def seed(self, value: int) -> None:
        """Seed `random`, NumPy and torch in the learner's process, as if the learner had."""
        self._channel.seed(value)


class Grader:
    """What a check draws its inputs from and compares the answers with.

    `rng` is seeded anew on every run, from `seed`; `shared` carries values from one check of an
    attempt to the later ones.
    """

    def __init__(self, seed: int, check: str, shared: dict[str, Any]) -> None:
        self.seed = seed
        self.rng = np.random.default_rng([seed, *check.encode()])
        self.shared = shared

    def arrays(
        self,
        cases: int,
        shapes: Sequence[tuple[int, ...]],
        low: float = -3.0,
        high: float = 3.0,
        dtype: Literal["float", "int", "bool"] = "float",
    ) -> Iterator[tuple[np.ndarray, ...]]:
        """`cases` tuples of random arrays, one for each shape, uniform in [low, high).

        Floats are float64 here and hold only values that float32 can hold, so that a reference
        computed from them is exact for what the learner gets.
        """
        for _ in range(cases):
            yield tuple(self._draw(shape, low, high, dtype) for shape in shapes)

    def _draw(self, shape: tuple[int, ...], low: float, high: float, dtype: str) -> np.ndarray:
        if dtype == "int":
            return self.rng.integers(int(low), int(high), shape)
        if dtype == "bool":
            return self.rng.random(shape) < 0.5
        return self.rng.uniform(low, high, shape).astype(np.float32).astype(np.float64)

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
        what: str = "the result",
    ) -> np.ndarray:
        """`value` as an array of this shape (None: any length) and kind; floats as float64.

        Lists of numbers count as arrays. Anything else ends the check with what was expected.
        """
        wanted = "a tensor" + (f" of shape {show_shape(shape)}" if shape is not None else "")
        found = self._numeric(value, wanted, what)
        if shape is not None and not fits_shape(found.shape, shape):
            self.fail(f"{what} has shape {show_shape(found.shape)}; {show_shape(shape)} was expected.")
        if found.dtype.kind not in _KINDS[dtype]:
            self.fail(f"{what} holds {found.dtype} values; {dtype} values were expected.")
        return found

    def scalar(self, value: Any, what: str = "the result") -> float:
        """`value`, a number or a tensor of shape (), as a float."""
        found = self._numeric(value, "a single number", what)
        if found.shape != ():
            self.fail(f"{what} is {describe(value)}; a single number was expected.")
        return float(found)

    def _numeric(self, value: Any, wanted: str, what: str) -> np.ndarray:
        if value is None:
            self.fail(f"{what}: {wanted} was expected, but your function {_NOTHING}")
        if isinstance(value, (str, dict, Handle)):
            self.fail(f"{what} is {describe(value)}; {wanted} was expected.")
        try:
            found = np.asarray(value)
        except ValueError:
            self.fail(f"{what} has rows of different lengths; {wanted} was expected.")
        if found.dtype.kind == "c":
            self.fail(f"{what} holds complex numbers; {wanted} of real ones was expected.")
        if found.dtype.kind not in "biuf":
            self.fail(f"{what} is {describe(value)}; {wanted} was expected.")
        return found.astype(np.float64) if found.dtype.kind == "f" else found

    def close(
        self,
        got: Any,
        expected: Any,
        *,
        rtol: float = 1e-4,
        atol: float = 1e-5,
        known_mistakes: KnownMistakes = (),
        what: str = "the result",
        given: Any = None,
    ) -> None:
        """End the check unless `got` is `expected` within `atol + rtol * |expected|`.

        A value that one of `known_mistakes` gives gets that mistake's message as well. NaN never
        passes. `given` (a mapping of names to values, or text) says on which input it was.
        """
        want = np.asarray(expected, dtype=np.float64)
        found = self._numeric(got, "a single number" if want.shape == () else "a tensor", what)
        found = found.astype(np.float64)
        if is_close(found, want, rtol, atol):
            return
        said = mistake_message(known_mistakes, lambda wrong: is_close(found, wrong, rtol, atol))
        problem = describe_difference(found, want, rtol, atol, what)
        self.fail(f"{problem}{show_given(given)}.{said}")

    def equal(
        self,
        got: Any,
        expected: Any,
        *,
        known_mistakes: KnownMistakes = (),
        what: str = "the result",
        given: Any = None,
    ) -> None:
        """End the check unless `got` is exactly `expected`.

        Lists, tuples and arrays are compared by their items, tensors of shape () as numbers.
        """
        if as_plain(got) == as_plain(expected):
            return
        if got is None:
            self.fail(
                f"{what}: {show(expected)} was expected{show_given(given)}, but your function {_NOTHING}"
            )
        said = mistake_message(known_mistakes, lambda wrong: bool(as_plain(got) == as_plain(wrong)))
        self.fail(f"{what} is {show(got)}; {show(expected)} was expected{show_given(given)}.{said}")
