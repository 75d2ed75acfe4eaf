"""An answer or an attempt is rated as the learner was told."""

from __future__ import annotations

import pytest

from studytrack.memory.fsrs import AGAIN, EASY, GOOD, HARD
from studytrack.memory.ratings import rating_of_answer, rating_of_pass


@pytest.mark.parametrize(
    ("correct", "hinted", "rating"),
    [(True, False, GOOD), (True, True, HARD), (False, False, AGAIN), (False, True, AGAIN)],
)
def test_answers(correct: bool, hinted: bool, rating: int) -> None:
    assert rating_of_answer(correct, hinted) == rating


@pytest.mark.parametrize(
    ("failures", "solution_seen", "hinted", "worked", "rating"),
    [
        (0, False, False, None, GOOD),
        (0, False, False, 15 * 60, GOOD),
        (0, False, False, 4 * 60, EASY),
        (0, False, True, 4 * 60, GOOD),
        (1, False, False, 4 * 60, HARD),
        (3, False, True, None, HARD),
        (0, True, False, 4 * 60, AGAIN),
        (2, True, True, None, AGAIN),
    ],
)
def test_passes_of_an_exercise_of_twenty_minutes(
    failures: int, solution_seen: bool, hinted: bool, worked: float | None, rating: int
) -> None:
    assert rating_of_pass(failures, solution_seen, hinted, worked, minutes=20) == rating
