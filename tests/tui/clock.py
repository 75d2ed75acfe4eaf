"""The time in a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move_on(self, **duration: float) -> None:
        self.moment += timedelta(**duration)
