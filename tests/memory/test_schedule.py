"""When items come back: by study day, the first answer of each counting, as the buttons said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.memory.fsrs import AGAIN, EASY, GOOD, HARD, RATINGS, Model
from studytrack.memory.fuzz import fuzz_bounds
from studytrack.memory.schedule import LONGEST_INTERVAL, Card, Review, Schedule

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
SCHEDULE = Schedule(Model())

histories = st.lists(st.tuples(st.integers(-3, 60), st.sampled_from(RATINGS)), min_size=1, max_size=12).map(
    lambda steps: dated(steps)
)


def dated(steps: Sequence[tuple[int, int]]) -> list[Review]:
    """Reviews so many days apart; a negative number is a clock that was set back."""
    day, reviews = MONDAY, []
    for days, rating in steps:
        day += timedelta(days=days)
        reviews.append(Review(day, rating))
    return reviews


def card(*reviews: Review, schedule: Schedule = SCHEDULE) -> Card:
    made = schedule.card("derivative", reviews)
    assert made
    return made


def test_what_was_never_answered_has_no_card() -> None:
    assert SCHEDULE.card("derivative", []) is None


def test_a_right_answer_comes_back_when_fsrs_says() -> None:
    learnt = card(Review(MONDAY, GOOD))
    assert learnt.due == MONDAY + timedelta(days=2)  # stability 2.3 days
    assert (learnt.reps, learnt.lapses, learnt.waiting) == (1, 0, False)

    kept = card(Review(MONDAY, GOOD), Review(learnt.due, GOOD))
    shortest, longest = fuzz_bounds(SCHEDULE.model.interval(kept.state.stability, 0.9))
    assert 7 < shortest <= (kept.due - learnt.due).days <= longest
    assert (kept.reps, kept.first_day, kept.last_day) == (2, MONDAY, learnt.due)


def test_again_comes_back_in_the_same_sitting_and_then_the_next_day() -> None:
    wrong = Review(MONDAY, AGAIN)
    assert (card(wrong).due, card(wrong).waiting) == (MONDAY, True)
    assert card(wrong, wrong) == card(wrong)

    known = card(wrong, wrong, Review(MONDAY, GOOD))
    assert (known.due, known.waiting) == (TUESDAY, False)
    assert known.state == card(wrong).state
    assert known.reps == 1


def test_what_was_left_waiting_is_due_and_reviewed_the_next_day() -> None:
    left = card(Review(MONDAY, AGAIN))
    assert left.due <= TUESDAY
    resumed = card(Review(MONDAY, AGAIN), Review(TUESDAY, GOOD))
    assert (resumed.reps, resumed.waiting) == (2, False)
    assert resumed.due > TUESDAY


def test_repeats_within_a_day_are_no_reviews() -> None:
    once = card(Review(MONDAY, GOOD))
    assert card(Review(MONDAY, GOOD), Review(MONDAY, EASY), Review(MONDAY, AGAIN)) == once


def test_lapses_are_counted_from_the_second_review_on() -> None:
    reviews = dated([(0, AGAIN), (1, GOOD), (2, AGAIN), (1, AGAIN), (1, GOOD)])
    assert card(*reviews).lapses == 2


def test_a_clock_set_back_counts_as_no_time_passed() -> None:
    future = Review(date(2031, 1, 1), GOOD)
    back = card(future, Review(MONDAY, GOOD))
    assert (back.reps, back.last_day) == (2, MONDAY)
    assert MONDAY < back.due < MONDAY + timedelta(days=30)


def test_a_higher_desired_retention_brings_it_back_sooner() -> None:
    reviews = dated([(0, GOOD), (2, GOOD), (11, GOOD)])
    due = [card(*reviews, schedule=Schedule(SCHEDULE.model, retention)).due for retention in (0.95, 0.9, 0.8)]
    assert due == sorted(set(due))


@given(histories, st.integers(-3, 60), st.sampled_from((0.7, 0.8, 0.9, 0.97)))
def test_the_interval_on_a_button_is_the_interval_given(
    reviews: list[Review], days: int, retention: float
) -> None:
    schedule = Schedule(SCHEDULE.model, retention)
    day = reviews[-1].day + timedelta(days=days)
    shown = schedule.preview("derivative", card(*reviews, schedule=schedule), day)
    for rating in RATINGS:
        given_ = card(*reviews, Review(day, rating), schedule=schedule)
        assert (given_.due - day).days == shown[rating]


def test_the_first_intervals_on_the_buttons_are_those_given() -> None:
    shown = SCHEDULE.preview("derivative", None, MONDAY)
    given_ = {rating: (card(Review(MONDAY, rating)).due - MONDAY).days for rating in RATINGS}
    assert shown == given_
    assert shown == {AGAIN: 0, HARD: 1, GOOD: 2, EASY: shown[EASY]}
    assert shown[EASY] in range(*fuzz_bounds(8))


@given(histories, st.integers(1, 60))
def test_a_better_rating_never_comes_back_sooner(reviews: list[Review], days: int) -> None:
    learnt = card(*reviews)
    shown = SCHEDULE.preview("derivative", learnt, learnt.last_day + timedelta(days=days))
    assert [shown[rating] for rating in RATINGS] == sorted(shown.values())


@given(st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from((GOOD, EASY))), min_size=1, max_size=8))
def test_no_interval_is_longer_than_a_hundred_years(steps: list[tuple[int, int]]) -> None:
    learnt = card(*dated(steps), schedule=Schedule(SCHEDULE.model, 0.7))
    assert 1 <= (learnt.due - learnt.last_day).days <= LONGEST_INTERVAL


@pytest.mark.parametrize("rating", RATINGS)
def test_items_learnt_together_do_not_all_come_back_together(rating: int) -> None:
    reviews = dated([(0, GOOD), (2, GOOD), (11, rating)])
    due = {made.due for number in range(40) if (made := SCHEDULE.card(f"question-{number}", reviews))}
    assert len(due) == 1 if rating == AGAIN else len(due) > 3
