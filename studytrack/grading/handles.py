"""Something of the learner's that cannot be sent as data, such as a function."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Handle:
    """A name for an object in the learner's process; it can be called and passed as an argument."""

    number: int
    type_name: str
