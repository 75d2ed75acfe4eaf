"""What the schedule sees of a history: answers and passes as reviews, each on a study day with a rating."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from studytrack.memory.fsrs import AGAIN, GOOD
from studytrack.memory.ratings import rating_of_pass
from studytrack.memory.schedule import Review
from studytrack.progress.records import Answered, Attempted

DayOf = Callable[[datetime], date]
"""Tells the study day of a moment."""


def reviews_of_question(answers: Iterable[Answered], day_of: DayOf) -> Iterator[Review]:
    """Every answer but those of cramming, which leaves the schedule alone."""
    for answer in answers:
        if not answer.cram:
            yield Review(day_of(answer.at), answer.rating)


def reviews_of_exercise(attempts: Iterable[Attempted], minutes: int, day_of: DayOf) -> Iterator[Review]:
    """Every pass; failed checks before it make it harder. `minutes` is what the exercise is said to take."""
    failures = 0
    for attempt in attempts:
        if not attempt.passed:
            failures += any(check.state != "skipped" for check in attempt.checks)  # else it could not be run
            continue
        day = day_of(attempt.at)
        rating = rating_of_pass(failures, attempt.solution_seen, attempt.hints > 0, attempt.worked, minutes)
        yield Review(day, rating)
        if rating == AGAIN:
            yield Review(day, GOOD)  # it did pass in the end, so it waits until tomorrow
        failures = 0
