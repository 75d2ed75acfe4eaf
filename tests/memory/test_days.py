"""A study day is the learner's own: it begins at the rollover hour of their wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.memory.days import study_day

VIENNA = ZoneInfo("Europe/Vienna")
ZONES = ("UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")

moments = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 2, 12, 0), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 3, 59), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 4, 0), date(2026, 3, 3)),
        (datetime(2026, 1, 1, 0, 30), date(2025, 12, 31)),
        # The clocks go forward on 29 March 2026 and back on 25 October 2026.
        (datetime(2026, 3, 29, 3, 59), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 4, 0), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 30, fold=1), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 59), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 4, 0), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_the_rollover_hour(at: datetime, day: date) -> None:
    assert study_day(at.replace(tzinfo=VIENNA).astimezone(UTC), VIENNA, 4) == day


def test_the_day_is_that_of_the_learners_zone_not_of_the_moments() -> None:
    in_tokyo = datetime(2026, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    assert study_day(in_tokyo, ZoneInfo("Asia/Tokyo"), 4) == date(2026, 3, 3)
    assert study_day(in_tokyo, ZoneInfo("America/Los_Angeles"), 4) == date(2026, 3, 2)


def test_without_a_zone_the_machines_counts() -> None:
    noon = datetime(2026, 3, 2, 12, 0).astimezone()
    assert study_day(noon.astimezone(UTC), None, 4) == date(2026, 3, 2)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 3, 2), VIENNA, 4)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), st.sampled_from(ZONES), st.integers(0, 12))
def test_days_never_go_back_and_none_is_left_out(
    moment: datetime, later: timedelta, zone: str, rollover: int
) -> None:
    first = study_day(moment, ZoneInfo(zone), rollover)
    second = study_day(moment + later, ZoneInfo(zone), rollover)
    assert first <= second
    assert (second - first).days <= later.days + 2  # Samoa crossed the date line in 2011


@given(moments, st.integers(0, 12))
def test_with_midnight_as_rollover_it_is_the_calendar_day(moment: datetime, rollover: int) -> None:
    local = moment.astimezone(VIENNA)
    assert study_day(moment, VIENNA, 0) == local.date()
    assert study_day(moment, VIENNA, rollover) in (local.date(), local.date() - timedelta(days=1))
