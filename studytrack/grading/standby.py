"""What stands ready for the next run: a warm worker, and below it a process already confined."""

from __future__ import annotations

import os
import selectors
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from studytrack.errors import GradingError
from studytrack.grading import confine, launch
from studytrack.grading.attempt import Attempt, Limits
from studytrack.grading.commands import Commands
from studytrack.grading.feed import Feed
from studytrack.grading.keeper import Order
from studytrack.grading.lifetime import Fate, memory_left
from studytrack.grading.messages import Warming
from studytrack.grading.opening import Opening
from studytrack.grading.protocol import Run, WorkerState
from studytrack.grading.sandbox import start_worker
from studytrack.grading.tiers import TIERS
from studytrack.grading.usage import children
from studytrack.grading.warm import WarmWorker
from studytrack.paths import find_home


class Standby:
    """Keeps a worker warm and an attempt in waiting, and replaces what has ended.

    `tell` is given the state of the worker whenever it changes.
    """

    def __init__(self, opening: Opening, commands: Commands, tell: Callable[[WorkerState], None]) -> None:
        self._opening = opening
        self._commands = commands
        self._tell = tell
        self._hidden = (Path(opening.folder).parent, find_home().root)
        self._worker: WarmWorker | None = None
        self._spare: Attempt | None = None
        """Made ahead, for making one takes longer than most runs."""
        self._used = 0.0
        self._tier = TIERS[opening.tiers[0]]

    @property
    def isolation(self) -> str:
        """The name of the tier in use, or to be tried first."""
        return self._tier.name

    def warm_up(self) -> None:
        """Start a worker; if none can be had, the next run will say why."""
        with suppress(GradingError):
            self._start()

    def note_use(self) -> None:
        """A run has ended."""
        self._used = monotonic()

    def refresh(self) -> None:
        """Put in place what the next run would have to wait for."""
        if self._commands.take_wake():
            self.warm_up()
        worker = self._worker
        if worker is None:
            return
        if not worker.alive and worker.worked:
            self.warm_up()
        elif worker.ready and worker.complete and self._spare is None:
            with suppress(GradingError):
                self._spare = self._make(worker)

    def wait(self) -> None:
        """Wait for a command of the app's or for news of the worker, and give up one whose time has come."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._commands, selectors.EVENT_READ)
            if self._worker and self._worker.alive:
                selector.register(self._worker, selectors.EVENT_READ)
            heard = selector.select(self._opening.lifetime.look_every if self._worker else None)
        self._notice()
        if not heard:
            self._look_after(self._worker)

    def begin(self, run: Run, feed: Feed, warming: Callable[[Warming], None]) -> tuple[Attempt, bool]:
        """An attempt whose process is confined, and whether the worker was ready for it.

        `warming` is told what it waits for if it was not. Raises GradingError if there can be none,
        and whatever `Commands.check` raises.
        """
        limits = Limits(self._opening.seconds, self._opening.memory_mb, self._opening.output_kb)
        worker, warm = self._ready_worker(run, warming)
        spare, self._spare = self._spare, None
        if spare:
            with suppress(GradingError):  # it has ended while it waited
                spare.begin(limits, feed, lambda: self._commands.check(run))
                return spare, warm
        attempt = self._make(worker)
        attempt.begin(limits, feed, lambda: self._commands.check(run))
        return attempt, warm

    def _look_after(self, worker: WarmWorker | None) -> None:
        if worker is None or not worker.complete:
            return
        now = monotonic()
        fate = self._opening.lifetime.fate(
            idle=now - max(self._used, worker.started),
            age=now - worker.started,
            attempts=worker.attempts,
            memory=memory_left(),
        )
        if fate is Fate.KEPT:
            return
        self.close()
        if fate is Fate.RENEWED:
            self.warm_up()
        else:
            self._say(warm=False, dropped=True)

    def close(self) -> None:
        """End everything."""
        if self._spare:
            self._spare.end()
        if self._worker:
            self._worker.close()
            _end_adopted()
        self._spare = self._worker = None

    def _start(self) -> WarmWorker:
        if self._worker is None or not self._worker.alive:
            self.close()
            self._worker, self._tier = start_worker(
                self._opening.tiers, self._opening.preload, self._hidden, self._commands.notice
            )
            self._say(warm=False)
        return self._worker

    def _say(self, *, warm: bool, dropped: bool = False) -> None:
        loading = self._worker.loading[0] if self._worker and self._worker.loading else ""
        self._tell(WorkerState(warm, self._tier.name, self._tier.lacks, loading, dropped))

    def _notice(self) -> None:
        if self._worker and self._worker.notice():
            self._say(warm=self._worker.ready)

    def _ready_worker(self, run: Run, warming: Callable[[Warming], None]) -> tuple[WarmWorker, bool]:
        self._notice()
        worker = self._start()
        if worker.ready:
            return worker, True
        told = None
        while not worker.ready:
            loading = worker.loading or ("Python", 1.0)
            if loading != told:
                warming(Warming(*loading))
                told = loading
            self.wait()
            self._commands.check(run)
            if not worker.alive:
                raise GradingError(f"the worker ended while it loaded its libraries: {worker.why}")
        return worker, False

    def _make(self, worker: WarmWorker) -> Attempt:
        order = Order(
            tier=worker.tier,
            memory_mb=self._opening.memory_mb,
            threads=launch.threads(),
        )
        return Attempt(worker, order, self._commands.fileno())


def _end_adopted() -> None:
    """End what a worker of the plain tier left behind: all children that the grader has beside its worker."""
    while found := children() if confine.LINUX else []:
        for child in found:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
