"""Durations and moments, as people write them."""

from __future__ import annotations

import re

from studytrack.errors import UsageError


def clock_time(seconds: int) -> str:
    """A place in a video: `3:10`, `1:02:10`."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def seconds_of(time: str) -> int:
    """What `clock_time` wrote, in seconds. Raises UsageError where it is no such time."""
    if not re.fullmatch(r"(\d{1,2}:)?\d{1,2}:[0-5]\d", time):
        raise UsageError(f"{time!r} is not a time in a video", "write it like 38:20 or 1:02:10")
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def at_time(url: str, seconds: int) -> str:
    """The address of a video, opened at that second (YouTube's `t`)."""
    return f"{url}{'&' if '?' in url else '?'}t={seconds}s"


def in_days(days: int) -> str:
    """How long until something comes back, as it stands on a button."""
    if days < 1:
        return "today"
    if days < 60:
        return f"{days} d"
    if days < 730:
        return f"{days / 30.44:.0f} mo"
    return f"{days / 365.25:.1f} y"
