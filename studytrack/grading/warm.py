"""The grader's side of the warm worker: starting it in the best tier that works, and ending it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic

from studytrack.errors import GradingError
from studytrack.grading import confine, sandbox
from studytrack.grading.keeper import Order, children
from studytrack.grading.sandbox import Tier

_PATIENCE = 10.0
"""Seconds in which a worker must have said whether it can be confined; it takes a tenth of one."""
_LAST_WORDS = 1000


class WarmWorker:
    """A worker process in one tier. `fileno()` is readable when it has something to say."""

    def __init__(self, tier: str, preload: Sequence[str], hidden: Sequence[Path]) -> None:
        self.tier = tier
        self.state = "starting"
        """Then `confined`, then `ready`, now and then `loading`; `refused` or `gone` where it ended."""
        self.why = ""
        self.worked = False
        """Whether it was ever ready; one that never was is not tried again without need."""
        self._folder = tempfile.TemporaryDirectory(prefix="studytrack-") if tier == sandbox.PROCESS else None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        options = json.dumps({"namespaces": tier == sandbox.BUBBLEWRAP, "preload": list(preload)})
        worker = ["-m", "studytrack.grading.worker", str(theirs.fileno()), options]
        home = self._folder.name if self._folder else confine.TEMPORARY
        self._process = subprocess.Popen(
            sandbox.command(tier, worker, hidden),
            env=sandbox.environment(home, sandbox.threads()),
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            cwd="/",
        )
        theirs.close()

    def fileno(self) -> int:
        return self._socket.fileno()

    @property
    def alive(self) -> bool:
        return self.state not in ("refused", "gone")

    def notice(self) -> None:
        """Take in one message; to be called when there is one."""
        try:
            message = json.loads(self._socket.recv(65536) or b"null")
        except OSError:
            message = None
        if message is None:
            self.state, self.why = "gone", self.why or self._last_words()
        else:
            self.state, self.why = message["state"], message.get("why", "")
            self.worked = self.worked or self.state == "ready"

    def order(self, order: Order, descriptors: Sequence[int]) -> None:
        """Ask for an attempt. Raises GradingError if the worker is gone."""
        try:
            socket.send_fds(self._socket, [json.dumps(asdict(order)).encode()], list(descriptors))
        except OSError as error:
            self.state = "gone"
            raise GradingError("the process that runs the learner's code ended", "run it again") from error

    def close(self) -> None:
        """End the worker with everything below it."""
        self._socket.close()
        try:
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self.tier == sandbox.PROCESS:
            _end_adopted()
        if self._folder:
            self._folder.cleanup()
        self._errors.close()
        self.state = "gone"

    def _last_words(self) -> str:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _LAST_WORDS))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


def _end_adopted() -> None:
    """End what the plain tier's processes left behind when they ended; the grader has adopted it."""
    while found := children() if confine.LINUX else []:
        for child in found:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def start_worker(
    tiers: Sequence[str],
    preload: Sequence[str],
    hidden: Sequence[Path],
    interrupted: Callable[[], None] = lambda: None,
) -> tuple[WarmWorker, Tier]:
    """A worker in the first of the tiers that really works here, and that tier.

    `interrupted` is called every now and then and may raise. Raises GradingError if none works.
    """
    because, remedy = "", ""
    for name in tiers:
        missing = sandbox.bubblewrap_missing() if name == sandbox.BUBBLEWRAP else None
        if missing:
            because, remedy = missing
            continue
        worker = WarmWorker(name, preload, hidden)
        try:
            _await_confined(worker, interrupted)
        except BaseException:
            worker.close()
            raise
        if worker.alive:
            return worker, replace(sandbox.TIERS[name], because=because, remedy=remedy)
        because, remedy = f"{name} does not work here: {worker.why}", sandbox.REFUSED_REMEDY
        worker.close()
    raise GradingError(f"the learner's code cannot be run: {because}", remedy)


def _await_confined(worker: WarmWorker, interrupted: Callable[[], None]) -> None:
    end = monotonic() + _PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(worker, selectors.EVENT_READ)
        while worker.state == "starting" and monotonic() < end:
            if selector.select(0.1):
                worker.notice()
            interrupted()
    if worker.state == "starting":
        worker.state, worker.why = "gone", "it does not answer"


def probe(tier: str | None = None) -> Tier:
    """The best tier that works on this machine, found by trying; some tenths of a second.

    `tier` or the environment variable `STUDYTRACK_TIER` asks for one. Raises UsageError if there
    is no such tier, GradingError if it does not work here.
    """
    worker, found = start_worker(sandbox.tiers_to_try(tier), (), ())
    worker.close()
    return found
