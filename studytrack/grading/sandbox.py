"""The tiers of isolation: what each covers, and how a worker is started in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studytrack.errors import UsageError, nearest
from studytrack.grading.confine import SHARED_MEMORY, TEMPORARY
from studytrack.paths import PACKAGE, shipped_exercises

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


def bubblewrap_missing() -> tuple[str, str] | None:
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


def command(tier: str, worker: Sequence[str], hidden: Sequence[Path]) -> list[str]:
    """The command line that starts `worker` (arguments for Python) in a tier, with `hidden` out of sight."""
    python = [sys.executable, "-B", "-P", *worker]
    if tier == PROCESS:
        return python
    return [shutil.which("bwrap") or "bwrap", *_bubblewrap_options(hidden), "--", *python]


def environment(folder: str, threads: int) -> dict[str, str]:
    """All that the worker's environment holds; nothing of the learner's own."""
    count = str(threads)
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        "OPENBLAS_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": folder,
    }


def threads() -> int:
    """How many threads torch may use: half the cores.

    On two busy cores a training of 50 steps took five times longer with two threads than with one.
    """
    return max(1, min(4, (os.cpu_count() or 1) // 2))


def _bubblewrap_options(hidden: Sequence[Path]) -> Iterator[str]:
    yield from ("--die-with-parent", "--new-session")
    yield from ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
    yield from ("--cap-drop", "ALL")
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for path in map(Path, ("/usr", "/nix/store", "/etc/alternatives")):
        yield from ("--ro-bind-try", str(path), str(path))
    for name in ("ld.so.cache", "passwd", "group", "nsswitch.conf", "localtime"):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    yield from ("--ro-bind-try", "/sys/devices/system/cpu", "/sys/devices/system/cpu")
    yield from ("--dev", "/dev")
    for writable in (TEMPORARY, SHARED_MEMORY):
        yield from ("--perms", "1777", "--tmpfs", writable)
    shown = _python_folders()
    for folder in shown:
        yield from _parents(folder)
        yield from ("--ro-bind", str(folder), str(folder))
    covered = [path for path in map(Path.resolve, (shipped_exercises(), *hidden)) if _is_shown(path, shown)]
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


def _python_folders() -> list[Path]:
    """The folders that Python and its packages are in, without those inside another of them."""
    paths = {Path(sys.prefix), Path(sys.base_prefix), PACKAGE, Path(sys.executable).parent}
    paths |= {Path(entry) for entry in sys.path if entry and Path(entry) != PACKAGE.parent}
    paths |= {path.resolve() for path in paths}
    system = Path("/usr")
    folders = sorted(path for path in paths if path.is_dir() and not path.is_relative_to(system))
    return [path for path in folders if not any(other in path.parents for other in folders)]


def _parents(folder: Path) -> Iterator[str]:
    """Make the folders above passable; those that bubblewrap makes by itself are only for their owner."""
    for parent in reversed(folder.parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(parent))


def _is_shown(path: Path, shown: Sequence[Path]) -> bool:
    return path.is_dir() and any(path.is_relative_to(folder) for folder in (*shown, Path("/usr")))
