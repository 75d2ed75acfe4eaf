"""Fuzz stays within Anki's bounds, uses all of them, and is the same each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.memory.fuzz import fuzz_bounds, fuzzed


@pytest.mark.parametrize(
    ("interval", "bounds"), [(1, (1, 1)), (2, (2, 2)), (7, (5, 9)), (17, (14, 20)), (37, (33, 41))]
)
def test_bounds_of_anki(interval: int, bounds: tuple[int, int]) -> None:
    assert fuzz_bounds(interval) == bounds


@given(st.integers(1, 36_500), st.text(), st.integers(0, 500))
def test_a_fuzzed_interval_is_within_the_bounds(interval: int, item: str, reviews: int) -> None:
    shortest, longest = fuzz_bounds(interval)
    assert 1 <= shortest <= fuzzed(interval, item, reviews) <= longest


def test_items_learnt_together_spread_over_every_day_within_the_bounds() -> None:
    days = [fuzzed(17, f"question-{number}", 3) for number in range(700)]
    assert set(days) == set(range(14, 21))
    assert max(days.count(day) for day in set(days)) < 150, "a hundred on each of seven days"


def test_an_item_does_not_keep_its_place_from_one_review_to_the_next() -> None:
    assert len({fuzzed(100, "derivative", reviews) for reviews in range(20)}) > 5


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.text(), st.integers(0, 500))
def test_a_longer_interval_is_never_fuzzed_to_a_shorter_one(
    one: int, other: int, item: str, reviews: int
) -> None:
    shorter, longer = sorted((one, other))
    assert fuzzed(shorter, item, reviews) <= fuzzed(longer, item, reviews)


def test_the_fuzz_of_an_item_is_fixed_for_good() -> None:
    # What a learner was shown yesterday must hold after an update, too.
    assert [fuzzed(100, "derivative", reviews) for reviews in range(1, 6)] == [101, 107, 96, 97, 94]
