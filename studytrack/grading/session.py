"""The app's side of grading: a grader process that lives as long as an exercise is open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import Event
from studytrack.grading.verdict import Verdict


class GraderSession:
    """One open exercise. Entering starts its grader, which warms a worker in the background.

    `tier` forces a kind of isolation, as `STUDYTRACK_TIER` does.
    """

    def __init__(self, exercise: Exercise, *, tier: str | None = None) -> None:
        self.exercise = exercise
        self.tier = tier

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError

    @property
    def warm(self) -> bool:
        """Whether a worker is ready for an attempt."""
        raise NotImplementedError

    @property
    def isolation(self) -> str | None:
        """The tier in use; None until the worker has told."""
        raise NotImplementedError

    def run(self, code: str, file: Path, seed: int | None = None) -> AsyncIterator[Event]:
        """Grade `code`, which the learner keeps in `file`; the last event is `Finished`.

        An attempt that still runs is cancelled first.
        """
        raise NotImplementedError

    async def cancel(self) -> None:
        """End the running attempt, if there is one, as `cancelled`; returns when it is gone."""
        raise NotImplementedError


def grade(
    exercise: Exercise,
    code: str,
    file: Path,
    on_event: Callable[[Event], None] | None = None,
    seed: int | None = None,
    tier: str | None = None,
) -> Verdict:
    """Grade one file and wait for the verdict."""
    raise NotImplementedError
