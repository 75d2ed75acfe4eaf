"""Runs a command as a normal user, from root: `python -m tests.battery.as_user COMMAND …`.

Python may lie where only root may look, as below /root. So the command gets mounts of its own, in
which folders that are closed to others are covered by empty ones, and only what Python and the
tests need is there; and process ids of its own. Outside nothing is changed.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from studytrack.grading import confine
from studytrack.paths import PACKAGE

USER = 12345
"""Someone without a name."""
PROCESSES_OF_ITS_OWN = ("--pid", "--fork", "--mount-proc", "--kill-child")
"""Options of unshare(1)."""
_INSIDE = "--inside"
_BIND_ALL = 0x1000 | 0x4000  # MS_BIND and MS_REC of include/uapi/linux/mount.h


def command_for(command: Sequence[str]) -> list[str]:
    """The command line with which root runs `command` as a normal user."""
    apart = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "--pid",
        "--fork",
        "--mount-proc",
        "--kill-child",
    ]
    return [*apart, sys.executable, "-B", "-m", "tests.battery.as_user", _INSIDE, *command]


def _needed() -> set[Path]:
    """What a program of this project has to read."""
    paths = {Path(sys.prefix), Path(sys.base_prefix), PACKAGE.parent, Path.cwd(), Path(sys.executable).parent}
    paths |= {Path(entry) for entry in sys.path if entry}
    return {path for path in paths | {path.resolve() for path in paths} if path.is_dir()}


def _closed_above(path: Path) -> Path | None:
    """The outermost folder above `path` that only its owner may pass."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def _open_up(paths: Iterable[Path]) -> None:
    """Make the paths reachable for everyone, in the mounts of this process."""
    by_cover: dict[Path, list[Path]] = {}
    for path in paths:
        if closed := _closed_above(path):
            by_cover.setdefault(closed, []).append(path)
    for cover, inner in by_cover.items():
        held = {path: os.open(path, os.O_PATH) for path in inner}
        confine.call("mount", b"tmpfs", bytes(cover), b"tmpfs", 0, b"mode=0755")
        for path, descriptor in sorted(held.items()):
            if not path.exists():
                path.mkdir(parents=True)
            # by its descriptor, for its name leads to the cover now
            source = f"/proc/self/fd/{descriptor}".encode()
            confine.call("mount", source, bytes(path), None, _BIND_ALL, None)
            os.close(descriptor)


def _become(folder: str) -> None:
    os.chown(folder, USER, USER)
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    for name in ("SUDO_UID", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ.pop(name, None)
    os.environ.update(HOME=folder, TMPDIR=folder, USER="nobody-special", PYTHONDONTWRITEBYTECODE="1")


def main(command: list[str]) -> None:
    """Outside: run the command apart. Inside: arrange, run it as the other user, tidy up."""
    if command[0] != _INSIDE:
        if os.geteuid() != 0:
            sys.exit("only root can run a command as another user")
        sys.exit(subprocess.run(command_for(command), check=False).returncode)
    folder = tempfile.mkdtemp(prefix="as-user-")
    _open_up(_needed())
    child = os.fork()
    if child == 0:
        _become(folder)
        os.execvp(command[1], command[1:])
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
