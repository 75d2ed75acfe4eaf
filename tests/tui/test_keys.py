"""Every key has a name, by which it can be changed; every action is in the palette and in the help."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

import studytrack.tui
from studytrack.study import Study
from studytrack.tui.keys import all_bindings
from tests.tui.keyboard import at_keyboard
from tests.tui.scripted import ScriptedGrader

PLACES = ["", "n", "nn", "p", "pH", "nr", "nr2", "d"]
"""The keys that lead from Today to every screen."""


def owners() -> list[type[DOMNode]]:
    """Every screen and widget of ours that has keys."""
    found: set[type[DOMNode]] = set()
    for module in pkgutil.walk_packages(studytrack.tui.__path__, "studytrack.tui."):
        for thing in vars(importlib.import_module(module.name)).values():
            ours = isinstance(thing, type) and thing.__module__.startswith("studytrack.")
            if ours and issubclass(thing, Screen | Widget) and "BINDINGS" in vars(thing):
                found.add(thing)
    return sorted(found, key=lambda owner: owner.__name__)


def test_every_key_has_a_name_of_its_own_and_says_what_it_does() -> None:
    bindings = [binding for _, place in all_bindings() for binding in place]
    names = [binding.id for binding in bindings]
    assert None not in names
    assert len(set(names)) == len(names)
    assert [b.id for b in bindings if not b.description and not b.action.startswith("digit")] == []


def test_all_bindings_leaves_no_place_out() -> None:
    named = {binding.id for _, place in all_bindings() for binding in place}
    for owner in owners():
        for binding in owner.BINDINGS:
            assert isinstance(binding, Binding), f"{owner.__name__} has a key without a name: {binding}"
            assert binding.id in named


@pytest.mark.parametrize("place", PLACES)
async def test_the_palette_holds_every_action_of_the_screen(
    study: Study, grader: ScriptedGrader, place: str
) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press(*place)
        screen = keyboard.app.screen
        titles = {command.title for command in keyboard.app.get_system_commands(screen)}
        own = [b for b in type(screen).BINDINGS if isinstance(b, Binding) and b.description]
        possible = [b for b in own if screen.check_action(b.action, ()) and not b.action.startswith("digit")]
        assert possible
        assert {binding.description for binding in possible} <= titles
        assert {"Help", "Quit", "Theme", "Lesson: Straight lines", "Exercise: Fit a line"} <= titles


async def test_an_action_is_chosen_by_its_name(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n", "ctrl+p")
        await keyboard.write("tick")
        await keyboard.until(lambda: "Key space" in keyboard.sees())
        await keyboard.press("enter")
        assert keyboard.place == "LessonScreen"
        assert study.state.ticked("straight-lines/video")


async def test_an_action_of_a_part_of_the_screen_is_done_there(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n", "ctrl+p")
        await keyboard.write("expand")
        await keyboard.until(lambda: "Key →" in keyboard.sees())
        await keyboard.press("escape", "down", "ctrl+p")
        await keyboard.write("expand")
        await keyboard.until(lambda: "Key →" in keyboard.sees())
        await keyboard.press("enter")
        assert "reproduce" in keyboard.sees("#outline")


async def test_a_lesson_is_opened_by_its_name(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("ctrl+p")
        await keyboard.write("lesson: str")
        await keyboard.until(lambda: "Open it" in keyboard.sees())
        await keyboard.press("enter")
        assert keyboard.place == "LessonScreen"


@pytest.mark.parametrize(
    ("place", "key", "told"),
    [
        ("", "question_mark", ["Here stands what to do now", "Review", "Next step", "Practise", "Quit"]),
        ("n", "question_mark", ["The page of a lesson", "Tick", "My notes", "Editor", "Collapse"]),
        ("nn", "f1", ["Your own notes", "Save and back", "Time stamp", "Video"]),
        ("p", "question_mark", ["Read the task", "Run", "Start over", "Watch", "Solution", "Task/code"]),
        ("nr", "question_mark", ["Answer with the number", "Answer/next", "Hint", "hard", "easy"]),
    ],
)
async def test_help_knows_where_it_is_asked_for_and_lists_the_keys(
    study: Study, grader: ScriptedGrader, place: str, key: str, told: list[str]
) -> None:
    async with at_keyboard(study, (100, 70)) as keyboard:
        await keyboard.press(*place, key)
        shown = keyboard.sees()
        assert [part for part in told if part not in shown] == []
        await keyboard.press("escape")
        assert keyboard.place != "TextScreen"


async def test_the_settings_change_a_key_by_its_name(study: Study) -> None:
    study.home.settings.write_text('time_zone = "UTC"\n[keys]\n"lesson.tick" = "t"\n', encoding="utf-8")
    changed = Study(study.home, study.clock, study.library)
    async with at_keyboard(changed) as keyboard:
        await keyboard.press("n", "t")
        assert changed.state.ticked("straight-lines/video")
        assert "t Tick" in keyboard.footer
    changed.close()
