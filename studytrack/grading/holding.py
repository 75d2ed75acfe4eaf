"""What the processes of an attempt hold beside their memory: threads, open files, files without a name."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from studytrack.grading import confine

MOST_THREADS = 2000
MOST_OPEN = 1000
"""Files and sockets in all. Up to 200 kB may wait in a socket, and no process is charged for them."""


class Hidden(Exception):  # noqa: N818 - it becomes an end of the attempt
    """A process does not let itself be looked into, as the learner's are until they ask for it."""


def holds_too_much(processes: Sequence[str]) -> bool:
    """Whether they have too many threads, or too much open. Raises Hidden."""
    return _threads(processes) > MOST_THREADS or len(_open(processes)) > MOST_OPEN


def size_without_names(processes: Sequence[str]) -> int:
    """The bytes of the files that they have open and removed; no folder shows these. Raises Hidden."""
    sizes: dict[tuple[int, int], int] = {}
    for path in _open(processes):
        with suppress(OSError):
            status = path.stat()
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                sizes[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(sizes.values())


def _threads(processes: Sequence[str]) -> int:
    total = 0
    for process in processes:
        with suppress(OSError):
            links = Path("/proc", process, "task").stat().st_nlink
            total += links - 2  # those that every folder has; the others are one for each thread
    return total


def _open(processes: Sequence[str]) -> list[Path]:
    """The paths, as proc_pid_fd(5) tells, of what is open; not many more than are allowed."""
    found: list[Path] = []
    for process in processes:
        with suppress(OSError):  # it may have ended
            found += _open_in(process)
        if len(found) > MOST_OPEN:
            break
    return found


def _open_in(process: str) -> list[Path]:
    try:
        return list(Path("/proc", process, "fd").iterdir())
    except PermissionError:
        if confine.memory_of(process):
            raise Hidden from None
        return []  # it has ended, and nobody has asked for its status yet
