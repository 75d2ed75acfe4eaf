"""What the app asks of the grader, as it arrives."""

from __future__ import annotations

import os
import queue
import threading
from contextlib import suppress
from typing import BinaryIO

from studytrack.grading.outcomes import AttemptOver
from studytrack.grading.protocol import Cancel, Run, Wake, from_app
from studytrack.grading.verdict import State

_GRACE = 1.0
"""Seconds after the app has gone in which the grader may tidy up before it is ended."""


class AppGone(BaseException):
    """The stream has ended: nobody waits for what the grader does."""


class Commands:
    """Reads in a thread of its own, so that a check that never returns cannot hide that the app is gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._runs: queue.SimpleQueue[Run] = queue.SimpleQueue()
        self._cancelled = 0
        self._woken = False
        self._gone = False
        self._reader, self._writer = os.pipe()
        threading.Thread(target=self._read, daemon=True).start()

    def fileno(self) -> int:
        """A descriptor that is readable when something new has arrived."""
        return self._reader

    def next_run(self) -> Run | None:
        """The oldest run that waits, if any does. Raises AppGone."""
        self.notice()
        return None if self._runs.empty() else self._runs.get()

    def take_wake(self) -> bool:
        """Whether a worker was asked for since this was asked last."""
        woken, self._woken = self._woken, False
        return woken

    def check(self, run: Run) -> None:
        """Raise AttemptOver if `run` was cancelled. Raises AppGone too."""
        self.notice()
        if run.number <= self._cancelled:
            raise AttemptOver(State.CANCELLED, "Cancelled.")

    def notice(self) -> None:
        """Forget that something has arrived. Raises AppGone if it was the end."""
        os.set_blocking(self._reader, False)
        with suppress(BlockingIOError):
            os.read(self._reader, 4096)
        if self._gone:
            raise AppGone

    def _read(self) -> None:
        for line in self._stream:
            self._take(from_app(line))
            os.write(self._writer, b".")
        self._gone = True
        os.write(self._writer, b".")
        timer = threading.Timer(_GRACE, os._exit, (0,))
        timer.daemon = True
        timer.start()

    def _take(self, command: Run | Cancel | Wake) -> None:
        match command:
            case Cancel(number):
                self._cancelled = number
            case Wake():
                self._woken = True
            case Run():
                self._runs.put(command)
