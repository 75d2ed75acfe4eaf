"""Ids are UUIDv7 and only ever increase, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from studytrack.progress.events import Answer
from studytrack.progress.ids import next_id
from studytrack.progress.store import Store

moments = st.datetimes(datetime(1970, 1, 2), datetime(2400, 1, 1), timezones=st.just(UTC))


@given(st.lists(moments, min_size=1, max_size=30))
def test_ids_increase_under_any_clock(clock: list[datetime]) -> None:
    ids: list[str] = []
    for moment in clock:
        ids.append(next_id(ids[-1] if ids else None, moment))
    assert ids == sorted(set(ids))


@given(moments, st.integers(2, 50))
def test_ids_increase_within_a_moment(moment: datetime, count: int) -> None:
    ids: list[str] = []
    for _ in range(count):
        ids.append(next_id(ids[-1] if ids else None, moment))
    assert ids == sorted(set(ids))


@given(moments)
def test_an_id_is_a_version_7_uuid_of_its_moment(moment: datetime) -> None:
    event_id = UUID(next_id(None, moment))
    assert event_id.version == 7
    assert event_id.variant == RFC_4122
    assert event_id.int >> 80 == int(moment.timestamp() * 1000)


def test_a_clock_set_back_does_not_reorder_the_log(database: Path, answer: Answer, now: datetime) -> None:
    with Store(database) as store:
        [before] = store.append([("derivative", answer)], now)
    with Store(database) as store:
        [after] = store.append([("derivative", answer)], now - timedelta(days=400))
    assert after.id > before.id
    assert after.at < before.at
