"""What processes use and which there are, as Linux tells in /proc."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from studytrack.grading import confine


def private_memory(processes: list[str], base: int) -> int:
    """The bytes that processes take beyond `base` each: an upper bound, for what they share counts anew."""
    total = 0
    for process in processes:
        with suppress(OSError):
            sizes = confine.memory_of(process)
            total += max(0, sizes.get("RssAnon", 0) - base) + sizes.get("RssShmem", 0)
    return total


def proportional_memory(processes: list[str]) -> int:
    """The bytes that processes take, what they share counted once; looking takes some milliseconds."""
    total = 0
    for process in processes:
        with suppress(OSError):
            for line in Path("/proc", process, "smaps_rollup").read_text().splitlines():
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    total += int(line.split()[1]) << 10
    return total


def children(process: int | str = "self") -> list[int]:
    """The processes that this one started or adopted and that are not yet reaped."""
    found: list[int] = []
    for threads in Path("/proc", str(process), "task").glob("*/children"):
        with suppress(OSError):
            found += map(int, threads.read_text().split())
    return found


def own_memory() -> int:
    """The bytes of private memory in use by this process, those shared with its parent among them."""
    return confine.memory_of("self")["RssAnon"] if confine.LINUX else 0


def proc_device() -> int | None:
    """Which mount of /proc this process sees; it changes when another is mounted over it."""
    return Path("/proc").stat().st_dev if confine.LINUX else None
