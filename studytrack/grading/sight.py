"""What the learner's code may see of the machine: the system, Python and its packages, and little else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from studytrack.grading.confine import TEMPORARY
from studytrack.paths import PACKAGE, shipped_exercises

TOP = tuple(Path("/", name) for name in ("bin", "sbin", "lib", "lib32", "lib64"))
"""Links into /usr on some systems, folders on others."""
SYSTEM = tuple(map(Path, ("/usr", "/nix/store", "/etc/alternatives", "/sys/devices/system/cpu")))
FILES = tuple(Path("/etc", name) for name in ("ld.so.cache", "passwd", "group", "nsswitch.conf", "localtime"))


WHOLE_SYSTEM = tuple(map(Path, ("/usr", "/nix/store", "/etc", "/sys")))
"""Where files cannot be left out but only refused: programs expect that they can open what is there."""


def python_folders() -> list[Path]:
    """The folders that Python and its packages are in, without those inside another of them."""
    paths = {Path(sys.prefix), Path(sys.base_prefix), PACKAGE, Path(sys.executable).parent}
    paths |= {Path(entry) for entry in sys.path if entry and Path(entry) != PACKAGE.parent}
    paths |= {path.resolve() for path in paths}
    paths -= {Path(TEMPORARY), *Path(TEMPORARY).parents}  # an attempt has its own
    system = Path("/usr")
    folders = sorted(path for path in paths if path.is_dir() and not path.is_relative_to(system))
    return [path for path in folders if not any(other in path.parents for other in folders)]


def covered(hidden: Iterable[Path]) -> list[Path]:
    """Those of the folders `hidden`, and of the shipped exercises, that lie in what is shown."""
    shown = (*python_folders(), Path("/usr"))
    found = map(Path.resolve, (shipped_exercises(), *hidden))
    return [path for path in found if path.is_dir() and any(path.is_relative_to(one) for one in shown)]


def readable(hidden: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """What may be read, with all that is below; and the folders above hidden ones, to be listed only."""
    without = set(covered(hidden))
    whole: list[Path] = []
    listed: list[Path] = []
    for folder in (*TOP, *WHOLE_SYSTEM, *python_folders()):
        if folder.exists():
            _part(folder.resolve(), without, whole, listed)
    return whole, listed


def _part(path: Path, without: set[Path], whole: list[Path], listed: list[Path]) -> None:
    if path in without:
        return
    if not any(hidden.is_relative_to(path) for hidden in without):
        whole.append(path)
        return
    listed.append(path)
    for child in _children(path):
        _part(child, without, whole, listed)


def _children(folder: Path) -> Iterator[Path]:
    yield from sorted(child for child in folder.iterdir() if not child.is_symlink())
