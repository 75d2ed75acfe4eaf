"""One attempt: a process that keeps watch, and below it the learner's, confined.

The keeper is forked from the warm worker. It ends the attempt when the grader closes its end of
`life`, when the learner's process ends, or when more memory is taken than allowed; it reports how
it ended only after every process of the attempt is gone.
"""

from __future__ import annotations

import faulthandler
import json
import os
import select
import signal
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from studytrack.grading import confine, walls
from studytrack.grading.holding import Hidden, holds_too_much, size_without_names
from studytrack.grading.relay import SignalRelay
from studytrack.grading.removing import remove_tree
from studytrack.grading.shared_memory import SharedMemory
from studytrack.grading.tiers import BUBBLEWRAP
from studytrack.grading.usage import (
    children,
    own_memory,
    private_memory,
    proc_device,
    proportional_memory,
)

_LOOK_EVERY = 0.05
_MOST_PROCESSES = 100
FOLDER_MB, FOLDER_FILES = 256, 20_000
"""What an attempt may write in all. With namespaces it is the size of a file system of its own; without,
no file may be larger, and the folder is looked at."""
_LONGEST_PATH = 1000
"""What is nested more deeply takes long to look at, and in the end cannot be seen."""
CUT_OFF = 70
"""The exit status of a learner's process that cannot go on serving the grader."""
BEGIN = b"!"
"""What the grader sends over `life` when the learner's code is about to come."""
CHANNEL, METRICS = 3, 4
"""The learner's process has these two beside standard input, output and error, and no others."""


@dataclass(frozen=True)
class Order:
    """What the grader asks the worker for."""

    tier: str
    memory_mb: int
    threads: int

    @property
    def namespaces(self) -> bool:
        """Whether the attempt has namespaces of its own."""
        return self.tier == BUBBLEWRAP


@dataclass(frozen=True)
class Descriptors:
    """The worker's ends of what leads to the grader."""

    channel: int
    output: int
    metrics: int
    life: int


def keep(order: Order, descriptors: Descriptors, serve: Callable[[int, Order], NoReturn]) -> NoReturn:
    """Run an attempt to its end. Called in a fresh fork of the warm worker; never returns.

    `serve` is what the learner's process does once it is confined, given its end of the channel.
    """
    for changed in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(changed, signal.SIG_DFL)
    outside, base = proc_device(), own_memory()
    if order.namespaces:
        confine.enter_namespaces()
    else:
        confine.adopt_orphans()
    folder = confine.TEMPORARY if order.namespaces else tempfile.mkdtemp(prefix="attempt-")
    waker = wake_on_child_exit()
    ours, theirs = socket.socketpair()
    learner = os.fork()
    if learner == 0:
        _become_learner(order, descriptors, folder, theirs)
        serve(CHANNEL, order)
    confine.hide_memory()
    theirs.close()
    relay = _receive_relay(ours)
    life = socket.socket(fileno=os.dup(descriptors.life))
    _close_all_but(life.fileno(), waker, *([relay.fileno()] if relay else []))
    report = _Keeper(order, learner, folder, outside, base, relay).watch(life, waker)
    with suppress(OSError):
        life.sendall(json.dumps(report).encode())
    if not order.namespaces:
        remove_tree(folder)  # may take seconds, where it holds ten thousands of files
    os._exit(0)


class _Keeper:
    """Watches the learner's process `learner` and all that it starts."""

    def __init__(
        self,
        order: Order,
        learner: int,
        folder: str,
        outside: int | None,
        base: int,
        relay: SignalRelay | None,
    ) -> None:
        self.order = order
        self._relay = relay
        self.learner = learner
        self._folder = folder
        self._shared = SharedMemory()
        self.status: int | None = None
        self._outside = outside
        self._base = base

    def watch(self, life: socket.socket, waker: int) -> dict[str, Any]:
        """Wait for the end, bring it about, and say what it was."""
        watched: list[Any] = [life, waker, *([self._relay] if self._relay else [])]
        begun = False
        while True:
            readable, _, _ = select.select(watched, [], [], _LOOK_EVERY if begun else None)
            self._reap()
            if self.status is not None:
                return self._end("itself")
            if life in readable:
                if life.recv(1) != BEGIN:
                    return self._end("asked")
                begun = True
            if begun and (excess := self._excess()):
                return self._end(excess)
            if waker in readable:
                os.read(waker, 512)
            if self._relay and self._relay in readable:
                self._relay.serve(lambda process: str(process) in self._processes())

    def _reap(self) -> bool:
        """Take note of the children that have ended; whether any are left."""
        try:
            while True:
                ended, status = os.waitpid(-1, os.WNOHANG)
                if ended == 0:
                    return True
                if ended == self.learner:
                    self.status = status
        except ChildProcessError:
            return False

    def _end(self, reason: str) -> dict[str, Any]:
        # With namespaces the learner's process is process 1 of its own, and waiting for it waits
        # for all others there. Without, what left the group is adopted, and killed, bit by bit.
        while True:
            if self.status is None:
                os.kill(self.learner, signal.SIGKILL)
            if not self.order.namespaces:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.learner, signal.SIGKILL)
                for child in children():
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
            if not self._reap():
                break
            time.sleep(0.001)
        code = os.waitstatus_to_exitcode(self.status or 0)
        return {"reason": reason, "exit": code}

    def _excess(self) -> str | None:
        """`memory`, `processes` or `disk` where the attempt as a whole takes too much of it.

        `hidden` where that cannot be told.
        """
        if not confine.LINUX:
            return None if self._writes_little(0) else "disk"
        processes = self._processes()
        try:
            if len(processes) > _MOST_PROCESSES or holds_too_much(processes):
                return "processes"
            if not self.order.namespaces and not self._writes_little(size_without_names(processes)):
                return "disk"
        except Hidden:
            return "hidden"
        allowed = self.order.memory_mb << 20
        if private_memory(processes, self._base) <= allowed:
            return None
        return "memory" if proportional_memory(processes) > allowed + self._base else None

    def _writes_little(self, without_names: int) -> bool:
        return holds_little([self._folder, *self._shared.new()], without_names)

    def _processes(self) -> list[str]:
        if not self.order.namespaces:
            found = children()
            for process in found:
                found += children(process)
                if len(found) > _MOST_PROCESSES:
                    break
            return list(map(str, found))
        if proc_device() == self._outside:
            return []  # the learner's process has not mounted its own yet
        return [path.name for path in Path("/proc").iterdir() if path.name.isdecimal()]


def holds_little(paths: Iterable[str | Path], elsewhere: int = 0) -> bool:
    """Whether files, all that is in folders, and the bytes `elsewhere` are no more than may be written."""
    room, files, waiting = (FOLDER_MB << 20) - elsewhere, FOLDER_FILES, [str(path) for path in paths]
    while waiting:
        path = waiting.pop()
        files -= 1
        with suppress(OSError):
            status = os.lstat(path)
            room -= status.st_blocks * 512
            if stat.S_ISDIR(status.st_mode):
                waiting += [entry.path for entry in os.scandir(path)]
        if room < 0 or files < 0 or len(path) > _LONGEST_PATH:
            return False
    return room >= 0


def wake_on_child_exit() -> int:
    """A descriptor that becomes readable when a child ends."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return reader


def _close_all_but(*kept: int) -> None:
    writer = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    start = 0
    for descriptor in (*sorted((*kept, writer)), os.sysconf("SC_OPEN_MAX")):
        os.closerange(start, descriptor)
        start = descriptor + 1


def _receive_relay(ours: socket.socket) -> SignalRelay | None:
    """What the learner's process sends once its walls are closed, if its signals are guarded."""
    _, received, _, _ = socket.recv_fds(ours, 1, 1)
    ours.close()
    return SignalRelay(received[0]) if received else None


def _send_listener(keeper: socket.socket, listener: int | None) -> None:
    if listener is not None:
        socket.send_fds(keeper, [b"."], [listener])
        os.close(listener)
    keeper.close()


def _become_learner(order: Order, descriptors: Descriptors, folder: str, keeper: socket.socket) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    confine.die_with_parent()
    confine.show_memory()
    confine.die_before_others()
    os.setsid()
    if order.namespaces:
        confine.furnish_namespaces(FOLDER_MB)
    _send_listener(keeper, walls.close(order.tier, folder).listener)
    _arrange(descriptors)
    countable = order.namespaces and confine.counts_processes_by_namespace()
    confine.limit(order.memory_mb, FOLDER_MB, processes=_MOST_PROCESSES if countable else None)
    os.chdir(folder)
    os.environ.update(HOME=folder, TMPDIR=folder)
    tempfile.tempdir = None
    _open_streams()


def _arrange(descriptors: Descriptors) -> None:
    """Standard input from nowhere, output to the grader, the channel and the metrics; the rest closed."""
    import fcntl

    nowhere = os.open(os.devnull, os.O_RDONLY)
    wanted = (nowhere, descriptors.output, descriptors.output, descriptors.channel, descriptors.metrics)
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 64) for descriptor in wanted]
    for place, descriptor in enumerate(high):
        os.dup2(descriptor, place, inheritable=place < CHANNEL)
    os.closerange(len(high), os.sysconf("SC_OPEN_MAX"))


def _open_streams() -> None:
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", buffering=1, closefd=False, errors="backslashreplace")  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False, errors="backslashreplace")  # noqa: SIM115
    faulthandler.enable()
