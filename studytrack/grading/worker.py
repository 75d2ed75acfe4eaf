"""The warm worker: holds the libraries ready and forks an attempt whenever the grader asks for one.

Run as `python -m studytrack.grading.worker DESCRIPTOR OPTIONS`, in the sandbox where there is one.
It holds no answers and never runs a line of the learner's itself.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from studytrack.grading import confine, landlock
from studytrack.grading.keeper import CUT_OFF, Descriptors, Order, keep, wake_on_child_exit
from studytrack.grading.libraries import Stage, show_trainings, stages
from studytrack.grading.rehearsal import rehearse
from studytrack.grading.removing import remove_tree
from studytrack.grading.tiers import BUBBLEWRAP, LANDLOCK
from studytrack.grading.usage import children

Serve = Callable[[int, Order], NoReturn]

_LONGEST_ORDER = 1 << 16
_IDLE_AFTER = 0.25
"""Seconds without an order after which there is time to load what may follow."""


class Worker:
    """The warm process: `grader` is the way to the grader, `folder` what may be written to."""

    def __init__(self, grader: socket.socket, tier: str, folder: str) -> None:
        self._grader = grader
        self._tier = tier
        self._namespaces = tier == BUBBLEWRAP
        self._folder = folder
        self._keepers: dict[int, int] = {}
        """The process id of each, and the descriptor that tells the grader when it is reaped."""

    def harden(self, whole: Sequence[str], listed: Sequence[str]) -> bool:
        """Give up what is not needed; whether attempts can filter their system calls.

        With Landlock only `whole` can still be read, and the names in `listed`. Raises OSError
        where an attempt could not be confined.
        """
        if self._namespaces and os.geteuid() == 0:
            # The /proc that bubblewrap makes for root has covers, which forbid an attempt its own.
            confine.mount_proc()
            confine.leave_root()
        if not self._namespaces:
            signal.signal(signal.SIGTERM, lambda *_: self._leave())
            confine.die_with_parent(signal.SIGTERM)
            confine.adopt_orphans()
        confine.gain_nothing()
        if self._tier == LANDLOCK:
            if landlock.version() < landlock.OLDEST:
                raise OSError("it needs Linux 6.2 or newer, with Landlock turned on")
            landlock.around_the_worker(whole, listed, self._folder)
        confine.hide_memory()
        return rehearse(self._tier, self._folder)

    def say(self, **message: str | float | bool) -> None:
        """Tell the grader something."""
        self._grader.sendall(json.dumps(message).encode() + b"\n")

    def serve(self, needed: list[Stage], later: list[Stage], serve: Serve) -> NoReturn:
        """Load, then fork an attempt for every order; load what may come later when there is time."""
        self._load(needed, later)
        waker = wake_on_child_exit()
        watched: list[Any] = [self._grader, waker]
        while True:
            idle = bool(later) and not self._keepers
            readable, _, _ = select.select(watched, [], [], _IDLE_AFTER if idle else None)
            if waker in readable:
                os.read(waker, 512)
                self._reap()
            if self._grader in readable:
                self._start_attempt(serve)
            elif idle and not readable:
                self._load([later.pop(0)], later)

    def _load(self, stages: list[Stage], later: list[Stage]) -> None:
        for stage in stages:
            self.say(state="loading", what=stage.name, seconds=stage.seconds)
            stage.load()
        gc.collect()
        gc.freeze()  # keeps the collector from touching, and so from copying, what the attempts share
        self.say(state="ready", complete=not later)

    def _start_attempt(self, serve: Serve) -> None:
        order, received, _, _ = socket.recv_fds(self._grader, _LONGEST_ORDER, 4)
        if not order:
            self._leave()
        keeper = os.fork()
        if keeper == 0:
            try:
                self._grader.close()
                keep(Order(**json.loads(order)), Descriptors(*received), serve)
            except BaseException:  # noqa: BLE001 - nothing may return into the worker's loop
                for descriptor in (received[1], sys.stderr.fileno()):  # the second, once all is arranged
                    with suppress(OSError):
                        os.write(descriptor, traceback.format_exc().encode())
            finally:
                os._exit(CUT_OFF)
        *others, life = received
        for descriptor in others:
            os.close(descriptor)
        self._keepers[keeper] = life

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while ended := os.waitpid(-1, os.WNOHANG)[0]:
                if ended in self._keepers:
                    os.close(self._keepers.pop(ended))
        if not self._namespaces:
            # what an attempt left behind by killing its keeper is adopted here
            for stray in set(children()) - self._keepers.keys():
                with suppress(ProcessLookupError):
                    os.kill(stray, signal.SIGKILL)

    def _leave(self) -> NoReturn:
        """End, and take the folder along."""
        if not self._namespaces:
            remove_tree(self._folder)
        os._exit(0)


def main() -> NoReturn:
    """Confine, prove it, load, then serve until the grader closes its end."""
    options = json.loads(sys.argv[2])
    worker = Worker(socket.socket(fileno=int(sys.argv[1])), options["tier"], options["folder"])
    try:
        filtered = worker.harden(options["whole"], options["listed"])
    except OSError as error:
        worker.say(state="refused", why=str(error))
        sys.exit(1)
    worker.say(state="confined", filtered=filtered)
    from studytrack.grading.submission import serve  # brings numpy, which can wait until here

    show_trainings()
    worker.serve(*stages(options["preload"]), serve)


if __name__ == "__main__":
    main()
