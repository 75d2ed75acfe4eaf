"""FSRS-6: how stable a memory is, how hard it is to keep, and when it will have faded.

The model is that of https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm,
computed in Rust by fsrs-rs. Ratings are 1 Again, 2 Hard, 3 Good, 4 Easy; times are in days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import fsrs_rs_python as fsrs_rs

DEFAULT_WEIGHTS: tuple[float, ...] = tuple(fsrs_rs.DEFAULT_PARAMETERS)
"""The 21 weights that suit most learners, fitted by the makers of FSRS to millions of reviews."""

AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """How well one item is remembered."""

    stability: float
    """Days until it is recalled with a probability of 90 %."""
    difficulty: float
    """From 1, easy, to 10."""


class Model:
    """FSRS-6 with one learner's weights."""

    def __init__(self, weights: Sequence[float] = DEFAULT_WEIGHTS) -> None:
        self.weights = tuple(weights)
        self._fsrs = fsrs_rs.FSRS(list(self.weights))
        self._decay = -self.weights[20]
        self._factor = 0.9 ** (1 / self._decay) - 1  # stability is the time to 90 %

    def next_states(self, state: MemoryState | None, days_elapsed: int) -> dict[int, MemoryState]:
        """The state after a review with each of the ratings.

        `state` is None for the first review; `days_elapsed` is 0 for another one on the same day.
        """
        before = fsrs_rs.MemoryState(state.stability, state.difficulty) if state else None
        after = self._fsrs.next_states(before, 0.9, days_elapsed)
        outcomes = (after.again.memory, after.hard.memory, after.good.memory, after.easy.memory)
        return {
            rating: MemoryState(memory.stability, memory.difficulty)
            for rating, memory in zip(RATINGS, outcomes, strict=True)
        }

    def next_state(self, state: MemoryState | None, days_elapsed: int, rating: int) -> MemoryState:
        """The state after a review with that rating; see `next_states`."""
        return self.next_states(state, days_elapsed)[rating]

    def state_after(self, reviews: Iterable[tuple[int, int]]) -> MemoryState:
        """The state after these reviews, at least one: for each the days elapsed since the one before
        and its rating. The same as `next_state` for one after the other, in a third of the time."""
        memory = None
        for days_elapsed, rating in reviews:
            after = self._fsrs.next_states(memory, 0.9, days_elapsed)
            memory = (after.again, after.hard, after.good, after.easy)[rating - 1].memory
        if memory is None:
            raise ValueError("there is no review")
        return MemoryState(memory.stability, memory.difficulty)

    def interval(self, stability: float, desired_retention: float) -> int:
        """In how many whole days, at least one, recall will have fallen to the desired retention."""
        days = self._fsrs.next_interval(stability, desired_retention, GOOD)
        return max(1, math.floor(days + 0.5))

    def retrievability(self, state: MemoryState, days: float) -> float:
        """The probability of recall, `days` after the last review: the power forgetting curve."""
        power: float = (1 + self._factor * days / state.stability) ** self._decay
        return power

    def from_sm2(self, ease: float, interval: float, retention: float) -> MemoryState:
        """The state that matches an ease factor and an interval in days of Anki's older scheduler,
        under which a share `retention` was recalled."""
        memory = self._fsrs.memory_state_from_sm2(ease, interval, retention)
        return MemoryState(memory.stability, memory.difficulty)
