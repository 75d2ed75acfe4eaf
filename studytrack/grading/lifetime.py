"""How long a warm worker is kept: it is renewed as it ages, and dropped where it is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Fate(Enum):
    """What becomes of a worker that nobody uses at the moment."""

    KEPT = auto()
    RENEWED = auto()
    DROPPED = auto()
    """Until the learner is back."""


@dataclass(frozen=True)
class Lifetime:
    """When a worker's time has come. A loaded one takes 200 MB, with fastai 450."""

    idle: float = 1200.0
    """Seconds after the last run in which a learner may come back from reading."""
    attempts: int = 500
    age: float = 4 * 3600.0
    quiet: float = 30.0
    """Seconds without a run after which nobody is likely to notice that a worker is renewed."""
    least_memory: float = 0.04
    """The share of the machine's memory that must be left for others."""
    look_every: float = 10.0

    def fate(self, *, idle: float, age: float, attempts: int, memory: float) -> Fate:
        """What to do with a worker last used `idle` seconds ago, where `memory` (a share) is left."""
        if idle >= self.idle or memory < self.least_memory:
            return Fate.DROPPED
        worn = attempts >= self.attempts or age >= self.age
        return Fate.RENEWED if worn and idle >= self.quiet else Fate.KEPT


def memory_left() -> float:
    """The share of the machine's memory that could be had at once, as proc_meminfo(5) tells; else 1."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 1.0
    sizes = {name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
    return sizes.get("MemAvailable", 1) / max(1, sizes.get("MemTotal", 1))
