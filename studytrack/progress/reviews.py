"""Which answers and attempts are reviews, as the schedule takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from studytrack.grading.verdict import State as Outcome
from studytrack.memory.ratings import rating_of_attempt
from studytrack.memory.schedule import Review
from studytrack.progress.records import Answered, Attempted

DayOf = Callable[[datetime], date]
"""Gives the study day of a moment."""


def reviews_of_answers(answers: Iterable[Answered], day_of: DayOf) -> Iterator[Review]:
    """The answers to one question that count for its schedule: all but cramming."""
    for answer in answers:
        if not answer.cram:
            yield Review(day_of(answer.at), answer.rating)


def reviews_of_attempts(attempts: Iterable[Attempted], day_of: DayOf, minutes: int) -> Iterator[Review]:
    """The attempts at one exercise that count for its schedule: those that passed.

    `minutes` is how long the exercise is said to take. An attempt that says nothing about
    the learner, such as one that was cancelled, is no failure.
    """
    failures = 0
    for attempt in attempts:
        if attempt.passed:
            rating = rating_of_attempt(
                failures, attempt.solution_seen, attempt.hints > 0, attempt.worked, minutes
            )
            yield Review(day_of(attempt.at), rating)
            failures = 0
        elif Outcome(attempt.state).counts:
            failures += 1
