"""Everything written can be read: 4.5:1 on every screen, in both themes of our own."""

from __future__ import annotations

import pytest

from studytrack.study import Study
from tests.tui.contrast import contrast, faint
from tests.tui.keyboard import Keyboard, at_keyboard
from tests.tui.scripted import FAILS, PASSES, ScriptedGrader


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((119, 119, 119), (255, 255, 255), 4.48),  # the lightest grey that just fails on white
        ((118, 118, 118), (255, 255, 255), 4.54),
        ((255, 0, 0), (255, 0, 0), 1.0),
    ],
)
def test_contrast_is_that_of_wcag(
    one: tuple[int, int, int], other: tuple[int, int, int], ratio: float
) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("theme", ["studytrack-dark", "studytrack-light"])
async def test_every_text_stands_out(study: Study, grader: ScriptedGrader, theme: str) -> None:
    study.change_setting("theme", theme)
    study.quiz.answer(study.quiz.ask("value"), "8")
    study.add_note("straight-lines", "- a `note` with a [link](https://x.example)")
    async with at_keyboard(study, (120, 50)) as keyboard:
        await readable(keyboard, "down", "down", "down", "escape")
        await readable(keyboard, "n", "space", "tab", "question_mark", "escape")
        for subject in ("resources", "note/line", "own-notes", "exercises", "line", "questions", "value"):
            await keyboard.mark(subject)
            await readable(keyboard)
        await readable(keyboard, "n", "x", "escape")
        await readable(keyboard, "r", "f2", "x", "enter", "ctrl+u", "8", "enter", "0", "enter", "escape")
        await readable(keyboard, "escape", "p", "h", "i", "ctrl+t", "d", "enter", "escape", "R", "escape")
        grader.say(*FAILS)
        await readable(keyboard, "ctrl+r")
        grader.say(*PASSES)
        await readable(keyboard, "ctrl+r")
        await readable(keyboard, "H", "down", "d", "f", "escape", "escape")
        await keyboard.press("ctrl+p", "down")
        assert list(faint(keyboard.app, "CommandInput")) == []
        assert list(faint(keyboard.app, "CommandList")) == []


async def readable(keyboard: Keyboard, *keys: str) -> None:
    """Presses keys and looks at the screen before and after each."""
    for pressed in (None, *keys):
        if pressed:
            await keyboard.press(pressed)
        assert list(faint(keyboard.app)) == [], f"after {pressed} on {keyboard.place}"
