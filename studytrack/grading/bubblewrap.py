"""How bubblewrap is told what the learner's code may see."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from studytrack.grading import sight
from studytrack.grading.confine import SHARED_MEMORY, TEMPORARY


def missing() -> tuple[str, str] | None:
    """Why bubblewrap cannot even be tried here and what to do, or None if it can."""
    if not sys.platform.startswith("linux"):
        return "bubblewrap needs Linux", ""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed", "install the package `bubblewrap`"
    return None


REFUSED_REMEDY = (
    "allow unprivileged user namespaces for bwrap "
    "(on Ubuntu 24.04: an AppArmor profile for /usr/bin/bwrap with `userns,`)"
)


def wrap(command: Sequence[str], hidden: Sequence[Path]) -> list[str]:
    """The command line that runs `command` in bubblewrap, with the folders `hidden` out of sight."""
    return [shutil.which("bwrap") or "bwrap", *_options(hidden), "--", *command]


def _options(hidden: Sequence[Path]) -> Iterator[str]:
    yield from ("--die-with-parent", "--new-session")
    yield from ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
    yield from ("--cap-drop", "ALL")
    for path in sight.TOP:
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for path in (*sight.SYSTEM, *sight.FILES):
        yield from ("--ro-bind-try", str(path), str(path))
    yield from ("--dev", "/dev")
    for writable in (TEMPORARY, SHARED_MEMORY):
        yield from ("--perms", "1777", "--tmpfs", writable)
    for folder in sight.python_folders():
        yield from _parents(folder)
        yield from ("--ro-bind", str(folder), str(folder))
    covered = sight.covered(hidden)
    for path in covered:
        yield from ("--tmpfs", str(path))
    yield from _proc_for_the_user()
    for place in (*map(str, covered), "/dev", "/"):
        yield from ("--remount-ro", place)


def _proc_for_the_user() -> Iterator[str]:
    if os.geteuid() != 0:
        yield from ("--unshare-user", "--proc", "/proc")
        return
    # the worker mounts /proc by itself, then leaves root; it needs the rights for that until then
    yield from ("--dir", "/proc")
    for capability in ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"):
        yield from ("--cap-add", capability)


def _parents(folder: Path) -> Iterator[str]:
    """Make the folders above passable; those that bubblewrap makes by itself are only for their owner."""
    for parent in reversed(folder.parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(parent))
