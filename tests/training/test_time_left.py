"""The time that is left, told when there is something to go by."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytrack.training.time_left import TimeLeft, clock


def test_nothing_is_said_in_the_first_second() -> None:
    left = TimeLeft()
    for tenth in range(10):
        left.add(tenth / 100, tenth / 10)
        assert left.seconds(tenth / 10) is None
    left.add(0.1, 1.0)
    assert left.seconds(1.0) == pytest.approx(9)


def test_a_training_that_slows_down_is_followed() -> None:
    left = TimeLeft()
    for second in range(11):
        left.add(0.05 * second, second)
    assert left.seconds(10) == pytest.approx(10)
    for second in range(11, 51):  # a fifth as fast
        left.add(0.5 + 0.01 * (second - 10), second)
    assert left.seconds(50) == pytest.approx(10)


def test_a_training_that_stalls_takes_longer_and_longer() -> None:
    left = TimeLeft()
    left.add(0.0, 0)
    left.add(0.5, 5)
    assert left.seconds(5) == pytest.approx(5)
    assert (left.seconds(20) or 0) > 10


def test_what_begins_anew_is_measured_anew() -> None:
    left = TimeLeft()
    left.add(0.0, 0)
    left.add(0.9, 10)
    left.add(0.0, 11)
    assert left.seconds(11.5) is None
    left.add(0.5, 13)
    assert left.seconds(13) == pytest.approx(2)


def test_at_the_end_nothing_is_left() -> None:
    left = TimeLeft()
    left.add(0.0, 0)
    left.add(1.0, 10)
    assert left.seconds(10) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100)), max_size=500))
@example([(0.0, 0.0), (1e-309, 1.0)])
def test_it_is_never_negative_whatever_is_told(told: list[tuple[float, float]]) -> None:
    left, now = TimeLeft(), 0.0
    for share, passed in told:
        now += passed
        left.add(share, now)
        seconds = left.seconds(now)
        assert seconds is None or seconds >= 0
        if seconds is not None:
            assert len(clock(seconds)) <= 8


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "0:01"), (41.5, "0:42"), (723, "12:03"), (3723, "1:02:03"), (1e9, "99:59:59")]
)
def test_times_read_as_on_a_clock(seconds: float, told: str) -> None:
    assert clock(seconds) == told
