"""The tiers of isolation, and what each of them covers."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from studytrack.errors import UsageError, nearest

BUBBLEWRAP = "bubblewrap"
LANDLOCK = "landlock"
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
        """One line for a person: which it is, what it does not cover, and how to get a better one."""
        line = f"sandbox: {self.name}; it leaves open: {'; '.join(self.lacks)}"
        if self.because:
            line += f". It is not a better one because {self.because}"
        return f"{line}: {self.remedy}" if self.remedy else line


_EVERYWHERE = (
    "answers and points stay in another process",
    "time, memory and output are limited",
    "every process that was started is ended",
    "no standard input, and a clean environment",
)

_FILTERED = (
    "no network",
    "other programs cannot be signalled",
    "dangerous system calls are refused",
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
    LANDLOCK: Tier(
        LANDLOCK,
        (
            *_EVERYWHERE,
            *_FILTERED,
            "only files of the system and of Python can be read; yours, the checks and the solutions cannot "
            "be opened",
        ),
        (
            "sockets and shared memory of your other programs can be reached",
            "the names of files and of processes can be seen",
        ),
    ),
    PROCESS: Tier(
        PROCESS,
        _EVERYWHERE,
        (
            "your files can be read and changed, as by any program that you start",
            "the checks and the solutions can be read",
        ),
    ),
}
"""The best one first."""


def plain(filtered: bool) -> Tier:
    """The plain process, by whether the system lets it filter its own system calls."""
    tier = TIERS[PROCESS]
    if filtered:
        return replace(tier, covers=(*tier.covers, *_FILTERED))
    return replace(tier, lacks=(*tier.lacks, "the network can be used, and other programs signalled"))


def tiers_to_try(asked: str | None) -> list[str]:
    """The names of the tiers to try in turn: the one asked for, by argument or `STUDYTRACK_TIER`, or all."""
    name = asked or os.environ.get("STUDYTRACK_TIER")
    if not name:
        return list(TIERS)
    if name not in TIERS:
        raise UsageError(f"there is no tier of isolation called {name!r}", nearest(name, TIERS))
    return [name]
