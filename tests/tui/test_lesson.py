"""The lesson: its boxes can be ticked, and everything on it leads where it says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widgets import Markdown, Tree

from studytrack.study import Study
from tests.tui.keyboard import Keyboard, at_keyboard, tree_lines
from tests.tui.scripted import ScriptedGrader


@asynccontextmanager
async def at_lesson(study: Study) -> AsyncIterator[Keyboard]:
    async with at_keyboard(study) as keyboard:
        await keyboard.press("n")
        yield keyboard


async def test_space_ticks_and_unticks_and_the_description_follows(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        assert "[ ] Video: a line through points" in keyboard.sees("#detail")
        await keyboard.press("space")
        assert "[x] Video: a line through points" in keyboard.sees("#detail")
        assert "[x] Video: a line through points" in keyboard.sees("#outline")
        assert "Learning steps 1/3" in keyboard.sees("#outline")
        assert study.state.ticked("straight-lines/video")
        await keyboard.press("space")
        assert "[ ] Video: a line through points" in keyboard.sees("#detail")
        assert not study.state.ticked("straight-lines/video")


async def test_a_stage_has_a_box_of_its_own(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.mark("straight-lines/notebook/reproduce")
        assert "Start from a copy without outputs" in keyboard.sees("#detail")
        await keyboard.press("space")
        assert "[x] reproduce" in keyboard.sees("#outline")
        assert "[ ] Fit it yourself" in keyboard.sees("#outline")


async def test_undo_empties_the_box_and_says_so(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.press("space", "u")
        assert "[ ] Video: a line through points" in keyboard.sees("#outline")
        assert keyboard.told[-1].startswith("Taken back: the tick of")


async def test_what_has_no_box_says_what_has(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.mark("resources")
        await keyboard.press("space")
        assert keyboard.told == ["There is no box here: steps, their stages and exercises can be ticked."]


async def test_a_step_names_what_comes_before_it_until_that_is_ticked(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.mark("straight-lines/notebook")
        assert "First: Video: a line through points" in keyboard.sees("#detail")
        study.tick("straight-lines/video")
        await keyboard.press("space", "space")
        assert "First:" not in keyboard.sees("#detail")


async def test_resources_are_grouped_by_kind(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        lines = tree_lines(keyboard.widget("#outline", Tree))
        start = lines.index("Resources  4")
        assert lines[start + 1 : start + 8] == [
            "Website",
            "The course",
            "Notebooks",
            "The notebook",
            "Another notebook",
            "Book",
            "Chapter 1",
        ]
        await keyboard.mark("resources/notebooks")
        assert "Another notebook" in keyboard.sees("#detail")
        assert "The course" not in keyboard.sees("#detail")


async def test_enter_opens_a_link_an_exercise_and_a_question(
    study: Study, grader: ScriptedGrader, opened_links: list[str]
) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.mark("link/https://notebook.example/other")
        await keyboard.press("enter")
        assert opened_links == ["https://notebook.example/other"]
        await keyboard.mark("straight-lines/web")
        await keyboard.press("enter")
        assert opened_links[1:] == ["https://competition.example"]
        await keyboard.mark("straight-lines/line")
        await keyboard.press("enter")
        assert keyboard.place == "ExerciseScreen"
        await keyboard.press("escape")
        await keyboard.mark("value")
        await keyboard.press("enter")
        assert keyboard.place == "QuizScreen"
        assert "What is 2x + 1 at x = 3?" in keyboard.sees("#prompt")
        assert "1 of 5" in keyboard.sees()


async def test_enter_opens_and_closes_a_group(study: Study) -> None:
    async with at_lesson(study) as keyboard:
        assert "Chapter 1" not in keyboard.sees("#outline").replace("Book: chapter 1", "")
        await keyboard.mark("resources")
        await keyboard.press("enter")
        assert "Notebooks" not in keyboard.sees("#outline")
        await keyboard.press("enter")
        assert "Notebooks" in keyboard.sees("#outline")


async def test_o_opens_the_link_of_a_step_and_the_place_of_a_note_in_the_video(
    study: Study, opened_links: list[str]
) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.press("o")
        await keyboard.mark("slope")
        await keyboard.press("o")
        await keyboard.mark("resources")
        await keyboard.press("o")
    assert opened_links == ["https://video.example/watch?v=line", "https://video.example/watch?v=line&t=300s"]
    assert keyboard.told[-1] == "There is no link here."


async def test_a_link_that_does_not_lead_to_the_web_is_not_opened(
    study: Study, opened_links: list[str]
) -> None:
    study.add_note("straight-lines", "[passwords](file:///etc/passwd) [script](javascript:alert)")
    async with at_lesson(study) as keyboard:
        await keyboard.mark("own-notes")
        text = keyboard.widget("#text", Markdown)
        for href in ("file:///etc/passwd", "javascript:alert", "/bin/sh"):
            text.post_message(Markdown.LinkClicked(text, href))
        await keyboard.settle()
    assert opened_links == []
    assert "file:///etc/passwd is not an address on the web" in keyboard.told[0]


async def test_notes_show_maths_and_code_and_lead_into_the_video(
    study: Study, opened_links: list[str]
) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.mark("note/line")
        seen = keyboard.sees("#detail")
        assert "y = wx + b" in seen
        assert "∑ xy" in seen
        assert "return w*x + b" in seen
        assert "Without b every line goes through the origin" in seen
        assert "▶ 3:10 in the video" in seen
        await keyboard.click("#text MarkdownParagraph")
    assert opened_links == ["https://video.example/watch?v=line&t=190s"]


async def test_questions_say_whether_they_are_due(study: Study) -> None:
    study.quiz.answer(study.quiz.ask("value"), "8")
    study.quiz.answer(study.quiz.ask("steeper"), "1")
    async with at_lesson(study) as keyboard:
        await keyboard.mark("questions")
        assert "2 seen of 5" in keyboard.sees("#outline")
        await keyboard.mark("value")
        assert "Asked once; due now." in keyboard.sees("#detail")


async def test_what_another_instance_ticks_shows_on_return(study: Study, opened_links: list[str]) -> None:
    async with at_lesson(study) as keyboard:
        await keyboard.press("question_mark")
        study.tick("straight-lines/book")
        await keyboard.press("escape")
        assert "[x] Book: chapter 1" in keyboard.sees("#outline")
