"""A grader that says what a test wants it to, so that no process is started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Self

from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import CheckDone, CheckStarted, Event, Finished, Metrics, Started
from studytrack.grading.protocol import WorkerState
from studytrack.grading.verdict import CheckResult, Finding, State, Verdict

EXACT, NOISY = "finds the slope of points on a line", "finds the slope among noise"


class ScriptedGrader:
    """Stands in for `GraderSession`; keeps what it was asked, and answers what `say` was given."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        """The code of each run."""
        self.open = 0
        """How many sessions are open now."""
        self._lines: asyncio.Queue[Event] = asyncio.Queue()
        self.running = False
        self.woken = 0
        """How often the learner was seen to be there."""

    def __call__(self, exercise: Exercise, tell: Callable[[WorkerState], None]) -> Self:
        self.tell = tell
        """Gives the screen the state of the worker."""
        return self

    async def __aenter__(self) -> Self:
        self.open += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        self.open -= 1

    def say(self, *events: Event) -> None:
        """Tells the running attempt, or the next one, about something."""
        for event in events:
            self._lines.put_nowait(event)

    async def run(self, code: str, file: Path, seed: int | None = None) -> AsyncIterator[Event]:
        self.codes.append(code)
        self.running = True
        try:
            while True:
                event = await self._lines.get()
                yield event
                if isinstance(event, Finished):
                    return
        finally:
            self.running = False

    async def wake(self) -> None:
        self.woken += 1

    async def cancel(self) -> None:
        if self.running:
            self.say(ended(State.CANCELLED))


def check(
    id: str, state: State = State.PASSED, message: str = "", finding: Finding | None = None
) -> CheckDone:
    """A check of the exercise `line` that has ended."""
    most = {"exact": 1.0, "noisy": 2.0}[id]
    title = {"exact": EXACT, "noisy": NOISY}[id]
    points = most if state is State.PASSED else 0.0
    return CheckDone(CheckResult(id, title, state, points, most, message, finding))


def ended(state: State, *checks: CheckDone, message: str = "") -> Finished:
    """The end of an attempt; checks that are not named end as the attempt does."""
    known = {done.result.id: done.result for done in checks}
    results = tuple(known.get(id) or check(id, state).result for id in ("exact", "noisy"))
    score = sum(result.points for result in results)
    return Finished(Verdict("line", "line.py", state, score, 3.0, results, "bubblewrap", 0.3, message))


def falling(steps: int, start: int = 0) -> Metrics:
    """A loss that falls, as a training logs it."""
    return Metrics(tuple({"step": float(i), "loss": 10 / (i + 1)} for i in range(start, start + steps)))


PASSES: tuple[Event, ...] = (
    Started("bubblewrap", warm=True),
    CheckStarted("exact"),
    check("exact"),
    CheckStarted("noisy"),
    check("noisy"),
    ended(State.PASSED),
)
FOUND = Finding(
    what="the slope,",
    call="slope(x, y)",
    given=("x = tensor([1, 2])", "y = tensor([2, 4.25])"),
    got="3",
    expected="2.1",
    mistake="The sum of `x` is not the sum of squares.",
)
NOT_ZERO = "slope(x, y) is 3; 2 was expected.\nThe sum of x is not the sum of squares."
FAILS: tuple[Event, ...] = (
    Started("bubblewrap", warm=True),
    CheckStarted("exact"),
    check("exact"),
    CheckStarted("noisy"),
    falling(40),
    check("noisy", State.INCORRECT, NOT_ZERO),
    ended(State.PARTIAL, check("exact"), check("noisy", State.INCORRECT, NOT_ZERO)),
)
