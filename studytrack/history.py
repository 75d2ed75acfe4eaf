"""What the learner did, when it comes back, and by which settings: a study without its faces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from studytrack.library import Library
from studytrack.paths import Home
from studytrack.progress.store import Store

if TYPE_CHECKING:
    from studytrack.memory.schedule import Card, Review, Schedule
    from studytrack.progress.events import Event
    from studytrack.progress.state import State
    from studytrack.progress.store import Entry, Follow
    from studytrack.settings import Settings

Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


class History:
    """One learner's log in one home, seen through a library and a clock."""

    def __init__(self, home: Home, clock: Clock, library: Library) -> None:
        self.home = home
        self.clock = clock
        self.library = library
        self.store = Store(home.database)
        self._position = 0
        self._cards: dict[str, Card | None] = {}

    def close(self) -> None:
        self.store.close()

    # Settings

    @property
    def settings(self) -> Settings:
        return self._settings

    @cached_property
    def _settings(self) -> Settings:
        from studytrack.settings import load_settings

        return load_settings(self.home.settings)

    def change_setting(self, name: str, value: str | None) -> None:
        """Sets one of the learner's settings, with None to its default.

        Raises SettingsError where it cannot hold the value.
        """
        from studytrack.settings import save_setting

        self._settings = save_setting(self.home.settings, name, value)
        self._cards.clear()

    # What the learner did

    @cached_property
    def _state(self) -> State:
        from studytrack.progress.state import State

        return State()

    @property
    def state(self) -> State:
        """What the log says now; what other instances wrote is taken in first."""
        if self.store.position() > self._position:
            events, self._position = self.store.since(self._position)
            for event in events:
                self._state.apply(event)
                self._cards.pop(event.subject, None)
        return self._state

    def events(self) -> list[Event]:
        """The whole log."""
        return self.store.since()[0]

    def record(self, *entries: Entry, follow: Follow | None = None) -> tuple[Event, ...]:
        """Writes what happened, as `Store.append` does; it is safe on the disk on return."""
        return self.store.append(entries, self.clock(), follow)

    # When things come back

    @property
    def day(self) -> date:
        """The study day that it is now."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """The study day of a moment."""
        from studytrack.memory.days import study_day

        return study_day(moment, self.settings.zone, self.settings.rollover_hour)

    @property
    def schedule(self) -> Schedule:
        """The rules by which this learner's items come back."""
        from studytrack.memory.fsrs import Model
        from studytrack.memory.schedule import Schedule

        return Schedule(Model(), self.settings.desired_retention)

    def card(self, item: str) -> Card | None:
        """When a question or an exercise comes back; None where it was never answered or passed."""
        state = self.state  # first: what it takes in makes cards out of date
        if item not in self._cards:
            self._cards[item] = self.schedule.card(item, self._reviews(item, state))
        return self._cards[item]

    def _reviews(self, item: str, state: State) -> Iterator[Review]:
        from studytrack.reviews import reviews_of_exercise, reviews_of_question

        if item in state.attempts:
            minutes = self.library.exercise(item).manifest.minutes
            return reviews_of_exercise(state.attempts[item], minutes, self.day_of)
        return reviews_of_question(state.answers.get(item, ()), self.day_of)

    def question_cards(self) -> dict[str, Card]:
        """The cards of all questions that were answered."""
        return {item: card for item in self.state.answers if (card := self.card(item))}

    def exercise_cards(self) -> dict[str, Card]:
        """The cards of all exercises that were passed and that can still be done."""
        attempted = (item for item in self.state.attempts if item in self.library.exercises)
        return {item: card for item in attempted if (card := self.card(item))}

    def active_days(self) -> Counter[date]:
        """How much was done on each study day."""
        state = self.state
        moments = list(state.ticks.values())
        moments += [answer.at for answers in state.answers.values() for answer in answers]
        moments += [attempt.at for attempts in state.attempts.values() for attempt in attempts]
        return Counter(self.day_of(moment) for moment in moments)
