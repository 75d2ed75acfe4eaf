"""The last call of the learner's code, put into words: a learner can make it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from studytrack.grading.handles import Handle
from studytrack.grading.showing import describe, show_tensor

Parameters = Mapping[str, Sequence[str]]
"""The parameters of the functions that the learner is asked for, by the function's name."""


@dataclass(frozen=True)
class Double:
    """An array that reaches the learner as float64; plain float arrays arrive as float32."""

    array: np.ndarray


class Calls:
    """Remembers the last call of a check."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self._parameters = parameters or {}
        self._makers: dict[int, str] = {}
        """The calls that returned functions, by the number of the handle."""
        self.call = ""
        """As it would be written, tensors by the names of their parameters: `fit(x, y, lr=0.1)`."""
        self.given: tuple[str, ...] = ()
        """What those names stand for."""
        self.shapes: tuple[tuple[int, ...], ...] = ()
        """The shapes of the tensors among its arguments."""

    def note(self, function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """A call is about to be made."""
        names: Sequence[str] = ()
        if isinstance(function, Handle):
            called = self._makers.get(function.number, describe(function))
        else:
            called, names = function, self._parameters.get(function, ())
        named = [(names[n] if n < len(names) else "", value) for n, value in enumerate(args)]
        tensors = [n for n, (_, value) in enumerate(named) if _holds_array(value)]
        words, given = [], []
        for n, (name, value) in enumerate(named):
            if n in tensors and name:
                words.append(name)
                given.append(f"{name} = {_show(value)}")
            elif tensors and n > tensors[-1] and name:
                words.append(f"{name}={_show(value)}")
            else:
                words.append(_show(value))
        words += [f"{name}={_show(value)}" for name, value in kwargs.items()]
        self.shapes = tuple(value.shape for _, value in named if isinstance(value, np.ndarray))
        self.call, self.given = f"{called}({', '.join(words)})", tuple(given)

    def returned(self, value: Any) -> None:
        """What the call that was noted last returned."""
        if isinstance(value, Handle):
            self._makers[value.number] = self.call

    @property
    def place(self) -> str:
        """The call with its inputs, on lines of their own."""
        return "\n".join((f"Called as {self.call}", *(f"  {line}" for line in self.given)))


def _holds_array(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_holds_array, value))
    return isinstance(value, Double) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _show(value: Any) -> str:
    return show_tensor(value.array if isinstance(value, Double) else value)
