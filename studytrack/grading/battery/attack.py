"""What an attack is: code that earns nothing, and how it has to end."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from enum import StrEnum

from studytrack.grading.verdict import State

WRONG = "-98765.4321"
"""An answer that no exercise asks for."""
BREACH = "the sandbox was passed:"
"""What a line of output begins with where an attack reached something."""


class Moment(StrEnum):
    """When the code of an attack runs."""

    IMPORT = "while the file is run"
    CALL = "when a function is called"


class Reach(StrEnum):
    """Something outside of the attempt that an attack aims at; a tier may name it as not covered."""

    FILES = "the learner's files"
    ANSWERS = "the checks and the solution"
    NETWORK = "the network"
    SIGNALS = "other programs, by signals"
    SOCKETS = "other programs, by their sockets and shared memory"


@dataclass(frozen=True)
class Attack:
    """Code put in place of what the learner is to write; its answers are all wrong.

    `code` are statements. They find the arguments in `given`, what there is to attack in `AIM`, and
    say with `breached(what)` that they have reached it. Where they return nothing, `answer` does.
    """

    name: str
    line: int
    """Of the fourteen lines in which GRADER.md lists what a grader has to stand up to."""
    code: str
    ends: frozenset[State]
    """Its correct ends."""
    moments: tuple[Moment, ...] = (Moment.CALL,)
    answer: str = WRONG
    reach: Reach | None = None
    """What a tier that does not cover this lets it reach; it then ends as wrong answers do."""
    ends_the_app: bool = False
    """Whether reaching it would end whoever grades, so that it is not tried on such a tier."""
    earns: bool = False
    """Whether reaching it supplies right answers."""


@dataclass(frozen=True)
class Aims:
    """Where what there is to attack can be found, in plain text and numbers."""

    home: str = ""
    database: str = ""
    file: str = ""
    """The learner's."""
    exercise: str = ""
    """The folder of the exercise."""
    terminal: str = ""
    """The device of a terminal of the learner's."""
    port: int = 0
    """Of this machine, on which something listens, by TCP and by UDP."""
    socket: str = ""
    """The name of an abstract socket on which something listens."""
    token: str = "battery"
    """Part of the name of every file and process that an attack makes."""

    def as_code(self) -> str:
        return f"AIM = {asdict(self)!r}"


def one(*states: State) -> frozenset[State]:
    """The ends of an attack, spelt shortly."""
    return frozenset(states)


def joined(*parts: str) -> str:
    """Pieces of code, each indented in its own way, one after the other."""
    return "\n".join(map(textwrap.dedent, parts))
