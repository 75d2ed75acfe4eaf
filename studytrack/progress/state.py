"""What the events say: which boxes are ticked, what was answered, how the exercises went.

Nothing here is stored. A state takes events in any order, one at a time or all at
once, and comes to the same: events are placed by their ids, an undo changes which
of them count, and what they come to is derived afresh for the subjects concerned.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from studytrack.progress.events import Event, Hint, Rate, Solution, Start, Tick, Undo
from studytrack.progress.records import Answered, Attempted, record_of

_T = TypeVar("_T")
_NOT_UNDOABLE = (Start, Hint, Solution)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the learner did, with everything that it wrote; it is undone as a whole."""

    kind: str
    """`tick`, `untick`, `answer` or `attempt`."""
    subject: str
    at: datetime
    events: tuple[str, ...]
    """The ids of its events: an answer with its ratings, an attempt with the tick it made."""


class State:
    """What a replay of events gives."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: dict[str, Event] = {}
        self._by_subject: dict[str, list[Event]] = defaultdict(list)
        self._actions: list[Event] = []  # all that can be undone, in order
        self._parts: dict[str, list[Event]] = defaultdict(list)  # what belongs to the action of an event
        self._undone: Counter[str] = Counter()  # by how many undos that count
        self._stale: set[str] = set()
        self._ticks: dict[str, datetime] = {}
        self._answers: dict[str, tuple[Answered, ...]] = {}
        self._attempts: dict[str, tuple[Attempted, ...]] = {}
        self._hints: dict[str, int] = {}
        self._solutions: dict[str, datetime] = {}
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Takes in one event; one that is already known changes nothing."""
        if event.id in self._events:
            return
        self._events[event.id] = event
        body = event.body
        if isinstance(body, Undo):
            if self._counts(event):
                self._shift(event.id, body, 1)
            return
        _place(self._by_subject[event.subject], event)
        self._stale.add(event.subject)
        if not isinstance(body, _NOT_UNDOABLE):
            _place(self._actions, event)
        if whole := _whole(event):
            _place(self._parts[whole], event)

    @property
    def ticks(self) -> Mapping[str, datetime]:
        """The boxes that are ticked, and since when."""
        self._settle()
        return self._ticks

    def ticked(self, subject: str) -> bool:
        return subject in self.ticks

    @property
    def answers(self) -> Mapping[str, tuple[Answered, ...]]:
        """The answers to each question that has any, in order, as they are rated now."""
        self._settle()
        return self._answers

    @property
    def attempts(self) -> Mapping[str, tuple[Attempted, ...]]:
        """The attempts at each exercise that has any, in order."""
        self._settle()
        return self._attempts

    @property
    def hints(self) -> Mapping[str, int]:
        """How far down its ladder of hints the learner is in an exercise, since it was last passed."""
        self._settle()
        return self._hints

    @property
    def solutions(self) -> Mapping[str, datetime]:
        """The exercises whose solution was looked at since they were last passed, and since when."""
        self._settle()
        return self._solutions

    def undoable(self) -> Action | None:
        """The last action that still counts. Hints and solutions cannot be unseen: they are passed over."""
        for event in reversed(self._actions):
            if not self._counts(event):
                continue
            whole = self._events.get(_whole(event) or event.id)
            if whole is None or not self._counts(whole):
                if isinstance(event.body, Rate):
                    continue  # it rates nothing that counts
                whole = event
            parts = [part.id for part in self._parts.get(whole.id, ()) if self._counts(part)]
            return Action(whole.kind, whole.subject, whole.at, (whole.id, *parts))
        return None

    def _counts(self, event: Event) -> bool:
        return not self._undone.get(event.id)

    def _shift(self, undo_id: str, undo: Undo, by: int) -> None:
        """Makes an undo count (1) or no longer count (-1), and so on through what it takes back.

        An undo takes back only what came before it, so this ends.
        """
        pending = [(undo_id, undo, by)]
        while pending:
            undo_id, undo, by = pending.pop()
            for event_id in undo.events:
                if event_id >= undo_id:
                    continue
                counted = not self._undone[event_id]
                self._undone[event_id] += by
                event = self._events.get(event_id)
                if event is None or counted == self._counts(event):
                    continue
                if isinstance(event.body, Undo):
                    pending.append((event_id, event.body, -by))
                else:
                    self._stale.add(event.subject)

    def _settle(self) -> None:
        """Derives afresh what the events of each subject that changed come to."""
        while self._stale:
            subject = self._stale.pop()
            record = record_of(event for event in self._by_subject[subject] if self._counts(event))
            _keep(self._ticks, subject, record.ticked)
            _keep(self._answers, subject, tuple(record.answers))
            _keep(self._attempts, subject, tuple(record.attempts))
            _keep(self._hints, subject, record.hints)
            _keep(self._solutions, subject, record.solution)


def _whole(event: Event) -> str | None:
    """The id of the event to whose action this one belongs, where it is not one of its own."""
    match event.body:
        case Rate(answer=answer):
            return answer
        case Tick(by=attempt):
            return attempt
    return None


def _place(events: list[Event], event: Event) -> None:
    """Adds an event where its id belongs; nearly always at the end."""
    if events and events[-1].id > event.id:
        insort(events, event, key=attrgetter("id"))
    else:
        events.append(event)


def _keep(values: dict[str, _T], subject: str, value: _T | None) -> None:
    """Sets what there is to say of a subject, or drops it where there is nothing."""
    if value:
        values[subject] = value
    else:
        values.pop(subject, None)


def replay(events: Iterable[Event]) -> State:
    """The state after these events."""
    return State(events)
