"""The tiers of isolation, and what each of them covers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from studytrack.errors import UsageError, nearest

BUBBLEWRAP = "bubblewrap"
PROCESS = "process"


@dataclass(frozen=True)
class Tier:
    """A kind of isolation, as it is told to the learner."""

    name: str
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    because: str = ""
    """Why it is not a better one."""
    remedy: str = ""
    """What to install or change to get a better one."""

    def explain(self) -> str:
        """One line for a person: which it is, what it leaves open, and how to get a better one."""
        line = f"sandbox: {self.name}"
        if self.because:
            line += f", for {self.because}; in it {self.lacks[0]}"
        return f"{line}; {self.remedy}" if self.remedy else line


_EVERYWHERE = (
    "answers and points stay in another process",
    "time, memory and output are limited",
    "every process that was started is ended",
    "no standard input, and a clean environment",
)

TIERS = {
    BUBBLEWRAP: Tier(
        BUBBLEWRAP,
        (
            *_EVERYWHERE,
            "no network",
            "the system is read-only; your files, the checks and the solutions are out of sight",
            "a private /tmp and process ids of its own",
            "dangerous system calls are refused",
        ),
        ("a fault of the Linux kernel itself",),
    ),
    PROCESS: Tier(
        PROCESS,
        _EVERYWHERE,
        (
            "your files and the network can be reached, as by any program that you start",
            "the checks and the solutions can be read",
            "other programs of yours can be signalled",
        ),
    ),
}
"""The best one first."""


def tiers_to_try(asked: str | None) -> list[str]:
    """The names of the tiers to try in turn: the one asked for, by argument or `STUDYTRACK_TIER`, or all."""
    name = asked or os.environ.get("STUDYTRACK_TIER")
    if not name:
        return list(TIERS)
    if name not in TIERS:
        raise UsageError(f"there is no tier of isolation called {name!r}", nearest(name, TIERS))
    return [name]
