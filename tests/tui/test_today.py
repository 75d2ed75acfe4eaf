"""*Today*: the one thing to do next is marked, and enter begins it."""

from __future__ import annotations

from studytrack.study import Study
from tests.tui.keyboard import at_keyboard


async def test_a_first_start_welcomes_and_enter_opens_the_first_step(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        assert keyboard.place == "TodayScreen"
        assert "Welcome. Begin with the next step: enter opens it." in keyboard.sees()
        print(keyboard.picture())
        await keyboard.press("enter")
        assert keyboard.place == "LessonScreen"
        print(keyboard.picture())
        assert "Watch how the slope turns the line" in keyboard.sees("#detail")
