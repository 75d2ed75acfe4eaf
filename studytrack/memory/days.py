"""Study days: the calendar days of the learner, which begin at the rollover hour and not at midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo


def study_day(at: datetime, zone: tzinfo | None, rollover_hour: int) -> date:
    """The study day of a moment, in the time zone `zone` (None: the machine's).

    Goes by what the clock on the wall shows, so that a day may last 23 or 25 hours where
    the clocks are changed. `at` knows its own time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = at.astimezone(zone)
    day = local.date()
    return day - timedelta(days=1) if local.hour < rollover_hour else day
