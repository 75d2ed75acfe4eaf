"""How an answer or an attempt becomes one of FSRS's four ratings.

A wrong answer is Again. A right one is Good, or Hard where a hint helped. An
exercise passed at the first attempt is Good, or Easy where it was quick; after
failures it is Hard, and where its solution had been looked at it is Again.
"""

from __future__ import annotations

from studytrack.memory.fsrs import AGAIN, EASY, GOOD, HARD

QUICK = 0.5
"""The share of the stated minutes within which a first pass counts as quick."""


def rating_of_answer(correct: bool, hinted: bool) -> int:
    """The rating of an answer to a question."""
    if not correct:
        return AGAIN
    return HARD if hinted else GOOD


def rating_of_pass(
    failures: int, solution_seen: bool, hinted: bool, worked: float | None, minutes: int
) -> int:
    """The rating of an attempt that passed its exercise.

    `failures` counts the failed attempts since the last pass, `worked` is the time
    taken in seconds where it is known, and `minutes` is how long the exercise is said to take.
    What took a hint is not easy, however quick.
    """
    if solution_seen:
        return AGAIN
    if failures:
        return HARD
    quick = worked is not None and worked <= QUICK * minutes * 60
    return EASY if quick and not hinted else GOOD
