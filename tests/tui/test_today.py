"""*Today*: the one thing to do next is marked, and enter begins it."""

from __future__ import annotations

import pytest

from studytrack.study import Study
from tests.tui.clock import Clock
from tests.tui.keyboard import at_keyboard
from tests.tui.scripted import ScriptedGrader


async def test_a_first_start_welcomes_and_enter_opens_the_first_step(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        assert keyboard.place == "TodayScreen"
        assert "Welcome. Begin with the next step: enter opens it." in keyboard.sees()
        await keyboard.press("enter")
        assert keyboard.place == "LessonScreen"
        assert "Watch how the slope turns the line" in keyboard.sees("#detail")


async def test_enter_opens_the_first_step_from_a_stored_view_too(study: Study) -> None:
    study.today()
    async with at_keyboard(study) as keyboard:
        await keyboard.press("enter")
        assert keyboard.place == "LessonScreen"


async def test_what_is_due_comes_first_and_enter_asks_it(study: Study, clock: Clock) -> None:
    study.tick("straight-lines/video")
    study.quiz.answer(study.quiz.ask("value"), "8")
    clock.move_on(days=1)
    async with at_keyboard(study) as keyboard:
        assert "Review 1 due, 4 new" in keyboard.sees()
        assert "1-day streak" in keyboard.sees()
        await keyboard.press("enter")
        assert keyboard.place == "QuizScreen"
        assert "What is 2x + 1 at x = 3?" in keyboard.sees("#prompt")


@pytest.mark.parametrize(
    ("key", "place"), [("n", "LessonScreen"), ("l", "LessonScreen"), ("p", "ExerciseScreen")]
)
async def test_one_key_leads_to_each_place_and_escape_back(
    study: Study, grader: ScriptedGrader, key: str, place: str
) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press(key)
        assert keyboard.place == place
        await keyboard.press("escape")
        assert keyboard.place == "TodayScreen"


async def test_j_and_k_move_the_mark_and_enter_opens_the_lesson_below(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("j", "j", "j", "j", "k", "enter")
        assert keyboard.place == "LessonScreen"
        assert "A lesson for the tests" in keyboard.sees("#detail")


async def test_what_is_done_elsewhere_in_the_app_shows_on_return(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("enter", "space", "escape")
        assert "Video ✓" in keyboard.sees()
        assert "Next step Fit it yourself" in keyboard.sees()
        assert "Review 5 new" in keyboard.sees()
        await keyboard.press("u")
        assert "Video –" in keyboard.sees()


async def test_where_nothing_is_due_review_says_what_to_do(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("r")
        assert keyboard.place == "TodayScreen"
        assert keyboard.told == ["No question is due. Begin a lesson, or open its own quiz with r."]


async def test_undo_with_nothing_to_take_back_says_so(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("u")
        assert keyboard.told == ["There is nothing to take back."]
