"""Landlock: which files a process and all that it starts may open, and whom they may signal.

Needs no rights and no other program, only Linux 6.2 or newer; include/uapi/linux/landlock.h says
what the numbers mean. The package `sandlock` was looked at: it grants whole trees only, where the
exercises inside an installed studytrack have to be left out, and needs Linux 6.12.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studytrack.grading import confine

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every machine
_VERSION, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE, _MAKE_REG = (
    1 << bit for bit in (0, 1, 2, 3, 4, 5, 8)
)
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_UP_TO_TRUNCATE = (1 << 15) - 1
_TCP, _ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3

READ = _EXECUTE | _READ_FILE | _READ_DIR
LIST = _READ_DIR
WRITE = _UP_TO_TRUNCATE
SHARE = _READ_FILE | _WRITE_FILE | _TRUNCATE | _READ_DIR | _MAKE_REG | _REMOVE_FILE
"""Files may come and go, but no folders, links or sockets."""
USE = _READ_FILE | _WRITE_FILE | _TRUNCATE

OLDEST = 3
"""Before this version a file that cannot be written could be emptied."""
_WITH_TCP, _WITH_IOCTL, _WITH_SCOPE = 4, 5, 6


@dataclass(frozen=True)
class Rule:
    """What may be done with a file, or with all that is in a folder."""

    path: Path | str
    rights: int


def version() -> int:
    """The version of Landlock that this kernel speaks; 0 where it is not there or turned off."""
    if not confine.LINUX:
        return 0
    try:
        return confine.call("syscall", _CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def keeps_signals_in() -> bool:
    """Whether the kernel lets a restricted process signal only what is restricted with it."""
    return version() >= _WITH_SCOPE


def restrict(rules: Iterable[Rule]) -> None:
    """Forbid the calling thread, for good, to open, make or remove any file that no rule allows.

    Where the kernel can, TCP, sockets of other programs without a path and signals to other
    programs are forbidden as well. What does not exist is left out. Raises OSError.
    """
    speaks = version()
    handled = _UP_TO_TRUNCATE | (_IOCTL_DEV if speaks >= _WITH_IOCTL else 0)
    ruleset = struct.pack("=Q", handled)
    if speaks >= _WITH_TCP:
        ruleset += struct.pack("=Q", _TCP)
    if speaks >= _WITH_SCOPE:
        ruleset += struct.pack("=Q", _ABSTRACT_SOCKETS_AND_SIGNALS)
    descriptor = confine.call("syscall", _CREATE_RULESET, ruleset, len(ruleset), 0)
    try:
        for rule in rules:
            _add(descriptor, rule)
        confine.gain_nothing()
        confine.call("syscall", _RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)


def _add(ruleset: int, rule: Rule) -> None:
    try:
        path = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = rule.rights if Path(rule.path).is_dir() else rule.rights & _OF_A_FILE
        confine.call("syscall", _ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, path), 0)
    finally:
        os.close(path)


def around_the_worker(whole: Iterable[str], listed: Iterable[str], folder: str) -> None:
    """Leave the worker what is in `whole` to read, the names in `listed`, and `folder` to write to."""
    rules = [Rule(path, READ) for path in whole]
    rules += [Rule(path, LIST) for path in listed]
    rules += [Rule(f"/dev/{name}", READ) for name in ("zero", "full", "random", "urandom")]
    rules += [Rule(os.devnull, USE), Rule(confine.SHARED_MEMORY, SHARE), Rule(folder, READ | WRITE)]
    rules += [Rule("/proc", READ | USE)]  # a process changes there what holds for itself
    rules += [Rule(Path(folder).parent, _REMOVE_DIR)]  # the folder goes with the worker
    restrict(rules)


def around_the_attempt(folder: str) -> None:
    """Of what the worker has, leave all to read, and `folder` and shared memory to write to."""
    own = [Rule(folder, READ | WRITE), Rule(confine.SHARED_MEMORY, SHARE), Rule(os.devnull, USE)]
    restrict([*own, Rule("/", READ)])
