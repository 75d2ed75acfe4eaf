"""The line at the bottom: keys that work here, none of them cut, and a click does as the key does."""

from __future__ import annotations

import pytest

from studytrack.study import Study
from tests.tui.keyboard import at_keyboard
from tests.tui.scripted import ScriptedGrader


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("", "⏎ Open r Review n Next step p Practise l Lesson u Undo ? Help ^p all"),
        ("n", "⏎ Open space Tick o Link n My notes r Quiz esc Back u Undo ? Help ^p all"),
        ("nn", "esc Save and back ^s Save ^t Time stamp ^o Video f1 Help ^p all"),
        ("p", "^r Run i Edit e Editor w Watch h Hint d Solution esc Back ? Help ^p all"),
        ("pi", "^r Run esc Back f1 Help ^p all"),
        ("nr", "⏎ Answer/next f2 Hint u Undo esc End ? Help ^p all"),
        ("nr2", "⏎ Answer/next 0 I was right/wrong u Undo esc End ? Help ^p all"),
    ],
)
async def test_at_80_columns_every_key_is_there(
    study: Study, grader: ScriptedGrader, place: str, keys: str
) -> None:
    async with at_keyboard(study, (80, 24)) as keyboard:
        await keyboard.press(*place)
        assert keyboard.footer == keys


@pytest.mark.parametrize("columns", [60, 40, 30])
async def test_in_less_room_whole_keys_give_way_but_not_help_and_the_palette(
    study: Study, columns: int
) -> None:
    async with at_keyboard(study, (columns, 24)) as keyboard:
        assert keyboard.footer.startswith("⏎ Open")
        assert keyboard.footer.endswith("? Help ^p all")
        await keyboard.resize(100, 24)
        assert "p Practise" in keyboard.footer


async def test_a_click_on_a_key_presses_it(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        column = keyboard.picture().splitlines()[-1].index("Lesson")
        await keyboard.click("KeyLine", (column, 0))
        assert keyboard.place == "LessonScreen"
