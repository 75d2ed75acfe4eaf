"""The questions of one sitting: what comes next, and what comes again before the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

AGAIN = 1
RETURNS_AFTER = 3
"""How many other questions come before one that was not known, where there are as many."""


@dataclass(frozen=True)
class Sitting:
    """A sitting at one moment; answering gives the next one, undoing the one before."""

    queue: tuple[str, ...]
    """The questions to come, the next one first."""
    total: int
    """How many questions the sitting has."""
    topics: Mapping[str, str] = field(repr=False)
    """What each question is about; questions of one topic are siblings and keep apart."""
    before: Sitting | None = field(default=None, repr=False)
    """The sitting before the last answer."""

    @property
    def next(self) -> str | None:
        """The question to ask now; None at the end."""
        return self.queue[0] if self.queue else None

    @property
    def done(self) -> int:
        """How many questions will not come again."""
        return self.total - len(self.queue)

    def answered(self, question: str, rating: int) -> Sitting:
        """The sitting after that question was answered: rated Again, it comes back a few questions later."""
        rest = tuple(other for other in self.queue if other != question)
        if len(rest) == len(self.queue):
            raise ValueError(f"{question!r} is not asked in this sitting")
        if rating == AGAIN:
            place = self._place_among(rest, question)
            rest = (*rest[:place], question, *rest[place:])
        return Sitting(rest, self.total, self.topics, before=self)

    def undone(self) -> Sitting:
        """The sitting as it was before the last answer; itself where there was none."""
        return self.before or self

    def _place_among(self, rest: tuple[str, ...], question: str) -> int:
        """Where it comes again: a few questions later, or after that where no sibling is beside it."""
        soonest = min(RETURNS_AFTER, len(rest))
        topic = self.topics.get(question, question)
        for place in range(soonest, len(rest) + 1):
            beside = rest[max(0, place - 1) : place + 1]
            if all(self.topics.get(other, other) != topic for other in beside):
                return place
        return soonest


def begin(questions: Iterable[str], topics: Mapping[str, str]) -> Sitting:
    """A sitting over these questions, in their order but for siblings, which are set apart."""
    apart = siblings_apart(dict.fromkeys(questions), topics)
    return Sitting(apart, len(apart), topics)


def siblings_apart(questions: Iterable[str], topics: Mapping[str, str]) -> tuple[str, ...]:
    """The questions, as nearly in their order as can be with no two of one topic in a row.

    Where one topic has more than half of them, as few as possible are in a row, at the end.
    """
    waiting = list(questions)
    counts = Counter(topics.get(question, question) for question in waiting)
    order: list[str] = []
    last = None
    while waiting:
        most, count = counts.most_common(1)[0]
        crowded = most != last and 2 * count > len(waiting)  # else it could not be set apart later
        question = next(
            (q for q in waiting if (topic := topics.get(q, q)) != last and (topic == most or not crowded)),
            waiting[0],
        )
        waiting.remove(question)
        order.append(question)
        last = topics.get(question, question)
        counts[last] -= 1
    return tuple(order)
