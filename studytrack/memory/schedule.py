"""When an item, a question or an exercise, comes back.

The first answer of a study day is the review. What is rated Again comes back in the
same sitting until it is known, and then the next day; those repeats do not count as
reviews. Everything else waits as long as FSRS says, fuzz included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from studytrack.memory.fsrs import AGAIN, RATINGS, MemoryState, Model
from studytrack.memory.fuzz import fuzzed

LONGEST_INTERVAL = 36_500
"""Days; a hundred years, as in Anki."""


class Review(NamedTuple):
    """An item was answered on a study day and rated."""

    day: date
    rating: int


@dataclass(frozen=True, slots=True)
class Card:
    """What the reviews of one item come to."""

    item: str
    state: MemoryState
    due: date
    """The study day from which it is to be asked."""
    reps: int
    """Reviews so far."""
    lapses: int
    """Reviews, after the first, that were rated Again."""
    first_day: date
    last_day: date
    """The study day of the last review."""
    waiting: bool
    """Whether the last review was rated Again and it is not known yet in this sitting."""


@dataclass(frozen=True)
class Schedule:
    """The rules by which one learner's items come back."""

    model: Model
    desired_retention: float = 0.9
    """The probability of recall at which an item is asked again."""

    def card(self, item: str, reviews: Iterable[Review]) -> Card | None:
        """What these answers, in order, come to; None where there are none."""
        card = None
        for day, rating in reviews:
            card = self.review(item, card, day, rating)
        return card

    def review(self, item: str, card: Card | None, day: date, rating: int) -> Card:
        """The card after an answer on the study day `day`; `card` is None for the first one."""
        if card and card.last_day == day:
            return _repeated(card, rating)
        state = self.model.next_state(card.state if card else None, _elapsed(card, day), rating)
        reps = card.reps + 1 if card else 1
        return Card(
            item=item,
            state=state,
            due=day + timedelta(days=self._interval(item, reps, state, rating)),
            reps=reps,
            lapses=card.lapses + (rating == AGAIN) if card else 0,
            first_day=card.first_day if card else day,
            last_day=day,
            waiting=rating == AGAIN,
        )

    def preview(self, item: str, card: Card | None, day: date) -> dict[int, int]:
        """For each rating, in how many days from `day` the item would come back; 0 is the same sitting."""
        if card and card.last_day == day:
            return {rating: (_repeated(card, rating).due - day).days for rating in RATINGS}
        reps = card.reps + 1 if card else 1
        states = self.model.next_states(card.state if card else None, _elapsed(card, day))
        return {rating: self._interval(item, reps, state, rating) for rating, state in states.items()}

    def _interval(self, item: str, reps: int, state: MemoryState, rating: int) -> int:
        """In how many days it comes back after its `reps`-th review."""
        if rating == AGAIN:
            return 0
        days = min(self.model.interval(state.stability, self.desired_retention), LONGEST_INTERVAL)
        return min(fuzzed(days, item, reps), LONGEST_INTERVAL)


def _elapsed(card: Card | None, day: date) -> int:
    """Days since the last review; none have passed where the clock was set back."""
    return max(0, (day - card.last_day).days) if card else 0


def _repeated(card: Card, rating: int) -> Card:
    """The card after another answer on the day of its last review."""
    if not card.waiting or rating == AGAIN:
        return card
    return replace(card, waiting=False, due=card.last_day + timedelta(days=1))
