"""The memory model gives what its makers' two implementations give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from fsrs import Card, Rating, Scheduler

from studytrack.memory.fsrs import DEFAULT_WEIGHTS, RATINGS, MemoryState, Model

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


def when_due(model: Model, ratings: Sequence[int]) -> list[int]:
    """The intervals in days of an item that is answered whenever it is due.

    With the steps of py-fsrs: the first answer, and each that is rated Again, is followed by
    another on the same day.
    """
    intervals: list[int] = []
    state = None
    for rating in ratings:
        new = state is None
        state = model.next_state(state, intervals[-1] if intervals else 0, rating)
        intervals.append(0 if new or rating == 1 else model.interval(state.stability, 0.9))
    return intervals


def test_intervals_of_py_fsrs(model: Model) -> None:
    ratings = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
    assert when_due(model, ratings) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@pytest.mark.parametrize(("short_term", "stability"), [(True, 53.62691), (False, 53.335106)])
def test_memory_states_of_fsrs_rs(short_term: bool, stability: float) -> None:
    weights = list(DEFAULT_WEIGHTS)
    if not short_term:
        weights[17:20] = [0.0, 0.0, 0.0]
    reviews = list(zip([0, 0, 1, 3, 8, 21], [1, 3, 3, 3, 3, 3], strict=True))

    state = Model(weights).state_after(reviews)

    assert state.stability == pytest.approx(stability, rel=1e-6)
    assert state.difficulty == pytest.approx(6.3574867, rel=1e-6)


def test_intervals_for_each_desired_retention(model: Model) -> None:
    intervals = [model.interval(1.0, tenths / 10) for tenths in range(1, 11)]
    assert intervals == [3116766, 34793, 2508, 387, 90, 27, 9, 3, 1, 1]


@pytest.mark.parametrize(
    ("ease", "interval", "retention", "stability", "difficulty"),
    [(2.5, 10, 0.9, 10.0, 6.9140563), (2.5, 10, 0.8, 3.01572, 9.393428), (1.3, 20, 0.9, 20.0, 10.0)],
)
def test_states_taken_over_from_sm2(
    model: Model, ease: float, interval: float, retention: float, stability: float, difficulty: float
) -> None:
    state = model.from_sm2(ease, interval, retention)
    assert state.stability == pytest.approx(stability, rel=1e-6)
    assert state.difficulty == pytest.approx(difficulty, rel=1e-6)


def test_recall_falls_to_the_desired_retention_in_the_interval(model: Model) -> None:
    state = MemoryState(stability=100.0, difficulty=5.0)
    assert model.retrievability(state, 0) == 1.0
    assert model.retrievability(state, 100.0) == pytest.approx(0.9)
    for retention in (0.75, 0.85, 0.95):
        days = model.interval(state.stability, retention)
        assert model.retrievability(state, days) == pytest.approx(retention, abs=0.002)


def test_thousands_of_random_steps_agree_with_py_fsrs(model: Model) -> None:
    oracle = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    random = Random(20260302)
    for number in range(1000):
        card, state, now = Card(card_id=number), None, START
        for _ in range(random.randint(1, 12)):
            days = 0 if state is None else random.choice([0, 1, 2, 5, random.randint(0, 60)])
            rating = random.choice(RATINGS)
            now += timedelta(days=days)
            if state is not None:
                recall = oracle.get_card_retrievability(card, now)
                assert model.retrievability(state, days) == pytest.approx(recall, rel=1e-5)
            card, _ = oracle.review_card(card, Rating(rating), now)
            state = model.next_state(state, days, rating)
            assert state.stability == pytest.approx(card.stability, rel=1e-5)
            assert state.difficulty == pytest.approx(card.difficulty, rel=1e-5)


def test_a_history_at_once_is_the_same_as_step_by_step(model: Model) -> None:
    random = Random(7)
    for _ in range(300):
        history = [(random.randint(0, 90), random.choice(RATINGS)) for _ in range(random.randint(1, 15))]
        history[0] = (0, history[0][1])
        state = None
        for days, rating in history:
            state = model.next_state(state, days, rating)
        assert model.state_after(history) == state


def test_a_history_without_reviews_is_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="no review"):
        model.state_after([])
