"""When an item, a question or an exercise, comes back.

The first answer of a study day is the review. What is rated Again comes back in the
same sitting until it is known, and then the next day; those repeats do not count as
reviews. Everything else waits as long as FSRS says, fuzz included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
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
        """What the answers to one item, in order, come to; None where there are none."""
        counted, waiting = _counted(reviews)
        if not counted:
            return None
        first, last = counted[0], counted[-1]
        state = self.model.state_after(zip(_elapsed(counted), (rating for _, rating in counted), strict=True))
        days = self._interval(item, len(counted), state, last.rating)
        if last.rating == AGAIN and not waiting:
            days = 1
        return Card(
            item=item,
            state=state,
            due=last.day + timedelta(days=days),
            reps=len(counted),
            lapses=sum(rating == AGAIN for _, rating in counted[1:]),
            first_day=first.day,
            last_day=last.day,
            waiting=waiting,
        )

    def preview(self, item: str, card: Card | None, day: date) -> dict[int, int]:
        """For each rating, in how many days from `day` the item would come back; 0 is the same sitting.

        `card` is None where the item was never asked.
        """
        if card is None:
            states, reps = self.model.next_states(None, 0), 1
        elif card.last_day == day:
            now = (card.due - day).days
            return {rating: 1 if card.waiting and rating != AGAIN else now for rating in RATINGS}
        else:
            elapsed = max(0, (day - card.last_day).days)
            states, reps = self.model.next_states(card.state, elapsed), card.reps + 1
        return {rating: self._interval(item, reps, state, rating) for rating, state in states.items()}

    def _interval(self, item: str, reps: int, state: MemoryState, rating: int) -> int:
        """In how many days it comes back after its `reps`-th review; 0 is the same sitting."""
        if rating == AGAIN:
            return 0
        days = min(self.model.interval(state.stability, self.desired_retention), LONGEST_INTERVAL)
        return min(fuzzed(days, item, reps), LONGEST_INTERVAL)


def _counted(answers: Iterable[Review]) -> tuple[list[Review], bool]:
    """The first answer of each day, and whether the last of them, rated Again, is not known yet."""
    counted: list[Review] = []
    waiting = False
    for answer in answers:
        if not counted or answer.day != counted[-1].day:
            counted.append(answer)
            waiting = answer.rating == AGAIN
        elif answer.rating != AGAIN:
            waiting = False
    return counted, waiting


def _elapsed(reviews: Sequence[Review]) -> Iterator[int]:
    """For each review the days since the one before; none have passed where the clock was set back."""
    yield 0
    for before, review in pairwise(reviews):
        yield max(0, (review.day - before.day).days)
