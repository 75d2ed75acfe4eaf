"""The learner's own notes: written in place, saved on leaving, with the time of the video."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from studytrack.errors import StudytrackError
from studytrack.study import Study
from tests.tui.keyboard import at_keyboard

LESSON = "straight-lines"


async def test_n_writes_in_place_and_escape_saves(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n")
        await keyboard.write("the slope turns")
        assert "○ not saved" in keyboard.sees()
        await keyboard.press("escape")
        assert keyboard.place == "LessonScreen"
        await keyboard.mark("own-notes")
        assert "the slope turns" in keyboard.sees("#detail")
    assert study.own_notes(LESSON) == "the slope turns"


async def test_what_is_there_is_kept_and_written_after(study: Study) -> None:
    study.add_note(LESSON, "first")
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n")
        await keyboard.write("second")
        await keyboard.press("ctrl+s")
        assert "● saved" in keyboard.sees()
    assert study.own_notes(LESSON) == "- first\nsecond"


async def test_looking_at_notes_writes_no_file(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n", "escape")
    assert not study.note_file(LESSON).exists()


async def test_ctrl_t_writes_where_the_video_is(
    study: Study, opened_links: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 1000.0
    monkeypatch.setattr("studytrack.tui.screens.notes.time", SimpleNamespace(monotonic=lambda: seconds))
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n", "ctrl+o")
        seconds += 75
        await keyboard.press("ctrl+t", "x", "escape")
    assert opened_links == ["https://video.example/watch?v=line"]
    assert study.own_notes(LESSON) == "[1:15](https://video.example/watch?v=line&t=75s) x"


async def test_a_note_added_elsewhere_meanwhile_is_not_written_over(study: Study) -> None:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n")
        await keyboard.write("typed here")
        study.add_note(LESSON, "added by a command")
        await keyboard.press("escape")
    assert study.own_notes(LESSON) == "- added by a command\n"
    kept = study.note_file(LESSON).with_name("straight-lines.1.md")
    assert kept.read_text(encoding="utf-8") == "typed here"


async def test_what_cannot_be_saved_is_not_left_behind(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_is_full(path: Path, text: str) -> None:
        raise StudytrackError(f"{path} could not be written", "make room")

    monkeypatch.setattr("studytrack.tui.widgets.file_editor.write_atomically", disk_is_full)
    async with at_keyboard(study) as keyboard:
        await keyboard.press("l", "n")
        await keyboard.write("precious")
        await keyboard.press("escape")
        assert keyboard.place == "NotesScreen"
        assert "precious" in keyboard.sees()
        assert "could not be written; make room" in keyboard.told[-1]
