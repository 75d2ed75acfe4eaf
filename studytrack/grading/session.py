"""The app's side of grading: a grader process that lives as long as an exercise is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from studytrack.errors import GradingError
from studytrack.grading.connection import GraderConnection
from studytrack.grading.exercises import Exercise
from studytrack.grading.lifetime import Lifetime
from studytrack.grading.messages import Event, Finished
from studytrack.grading.opening import Opening, opening_of
from studytrack.grading.protocol import Cancel, Run, Wake, WorkerState
from studytrack.grading.verdict import CheckResult, State, Verdict

_CANCEL_PATIENCE = 1.0


class GraderSession:
    """One open exercise. Entering starts its grader, which warms a worker in the background.

    `tier` forces a kind of isolation, as `STUDYTRACK_TIER` does; `lifetime` says how long a worker
    is kept; `tell` is given the worker's state whenever it changes. One attempt runs at a time.
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        tier: str | None = None,
        lifetime: Lifetime | None = None,
        tell: Callable[[WorkerState], None] = lambda _: None,
    ) -> None:
        self.exercise = exercise
        self._tell = tell
        self._opening = opening_of(exercise, tier, lifetime or Lifetime())
        self._grader: GraderConnection | None = None
        self._run: _CurrentRun | None = None
        self._number = 0

    async def __aenter__(self) -> Self:
        self._grader = await GraderConnection.start(self._opening, self._take, self._tell)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._grader:
            await self._grader.close()

    @property
    def warm(self) -> bool:
        """Whether a worker is ready for an attempt."""
        return self._grader is not None and self._grader.worker.warm

    @property
    def dropped(self) -> bool:
        """Whether the worker was given up until the learner is back."""
        return self._grader is not None and self._grader.worker.dropped

    @property
    def isolation(self) -> str | None:
        """The tier in use; None until the worker has told."""
        return self._grader.worker.isolation if self._grader else None

    async def wake(self) -> None:
        """Have a worker that was dropped warmed again: the learner is back."""
        if self._grader and self.dropped:
            await self._grader.send(Wake())

    async def warmed(self) -> None:
        """Wait until a worker is ready. Raises GradingError if the grader ends instead."""
        if self._grader:
            await self._grader.warmed()

    async def run(self, code: str, file: Path, seed: int | None = None) -> AsyncGenerator[Event, None]:
        """Grade `code`, which the learner keeps in `file`; the last event is `Finished`.

        An attempt that still runs is cancelled first; leaving the loop early cancels this one.
        """
        await self.cancel()
        if self._grader is None or self._grader.ended:
            self._grader = await GraderConnection.start(self._opening, self._take, self._tell)
        self._number += 1
        run = self._run = _CurrentRun(self._opening, self._number, str(file))
        await self._grader.send(Run(run.number, code, run.file, seed))
        try:
            async for event in run.events():
                yield event
        finally:
            if not run.over.is_set():
                await self._grader.send(Cancel(run.number))

    async def cancel(self) -> None:
        """End the running attempt, if there is one, as `cancelled`; returns when it is gone.

        The worker stays warm, unless a check of the exercise hangs: then the grader is ended.
        """
        run, grader = self._run, self._grader
        if run is None or grader is None or run.over.is_set():
            return
        run.cancelled = True
        await grader.send(Cancel(run.number))
        with suppress(TimeoutError):
            await asyncio.wait_for(run.over.wait(), _CANCEL_PATIENCE)
        if not run.over.is_set():
            await grader.kill()
            await run.over.wait()

    def _take(self, number: int, event: Event | None, last_words: str) -> None:
        """An event of a run; None when the grader has ended, with what it wrote to standard error."""
        if self._run is None:
            return
        if event is None:
            self._run.grader_ended(last_words)
        elif number == self._run.number:
            self._run.put(event)


class _CurrentRun:
    """The events of one run, and whether it is over."""

    def __init__(self, opening: Opening, number: int, file: str) -> None:
        self._opening = opening
        self.number = number
        self.file = file
        self.cancelled = False
        self.over = asyncio.Event()
        self._queue: asyncio.Queue[Event] = asyncio.Queue()
        self._start = monotonic()

    async def events(self) -> AsyncIterator[Event]:
        while True:
            event = await self._queue.get()
            yield event
            if isinstance(event, Finished):
                return

    def put(self, event: Event) -> None:
        self._queue.put_nowait(event)
        if isinstance(event, Finished):
            self.over.set()

    def grader_ended(self, last_words: str) -> None:
        """The grader went before its verdict: it is at fault, unless it was ended for a cancel."""
        if self.over.is_set():
            return
        state = State.CANCELLED if self.cancelled else State.GRADER_ERROR
        message = "Cancelled." if self.cancelled else "The grader itself ended; it costs you nothing."
        plans = self._opening.checks
        verdict = Verdict(
            exercise=self._opening.exercise,
            file=self.file,
            state=state,
            score=0.0,
            max_score=sum(plan.points for plan in plans),
            checks=tuple(CheckResult(p.id, p.title, state, 0.0, p.points) for p in plans),
            isolation=self._opening.tiers[0],
            seconds=round(monotonic() - self._start, 3),
            message=message,
        )
        self.put(Finished(verdict, "" if self.cancelled else last_words or "the grader ended without a word"))


class BlockingSession:
    """A session for commands and tests: one call grades one file."""

    def __init__(self, exercise: Exercise, *, tier: str | None = None) -> None:
        self._runner = asyncio.Runner()
        self._session = GraderSession(exercise, tier=tier)

    def __enter__(self) -> Self:
        self._runner.run(self._session.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._session.__aexit__(None, None, None))
        self._runner.close()

    def grade(
        self,
        code: str,
        file: Path,
        on_event: Callable[[Event], None] | None = None,
        seed: int | None = None,
    ) -> Finished:
        """Grade one file and wait for the end; `on_event` is given every event on the way."""
        return self._runner.run(self._grade(code, file, on_event, seed))

    async def _grade(
        self, code: str, file: Path, on_event: Callable[[Event], None] | None, seed: int | None
    ) -> Finished:
        async for event in self._session.run(code, file, seed):
            if on_event:
                on_event(event)
            if isinstance(event, Finished):
                return event
        raise GradingError("the grader gave no verdict")


def grade(
    exercise: Exercise,
    code: str,
    file: Path,
    on_event: Callable[[Event], None] | None = None,
    seed: int | None = None,
    tier: str | None = None,
) -> Verdict:
    """Grade one file and wait for the verdict."""
    with BlockingSession(exercise, tier=tier) as session:
        return session.grade(code, file, on_event, seed).verdict
