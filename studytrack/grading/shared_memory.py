"""The shared memory that an attempt leaves behind where it has no /dev/shm of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from studytrack.grading.confine import SHARED_MEMORY


class SharedMemory:
    """What was there when this was made, so that what is new can be told."""

    def __init__(self) -> None:
        self._before = _files()

    def new(self) -> list[Path]:
        """The files of this user's that have come since."""
        return [file for file in _files() - self._before if _is_ours(file)]

    def clear(self) -> None:
        """Remove those of them that no program uses; to be called when the attempt is over.

        A program that has nothing to do with it may have made one in the meantime.
        """
        left = self.new()
        if not left:
            return
        used = set(_in_use())
        for file in left:
            if str(file) not in used:
                with suppress(OSError):
                    file.unlink()


def _files() -> set[Path]:
    try:
        return set(Path(SHARED_MEMORY).iterdir())
    except OSError:
        return set()


def _is_ours(file: Path) -> bool:
    try:
        return file.lstat().st_uid == os.geteuid()
    except OSError:
        return False


def _in_use() -> Iterator[str]:
    """The files in shared memory that a process has mapped or open, as far as this user may know."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            for line in (process / "maps").read_text(errors="replace").splitlines():
                if SHARED_MEMORY in line:
                    yield line[line.index(SHARED_MEMORY) :]
        with suppress(OSError):
            yield from (str(link.readlink()) for link in (process / "fd").iterdir())
