"""The learner's file as the checks see it: replies from its process, as values or as outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import numpy as np

from studytrack.grading.attempt import Attempt
from studytrack.grading.calls import Double
from studytrack.grading.handles import Handle
from studytrack.grading.learner_errors import MEDDLED, Listing, explain
from studytrack.grading.outcomes import AttemptOver, Unmet
from studytrack.grading.showing import describe
from studytrack.grading.verdict import State
from studytrack.grading.wire import Json, Malformed, Packer, Unpacker

_LONGEST_REASON = 300
_MOST_NAMES, _LONGEST_NAME = 200, 80


class LearnerChannel:
    """Implements `checks.Channel` over an attempt."""

    def __init__(self, attempt: Attempt, listing: Listing, tier: str) -> None:
        self._attempt = attempt
        self._listing = listing
        self._tier = tier

    def load(self, source: str, seed: int) -> None:
        """Run the learner's file from top to bottom, with the generators of its process seeded."""
        self._value({"do": "load", "source": source, "file": self._listing.file, "seed": seed}, [])

    def call(self, function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        packer = Packer(_convert)
        request = {
            "do": "call",
            "function": function.number if isinstance(function, Handle) else function,
            "args": packer.pack([_outgoing(arg) for arg in args]),
            "kwargs": packer.pack({name: _outgoing(arg) for name, arg in kwargs.items()}),
        }
        name = function if isinstance(function, str) else describe(function)
        return self._value(request, packer.raw, name)

    def has(self, name: str) -> bool:
        return self._value({"do": "has", "name": name}, []) is True

    def seed(self, value: int) -> None:
        self._value({"do": "seed", "value": value}, [])

    def _value(self, request: dict[str, Json], raw: list[bytes], name: str = "") -> Any:
        reply, arrays = self._attempt.ask(request, raw)
        match reply:
            case {"raised": dict(raised)}:
                self._raised(raised)
            case {"missing": list(names)}:
                raise _missing(name, names, reply.get("found"))
            case {"unsendable": str(why)}:
                raise Unmet(
                    State.LEARNER_ERROR, f"What {name} returned cannot be graded: {why[:_LONGEST_REASON]}."
                )
            case {"value": packed}:
                try:
                    return Unpacker(arrays).unpack(packed)
                except Malformed:
                    pass
        self._attempt.end()
        raise AttemptOver(State.BLOCKED, MEDDLED)

    def _raised(self, raised: dict[str, Any]) -> NoReturn:
        state, message = explain(raised, self._listing, self._tier)
        if raised.get("kind") in ("memory", "exit"):
            self._attempt.end()
            raise AttemptOver(state, message)
        raise Unmet(state, message)


def _missing(name: str, names: list[Any], found: Any) -> Unmet:
    if isinstance(found, str) and found != "NoneType":
        return Unmet(State.INCORRECT, f"`{name}` is of the type {found[:_LONGEST_NAME]}, not a function.")
    known = [other[:_LONGEST_NAME] for other in names[:_MOST_NAMES] if isinstance(other, str)]
    close = get_close_matches(name, known, n=1)
    hint = f" Did you mean it by `{close[0]}`?" if close else ""
    return Unmet(State.NOT_ATTEMPTED, f"There is no function `{name}` in your file yet.{hint}")


def _outgoing(value: Any) -> Any:
    """Arrays as the learner is to get them: float32 unless `Double` says otherwise."""
    if isinstance(value, Double):
        return np.asarray(value.array, dtype=np.float64)
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value.astype(np.float32)
    if isinstance(value, list):
        return [_outgoing(item) for item in value]
    if isinstance(value, tuple):
        return tuple(_outgoing(item) for item in value)
    if isinstance(value, dict):
        return {key: _outgoing(item) for key, item in value.items()}
    return value


def _convert(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a check cannot send a {type(value).__name__} to the learner")
