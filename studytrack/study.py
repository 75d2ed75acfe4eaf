"""A study: the library, the learner's history and the clock, and what can be done with them.

The app and the commands are two faces on it; no rule lives in either. Making one is
cheap, for the app draws its first frame from `stored_today`; everything else is read
when it is first asked for, or by `load`.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studytrack import __version__
from studytrack.errors import UsageError
from studytrack.history import Clock, History
from studytrack.library import Library, library_of
from studytrack.paths import Home
from studytrack.plan import Today, today_from_json

if TYPE_CHECKING:
    from studytrack.curriculum.boxes import Box
    from studytrack.page import Page
    from studytrack.practising import Practising
    from studytrack.quizzing import Quizzing

_VIEW_FORMAT = "2"
"""Goes up when what is stored for the first frame changes its form."""


@dataclass(frozen=True)
class StoredToday:
    """What the first frame needs, as it was when it was stored."""

    today: Today
    theme: str
    faults: tuple[str, ...]
    """What was left out of the library, and why."""


class Study(History):
    """One learner's study in one home, over what is shipped and the learner's own, or another library."""

    def __init__(self, home: Home, clock: Clock, library: Library | None = None) -> None:
        super().__init__(home, clock, library or library_of(home))

    def load(self) -> None:
        """Reads everything that is read when first asked for."""
        _ = self.settings, self.library.curriculum, self.quiz, self.practice
        self.today()

    # Today

    def today(self) -> Today:
        """What to do today. It is stored for the first frame of the next start."""
        from studytrack.plan import plan_today

        state = self.state
        today = plan_today(
            self.library.curriculum,
            self.library.exercises,
            state,
            self.question_cards(),
            self.exercise_cards(),
            self.active_days(),
            self.day,
            self.settings.new_a_day,
        )
        view = {
            "from": self.clock().isoformat(),
            "until": self._day_ends().isoformat(),
            "theme": self.settings.theme,
            "faults": [str(fault) for fault in self.library.faults],
            "today": today.as_json(),
        }
        self.store.cache_view("today", self._view_key(), json.dumps(view))
        return today

    def stored_today(self) -> StoredToday | None:
        """*Today* as it was stored, if nothing has changed since: not the files, the log, nor the day."""
        text = self.store.cached_view("today", self._view_key())
        if text is None:
            return None
        view = json.loads(text)
        if not view["from"] <= self.clock().isoformat() < view["until"]:
            return None
        return StoredToday(today_from_json(view["today"]), view["theme"], tuple(view["faults"]))

    def rebuild(self) -> None:
        """Drops what was derived from the log and makes it anew."""
        self.store.rebuild()
        self.today()

    def _view_key(self) -> str:
        try:
            settings = self.home.settings.read_bytes()
        except OSError:
            settings = b""
        parts = (
            __version__,
            _VIEW_FORMAT,
            self.library.signature(),
            str(self.store.position()),
            settings.hex(),
        )
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def _day_ends(self) -> datetime:
        """The first whole hour at which another study day has begun."""
        moment = self.clock().replace(minute=0, second=0, microsecond=0)
        today = self.day
        while self.day_of(moment) <= today:
            moment += timedelta(hours=1)
        return moment

    # The page of a lesson

    def page(self, lesson_id: str) -> Page:
        """A lesson as it stands now. Raises UsageError where there is none of that id."""
        from studytrack.page import make_page

        return make_page(
            self.library.lesson(lesson_id),
            self.library.exercises,
            self.state,
            self.question_cards(),
            self.exercise_cards(),
            self.day,
            self.own_notes(lesson_id),
        )

    def tick(self, subject: str) -> Box:
        """Ticks a box; one that is ticked already stays as it is."""
        from studytrack.progress.events import Tick

        box = self.library.box(subject)
        if not self.state.ticked(subject):
            self.record((subject, Tick()))
        return box

    def untick(self, subject: str) -> Box:
        """Empties a box; one that is empty already stays as it is."""
        from studytrack.progress.events import Untick

        box = self.library.box(subject)
        if self.state.ticked(subject):
            self.record((subject, Untick()))
        return box

    def undo(self) -> str | None:
        """Takes back the last thing that the learner did, and says what; None where there is nothing."""
        from studytrack.progress.events import Undo

        action = self.state.undoable()
        if action is None:
            return None
        self.record((action.subject, Undo(events=action.events)))
        return f"{_DEEDS[action.kind]} {self._title(action.subject)}"

    def _title(self, subject: str) -> str:
        """What the learner knows a box, an exercise or a question by."""
        if subject in self.library.exercises:
            return self.library.exercises[subject].manifest.title
        if subject in self.library.questions:
            return f"the question on {self.library.questions[subject].topic}"
        with suppress(UsageError):
            return self.library.box(subject).title
        return subject

    # The learner's own notes

    def note_file(self, lesson_id: str) -> Path:
        """Where the learner's notes on a lesson are. Raises UsageError where there is no such lesson."""
        return self.home.note(self.library.lesson(lesson_id).id)

    def own_notes(self, lesson_id: str) -> str:
        """The learner's notes on a lesson; empty where there are none."""
        try:
            return self.note_file(lesson_id).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def add_note(self, lesson_id: str, text: str, at: int | None = None) -> Path:
        """Adds a line to the learner's notes, with a link to that second of the video where one is given.

        Returns the file. Raises UsageError where the text is empty or the lesson has no video.
        """
        from studytrack.files import write_atomically
        from studytrack.times import at_time, clock_time

        lesson = self.library.lesson(lesson_id)
        if not text.strip():
            raise UsageError("the note is empty", "write its text in quotes")
        if at is not None:
            if lesson.video is None:
                raise UsageError(f"{lesson.title} has no video", "leave out --at")
            text = f"[{clock_time(at)}]({at_time(lesson.video, at)}) {text}"
        before = self.own_notes(lesson_id)
        separator = "" if not before or before.endswith("\n") else "\n"
        write_atomically(self.note_file(lesson_id), f"{before}{separator}- {text}\n")
        return self.note_file(lesson_id)

    # Questions and exercises

    @cached_property
    def quiz(self) -> Quizzing:
        """Asking and answering questions."""
        from studytrack.quizzing import Quizzing

        return Quizzing(self)

    @cached_property
    def practice(self) -> Practising:
        """Working on exercises."""
        from studytrack.practising import Practising

        return Practising(self)

    def log_fault(self, trace: str) -> None:
        """Keeps the traceback of a fault of studytrack's own, for a bug report."""
        from studytrack.faultlog import keep_fault

        keep_fault(self.home.log, self.clock(), trace)


_DEEDS = {
    "tick": "the tick of",
    "untick": "the emptying of",
    "answer": "the answer to",
    "attempt": "the attempt at",
}
