"""How the screens look, in both sizes that are promised and both themes of our own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from studytrack.grading.messages import CheckStarted, Output
from studytrack.grading.verdict import State
from studytrack.study import Study
from tests.tui.clock import Clock
from tests.tui.contrast import faint
from tests.tui.keyboard import Keyboard, at_keyboard
from tests.tui.pictures import Pictures
from tests.tui.scripted import FAILS, FOUND, NOT_ZERO, ScriptedGrader, check, ended
from tests.tui.test_attempts import FIRST, attempted
from tests.tui.test_exercise import STARTED, drawn, trained

SIZES = [(120, 36), (80, 24)]
THEMES = ["dark", "light"]


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest, study: Study) -> str:
    study.change_setting("theme", f"studytrack-{request.param}")
    return str(request.param)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    columns, rows = request.param
    return columns, rows


class Photographer:
    """Takes the picture of a screen of one size and theme."""

    def __init__(self, study: Study, pictures: Pictures, theme: str, size: tuple[int, int]) -> None:
        self._study, self._pictures, self._theme, self._size = study, pictures, theme, size

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[Keyboard]:
        async with at_keyboard(self._study, self._size) as keyboard:
            yield keyboard

    async def take(self, keyboard: Keyboard, name: str) -> None:
        keyboard.app.clear_notifications()
        await keyboard.settle()
        assert not list(faint(keyboard.app))
        self._pictures.compare(keyboard.app, f"{name}-{self._size[0]}x{self._size[1]}-{self._theme}")


@pytest.fixture
def photographer(study: Study, pictures: Pictures, theme: str, size: tuple[int, int]) -> Photographer:
    return Photographer(study, pictures, theme, size)


async def test_today(study: Study, clock: Clock, photographer: Photographer) -> None:
    study.tick("straight-lines/video")
    for _ in range(3):
        study.quiz.answer(study.quiz.ask("value"), "7")
        clock.move_on(days=1)
    study.quiz.answer(study.quiz.ask("name-of-b"), "weight")
    clock.moment += timedelta(days=1)
    async with photographer.ready() as keyboard:
        await photographer.take(keyboard, "today")


async def test_lesson(study: Study, photographer: Photographer) -> None:
    study.tick("straight-lines/video")
    async with photographer.ready() as keyboard:
        await keyboard.press("l")
        await keyboard.mark("line")
        await photographer.take(keyboard, "lesson")


async def test_exercise_after_a_failed_run(
    study: Study, grader: ScriptedGrader, photographer: Photographer
) -> None:
    wrong = check("noisy", State.INCORRECT, NOT_ZERO, FOUND)
    printed = Output("a line that was printed\n")
    grader.say(*FAILS[:-2], wrong, printed, ended(State.PARTIAL, check("exact"), wrong))
    async with photographer.ready() as keyboard:
        await keyboard.press("p", "ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        await photographer.take(keyboard, "exercise")


async def test_exercise_while_it_trains(
    study: Study, grader: ScriptedGrader, photographer: Photographer
) -> None:
    grader.say(STARTED, CheckStarted("exact"), trained(6))
    async with photographer.ready() as keyboard:
        await keyboard.press("p", "ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        await photographer.take(keyboard, "exercise-training")


async def test_attempts_and_their_difference(
    study: Study, clock: Clock, grader: ScriptedGrader, photographer: Photographer
) -> None:
    solution = study.library.exercise("line").solution.read_text(encoding="utf-8")
    attempted(study, clock, FIRST, solution)
    async with photographer.ready() as keyboard:
        await keyboard.press("p", "H", "down")
        await photographer.take(keyboard, "attempts")
        await keyboard.press("enter")
        await photographer.take(keyboard, "difference")


async def test_quiz(study: Study, photographer: Photographer) -> None:
    async with photographer.ready() as keyboard:
        await keyboard.press("l", "r")
        await photographer.take(keyboard, "quiz-question")
        await keyboard.press("2")
        await photographer.take(keyboard, "quiz-answer")


@pytest.mark.parametrize("place", ["today", "lesson", "exercise", "quiz"])
async def test_a_screen_that_was_resized_looks_as_if_opened_at_that_size(
    study: Study, grader: ScriptedGrader, place: str
) -> None:
    async def opened(keyboard: Keyboard) -> None:
        if place == "lesson":
            await keyboard.press("l")
        elif place == "quiz":
            await keyboard.press("l", "r", "2")
        elif place == "exercise":
            grader.say(*FAILS)
            await keyboard.press("p", "ctrl+r")
            await keyboard.until(lambda: drawn(keyboard))

    async with at_keyboard(study, (120, 36)) as keyboard:
        await opened(keyboard)
        await keyboard.resize(80, 24)
        resized = keyboard.picture()
    study.undo()
    async with at_keyboard(study, (80, 24)) as keyboard:
        await opened(keyboard)
        assert resized == keyboard.picture()
