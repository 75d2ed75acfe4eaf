"""The learner's file on the exercise's screen: typed here, saved elsewhere, never lost."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from studytrack.grading.verdict import State
from studytrack.study import Study
from tests.tui.scripted import ScriptedGrader, ended
from tests.tui.test_exercise import at_exercise, work_file

NOT_YET = ended(State.INCORRECT)


async def test_what_is_typed_is_saved_before_it_runs(study: Study, grader: ScriptedGrader) -> None:
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        await keyboard.press("i")
        assert "work/line/line.py ● saved" in keyboard.sees()
        await keyboard.write("x = 1 ")
        assert "work/line/line.py ○ not saved" in keyboard.sees()
        await keyboard.press("ctrl+r")
        assert "● saved" in keyboard.sees()
    assert grader.codes == [work_file(study).read_text(encoding="utf-8")]
    assert grader.codes[0].startswith("x = 1 ")


async def test_letters_are_typed_in_the_editor_and_are_keys_outside_it(
    study: Study, grader: ScriptedGrader
) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("i")
        await keyboard.write("hdu?q")
        assert "hdu?q" in keyboard.sees("#code")
        await keyboard.press("ctrl+z")
        assert "hdu?q" not in keyboard.sees("#code")
        await keyboard.press("escape")
        assert keyboard.place == "ExerciseScreen"
        await keyboard.press("h")
        assert "Hint 1 of 2" in keyboard.sees("#task")


async def test_leaving_saves(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+t")
        await keyboard.write("x = 1 ")
        await keyboard.press("escape", "escape")
        assert keyboard.place == "TodayScreen"
    assert work_file(study).read_text(encoding="utf-8").startswith("x = 1 ")


async def test_looking_changes_nothing_whatever_the_file_holds(study: Study, grader: ScriptedGrader) -> None:
    study.practice.start("line")
    odd = b"x = 'a\x0cb\xe2\x80\xa8c'\r\ny = 2\rz = 3\n\xff"
    work_file(study).write_bytes(odd)
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+t", "ctrl+s", "ctrl+r", "escape", "escape")
    assert work_file(study).read_bytes() == odd


async def test_a_file_that_is_not_utf_8_is_graded_as_it_is_and_kept_when_it_is_typed_in(
    study: Study, grader: ScriptedGrader
) -> None:
    study.practice.start("line")
    windows = "x = 'größe'\n".encode("cp1252")
    work_file(study).write_bytes(windows)
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert grader.codes == [windows.decode("utf-8", "surrogateescape")]
        await keyboard.press("i")
        await keyboard.write("y = 2; ")
        await keyboard.press("ctrl+s")
        assert "as it was before it is in line.1.py" in keyboard.told[-1]
    assert work_file(study).with_name("line.1.py").read_bytes() == windows
    assert work_file(study).read_text(encoding="utf-8").startswith("y = 2; x = 'gr")


async def test_a_file_that_is_not_utf_8_is_written_back_as_it_was_when_it_is_deleted(
    study: Study, grader: ScriptedGrader
) -> None:
    study.practice.start("line")
    windows = "x = 'größe'\n".encode("cp1252")
    work_file(study).write_bytes(windows)
    async with at_exercise(study) as keyboard:
        work_file(study).unlink()
        await keyboard.press("ctrl+s")
    assert work_file(study).read_bytes() == windows


async def test_what_is_typed_into_a_file_that_is_not_utf_8_goes_beside_it_on_quitting(
    study: Study, grader: ScriptedGrader
) -> None:
    study.practice.start("line")
    work_file(study).write_bytes(b"x = 1  # \xf6\n")
    async with at_exercise(study) as keyboard:
        await keyboard.press("i")
        await keyboard.write("y = 2; ")
        await keyboard.press("ctrl+q")
    assert work_file(study).read_bytes() == b"x = 1  # \xf6\n"
    assert work_file(study).with_name("line.1.py").read_text(encoding="utf-8").startswith("y = 2; x = 1")


async def test_what_another_editor_saved_is_what_runs(study: Study, grader: ScriptedGrader) -> None:
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        work_file(study).write_text("written elsewhere", encoding="utf-8")
        await keyboard.press("ctrl+r", "ctrl+t")
        assert "written elsewhere" in keyboard.sees("#code")
    assert grader.codes == ["written elsewhere"]


async def test_where_both_changed_it_the_other_runs_and_what_was_typed_is_kept_beside(
    study: Study, grader: ScriptedGrader
) -> None:
    async with at_exercise(study) as keyboard:
        for number, outside in enumerate(["first", "second"], 1):
            await keyboard.press("i")
            await keyboard.write(f"typed {number} ")
            work_file(study).write_text(outside, encoding="utf-8")
            grader.say(NOT_YET)
            await keyboard.press("ctrl+r")
            assert f"what you typed here is in line.{number}.py" in keyboard.told[-1]
    assert grader.codes == ["first", "second"]
    for number in (1, 2):
        kept = work_file(study).with_name(f"line.{number}.py").read_text(encoding="utf-8")
        assert f"typed {number} " in kept


async def test_a_file_that_was_deleted_is_written_again(study: Study, grader: ScriptedGrader) -> None:
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        before = work_file(study).read_text(encoding="utf-8")
        work_file(study).unlink()
        await keyboard.press("ctrl+r")
    assert work_file(study).read_text(encoding="utf-8") == before
    assert grader.codes == [before]


async def test_e_opens_the_learners_editor_and_runs_what_it_saved(
    study: Study, grader: ScriptedGrader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "%s" "$1" > "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    study.change_setting("editor", f"{editor} 'written elsewhere'")
    monkeypatch.setattr("studytrack.tui.app.StudytrackApp.suspend", lambda _: nullcontext())
    grader.say(NOT_YET)
    async with at_exercise(study) as keyboard:
        await keyboard.press("e")
        assert "✗ Not yet" in keyboard.sees("#state")
    assert grader.codes == ["written elsewhere"]


async def test_without_an_editor_e_says_how_to_name_one(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("e")
        assert "$EDITOR" in keyboard.told[-1]


class Saves:
    """Stands in for the watching of a file: tells of a save when the test says so."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[str] = asyncio.Queue()

    async def __call__(self, file: Path, known: str) -> AsyncIterator[str]:
        while True:
            yield await self._told.get()

    def tell(self) -> None:
        self._told.put_nowait("")


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> Saves:
    saves = Saves()
    monkeypatch.setattr("studytrack.grading.watching.saves", saves)
    return saves


async def test_watching_runs_what_is_saved_in_any_editor(
    study: Study, grader: ScriptedGrader, saves: Saves
) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("w")
        assert "watching" in keyboard.sees()
        grader.say(NOT_YET)
        work_file(study).write_text("saved elsewhere", encoding="utf-8")
        saves.tell()
        await keyboard.settle()
        assert "✗ Not yet" in keyboard.sees("#state")
        grader.say(NOT_YET)
        await keyboard.press("i")
        await keyboard.write("typed ")
        await keyboard.press("ctrl+s")
        saves.tell()
        await keyboard.settle()
    assert grader.codes == ["saved elsewhere", "typed saved elsewhere"]


async def test_watching_does_not_run_again_what_was_saved_for_a_run(
    study: Study, grader: ScriptedGrader, saves: Saves
) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("w", "i", "x", "ctrl+r")
        saves.tell()
        await keyboard.settle()
    assert len(grader.codes) == 1


async def test_w_again_ends_the_watching(study: Study, grader: ScriptedGrader, saves: Saves) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("w", "w")
        assert "watching" not in keyboard.sees()
        work_file(study).write_text("saved elsewhere", encoding="utf-8")
        saves.tell()
        await keyboard.settle()
    assert grader.codes == []


async def test_a_save_is_noticed_on_the_disk(study: Study, grader: ScriptedGrader) -> None:
    texts = (f"save {number}" for number in itertools.count())

    def saved_and_ran() -> bool:
        work_file(study).write_text(next(texts), encoding="utf-8")  # until the watcher has begun
        return bool(grader.codes)

    async with at_exercise(study) as keyboard:
        await keyboard.press("w")
        await keyboard.until(saved_and_ran)
    assert grader.codes[0].startswith("save ")
