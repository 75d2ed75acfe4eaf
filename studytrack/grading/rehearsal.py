"""Confines a process as an attempt will be, to know beforehand whether this machine allows it."""

from __future__ import annotations

import os
from collections.abc import Callable

from studytrack.grading import confine, walls
from studytrack.grading.tiers import BUBBLEWRAP


def rehearse(tier: str, folder: str) -> bool:
    """Whether an attempt in `tier` filters its system calls. Raises OSError where it cannot be confined."""

    def confined() -> bytes:
        if tier != BUBBLEWRAP:
            return _closed(tier, folder)
        confine.enter_namespaces()
        return _in_a_fork(furnished)

    def furnished() -> bytes:
        confine.furnish_namespaces(tmp_mb=1)
        return _closed(tier, folder)

    return _in_a_fork(confined) == _FILTERED


_FILTERED, _UNFILTERED = b"filtered", b"unfiltered"
_DONE, _FAILED = b"+", b"-"


def _closed(tier: str, folder: str) -> bytes:
    return _FILTERED if walls.close(tier, folder).filtered else _UNFILTERED


def _in_a_fork(act: Callable[[], bytes]) -> bytes:
    """What `act` returns in a process of its own. Raises OSError where it does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, _DONE + act())
        except OSError as error:
            os.write(writer, _FAILED + str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said.startswith(_DONE):
        raise OSError(said.removeprefix(_FAILED).decode() or "a confined process ended at once")
    return said.removeprefix(_DONE)
