"""Every key of the app: each has an id, by which the settings can give it another key."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

from studytrack.tui.app import StudytrackApp
from studytrack.tui.screens.attempts import AttemptsScreen
from studytrack.tui.screens.confirm import Confirm
from studytrack.tui.screens.difference import DifferenceScreen
from studytrack.tui.screens.exercise import ExerciseScreen
from studytrack.tui.screens.lesson import LessonScreen
from studytrack.tui.screens.notes import NotesScreen
from studytrack.tui.screens.quiz import QuizScreen
from studytrack.tui.screens.text import TextScreen
from studytrack.tui.screens.today import TodayScreen
from studytrack.tui.widgets.outline import Outline
from studytrack.tui.widgets.several import Several

_PLACES: dict[str, type[DOMNode]] = {
    "everywhere": StudytrackApp,
    "Today": TodayScreen,
    "a lesson": LessonScreen,
    "the outline of a lesson": Outline,
    "notes": NotesScreen,
    "an exercise": ExerciseScreen,
    "attempts": AttemptsScreen,
    "a comparison": DifferenceScreen,
    "the quiz": QuizScreen,
    "choices in the quiz": Several,
    "a text": TextScreen,
    "a question before something final": Confirm,
}


def all_bindings() -> Iterator[tuple[str, list[Binding]]]:
    """The bindings of each place in the app."""
    for place, owner in _PLACES.items():
        yield place, [binding for binding in owner.BINDINGS if isinstance(binding, Binding)]
