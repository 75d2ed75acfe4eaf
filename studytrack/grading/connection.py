"""The app's connection to a grader process: starting it, talking to it, and ending it."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from studytrack.errors import GradingError
from studytrack.grading import confine
from studytrack.grading.messages import Event
from studytrack.grading.opening import Opening
from studytrack.grading.protocol import Cancel, Run, Wake, WorkerState, from_grader, to_line

_LONGEST_LINE = 16 << 20
_CLOSE_PATIENCE = 2.0

Take = Callable[[int, Event | None, str], None]
"""Is given every event with the number of its run; None when the grader has ended, with its last words."""
Tell = Callable[[WorkerState], None]
"""Is given the state of the worker whenever it changes."""


class GraderConnection:
    """A grader process, and the tasks that read what it says."""

    def __init__(self, process: Process, take: Take, tell: Tell) -> None:
        self._process = process
        self._take = take
        self._tell = tell
        self._errors: deque[bytes] = deque(maxlen=200)
        self._changed = asyncio.Event()
        self.worker = WorkerState(warm=False, isolation=None)
        self.ended = False
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, opening: Opening, take: Take, tell: Tell) -> GraderConnection:
        confine.hide_memory()  # this process keeps the score; the learner's code may run as the same user
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-B", "-P", "-m", "studytrack.grading.grader", opening.to_json()),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=_LONGEST_LINE,
            start_new_session=True,
        )
        return cls(process, take, tell)

    async def send(self, message: Run | Cancel | Wake) -> None:
        """Send a command; one to a grader that has ended is lost, which its end tells."""
        if stdin := self._process.stdin:
            with suppress(ConnectionError):
                stdin.write(to_line(message))
                await stdin.drain()

    async def warmed(self) -> None:
        while not self.worker.warm:
            if self.ended:
                raise GradingError("the grader ended", "run `studytrack doctor`")
            self._changed.clear()
            await self._changed.wait()

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._reading

    async def close(self) -> None:
        """Let the grader end by itself, with everything below it."""
        if stdin := self._process.stdin:
            stdin.close()
        try:
            await asyncio.wait_for(asyncio.shield(self._reading), _CLOSE_PATIENCE)
        except TimeoutError:
            await self.kill()

    async def _read(self) -> None:
        assert self._process.stdout  # noqa: S101 - it was asked for
        errors = asyncio.create_task(self._read_errors())
        while line := await self._process.stdout.readline():
            message = from_grader(line)
            if isinstance(message, WorkerState):
                self._is(message)
            else:
                self._take(message.run, message.event, "")
        await errors
        await self._process.wait()
        self.ended = True
        self._is(WorkerState(warm=False, isolation=self.worker.isolation))
        self._take(0, None, b"".join(self._errors).decode(errors="replace"))

    def _is(self, state: WorkerState) -> None:
        self.worker = state
        self._changed.set()
        self._tell(state)

    async def _read_errors(self) -> None:
        assert self._process.stderr  # noqa: S101 - it was asked for
        async for line in self._process.stderr:
            self._errors.append(line[-2000:])
