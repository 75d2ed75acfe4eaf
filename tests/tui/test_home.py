"""What is kept from one start to the next, and between two apps over one home."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studytrack.errors import SettingsError
from studytrack.library import Library
from studytrack.study import Study
from studytrack.tui.app import StudytrackApp
from tests.tui.keyboard import PATIENCE, at_keyboard
from tests.tui.scripted import PASSES, ScriptedGrader


@pytest.fixture
def restart(study: Study) -> Iterator[Callable[[], Study]]:
    """Opens the same home again, as another start or another terminal does."""
    opened: list[Study] = []

    def again() -> Study:
        opened.append(Study(study.home, study.clock, study.library))
        return opened[-1]

    yield again
    for other in opened:
        other.close()


async def test_the_theme_that_was_chosen_is_kept(study: Study, restart: Callable[[], Study]) -> None:
    async with at_keyboard(study) as keyboard:
        assert keyboard.app.theme == "studytrack-dark"
        await keyboard.press("ctrl+p")
        await keyboard.write("theme")
        await keyboard.until(lambda: "Change the current theme" in keyboard.sees())
        await keyboard.press("enter")
        await keyboard.write("studytrack-light")
        await keyboard.until(lambda: "studytrack-dark" not in keyboard.sees())
        await keyboard.press("enter")
        assert keyboard.app.theme == "studytrack-light"
    async with at_keyboard(restart()) as keyboard:
        assert keyboard.app.theme == "studytrack-light"
        assert not keyboard.app.current_theme.dark


async def test_a_theme_that_is_unknown_here_does_not_keep_the_app_from_opening(study: Study) -> None:
    study.change_setting("theme", "of-another-version")
    async with at_keyboard(study) as keyboard:
        assert keyboard.app.theme == "studytrack-dark"


async def test_after_quitting_and_opening_again_all_of_it_is_there(
    study: Study, grader: ScriptedGrader, restart: Callable[[], Study]
) -> None:
    grader.say(*PASSES)
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n", "space", "r", "1", "enter", "escape", "escape", "p", "ctrl+r", "q")
    async with at_keyboard(restart()) as keyboard:
        assert "Video ✓" in keyboard.sees()
        assert "Exercises 1/2 Questions 1 seen of 5" in keyboard.sees()
        assert "1-day streak" in keyboard.sees()


async def test_the_first_frame_waits_for_nothing_and_keys_pressed_early_are_kept(
    study: Study, restart: Callable[[], Study], monkeypatch: pytest.MonkeyPatch
) -> None:
    study.tick("straight-lines/video")
    study.today()
    again, may_load, load = restart(), threading.Event(), Study.load

    def load_slowly(self: Study) -> None:
        may_load.wait(PATIENCE)
        load(self)

    monkeypatch.setattr(Study, "load", load_slowly)
    async with at_keyboard(again, loaded=False) as keyboard:
        assert "Video ✓" in keyboard.sees()
        assert "Review 5 new" in keyboard.sees()
        keyboard.app.simulate_key("u")
        keyboard.app.simulate_key("n")
        may_load.set()
        await keyboard.until(lambda: keyboard.place == "LessonScreen")
    assert study.state.ticked("straight-lines/video")


async def test_two_apps_see_what_each_other_does(study: Study, restart: Callable[[], Study]) -> None:
    other = restart()
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n")
        other.tick("straight-lines/book")
        await keyboard.press("space")
        assert "[x] Book: chapter 1" in keyboard.sees("#outline")
        assert other.state.ticked("straight-lines/video")
        other.untick("straight-lines/video")
        await keyboard.press("escape")
        assert "Video – Notebook – Book ✓" in keyboard.sees()


async def test_two_apps_answer_without_losing_an_answer(study: Study, restart: Callable[[], Study]) -> None:
    other = restart()
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n", "r")
        other.quiz.answer(other.quiz.ask("value"), "7")
        await keyboard.press("1", "enter")
    assert set(study.state.answers) == {"steeper", "value"}
    assert len(study.events()) == 2


async def test_a_lesson_with_faults_is_left_out_and_the_others_are_there(study: Study) -> None:
    study.home.curriculum.mkdir(parents=True)
    (study.home.curriculum / "broken.yaml").write_text("id: broken\ntitel: Broken\n", encoding="utf-8")
    shipped = Path(__file__).parent / "library"
    own = Library([shipped / "lessons", study.home.curriculum], [shipped / "exercises"])
    broken = Study(study.home, study.clock, own)
    async with at_keyboard(broken) as keyboard:
        assert "Straight lines" in keyboard.sees()
        assert any("broken.yaml:2:1" in told for told in keyboard.told)
    broken.close()


async def test_where_no_lesson_can_be_read_l_says_so(study: Study) -> None:
    study.home.curriculum.mkdir(parents=True)
    (study.home.curriculum / "broken.yaml").write_text("id: broken\ntitel: Broken\n", encoding="utf-8")
    nothing = Study(study.home, study.clock, Library([study.home.curriculum], []))
    async with at_keyboard(nothing) as keyboard:
        await keyboard.press("l")
        assert "no lesson that can be read" in keyboard.told[-1]
    nothing.close()


async def test_settings_that_cannot_be_read_end_the_app_and_say_what_to_do(
    study: Study, restart: Callable[[], Study], capsys: pytest.CaptureFixture[str]
) -> None:
    study.home.settings.write_text("new_a_day = 'many'", encoding="utf-8")
    app = StudytrackApp(restart())
    await app.run_async(headless=True)
    assert app.return_code == SettingsError.exit_status
    assert "new_a_day" in capsys.readouterr().err
