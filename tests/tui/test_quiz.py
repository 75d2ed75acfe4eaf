"""The quiz, by keyboard alone: every kind of question, its rating, and taking it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from studytrack.progress.records import Answered
from studytrack.study import Study
from tests.tui.clock import Clock
from tests.tui.keyboard import Keyboard, at_keyboard


@asynccontextmanager
async def asked(study: Study, question: str) -> AsyncIterator[Keyboard]:
    """The quiz of the lesson, with that question first."""
    async with at_keyboard(study) as keyboard:
        keyboard.app.open_quiz("straight-lines", question)
        await keyboard.settle()
        yield keyboard


def digits(study: Study, question: str, *, right: bool = True) -> list[str]:
    """The numbers on the screen of the right choices, or of the wrong ones."""
    texts = {c.text for c in study.library.question(question).choices if c.right is right}  # type: ignore[union-attr]
    return [str(n) for n, text in enumerate(study.quiz.ask(question).choices, 1) if text in texts]


def last_answer(study: Study, question: str) -> Answered:
    return study.state.answers[question][-1]


async def test_a_choice_is_answered_by_its_digit(study: Study) -> None:
    async with asked(study, "steeper") as keyboard:
        assert "Which line is the steepest?" in keyboard.sees("#prompt")
        await keyboard.press(*digits(study, "steeper"))
        assert "✓ Right." in keyboard.sees()
        assert "The slope is the number before x, here 3." in keyboard.sees("#why")
        assert "Notes: The slope · Video 5:00" in keyboard.sees("#why")
    assert last_answer(study, "steeper").correct


async def test_a_choice_is_answered_by_moving_to_it(study: Study) -> None:
    wrong = digits(study, "steeper", right=False)[-1]
    async with asked(study, "steeper") as keyboard:
        await keyboard.press(*["down"] * (int(wrong) - 1), "enter")
        assert "✗ Not right." in keyboard.sees()
        assert "The answer: y = 3x" in keyboard.sees("#why")


async def test_a_click_answers(study: Study) -> None:
    async with asked(study, "steeper") as keyboard:
        await keyboard.click("#one", (4, int(digits(study, "steeper")[0])))
        assert "✓ Right." in keyboard.sees()


@pytest.mark.parametrize("by", ["digits", "space"])
async def test_several_choices_are_marked_and_enter_answers(study: Study, by: str) -> None:
    right = digits(study, "through-origin")
    async with asked(study, "through-origin") as keyboard:
        if by == "digits":
            await keyboard.press(*right, "enter")
        else:
            for number in ("1", "2", "3"):
                await keyboard.press(*(["space"] if number in right else []), "down")
            await keyboard.press("enter")
        assert "✓ Right." in keyboard.sees()
    assert last_answer(study, "through-origin").correct


async def test_one_of_several_missing_is_not_right_and_says_so(study: Study) -> None:
    async with asked(study, "through-origin") as keyboard:
        await keyboard.press(digits(study, "through-origin")[0], "enter")
        assert "✗ Not right. One right choice is missing." in keyboard.sees("#page")


async def test_a_typed_answer_needs_no_case(study: Study) -> None:
    async with asked(study, "name-of-b") as keyboard:
        await keyboard.write("  Bias")
        await keyboard.press("enter")
        assert "✓ Right." in keyboard.sees()
        assert "Statistics calls it the intercept." in keyboard.sees("#why")


async def test_a_near_miss_is_told_what_it_is(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("8")
        await keyboard.press("enter")
        assert "You added before you multiplied. The answer: 7" in keyboard.sees("#why")


@pytest.mark.parametrize("typed", ["", "seven", "1,234"])
async def test_what_cannot_be_read_is_asked_again_and_counts_nothing(study: Study, typed: str) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write(typed)
        await keyboard.press("enter")
        assert len(keyboard.told) == 1
        assert not study.events()
        await keyboard.press("ctrl+u")
        await keyboard.write("7")
        await keyboard.press("enter")
        assert "✓ Right." in keyboard.sees()


async def test_no_choice_among_several_is_no_answer(study: Study) -> None:
    async with asked(study, "through-origin") as keyboard:
        await keyboard.press("enter")
        assert "there is no answer yet" in keyboard.told[0]
    assert not study.events()


async def test_a_hint_makes_a_right_answer_hard(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.press("f2")
        assert "Hint. Multiply first." in keyboard.sees("#why")
        await keyboard.write("7")
        await keyboard.press("enter")
        assert "▸2 hard" in keyboard.sees("#ratings")
        await keyboard.press("enter")
    assert last_answer(study, "value").rating == 2


async def test_h_gives_the_hint_where_nothing_is_typed(study: Study) -> None:
    async with asked(study, "steeper") as keyboard:
        await keyboard.press("h")
        assert "Look at what stands before x." in keyboard.sees("#why")


@pytest.mark.parametrize(("key", "rating"), [("2", 2), ("3", 3), ("4", 4), ("enter", 3)])
async def test_a_rating_goes_on_to_the_next_question(study: Study, key: str, rating: int) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", key)
        assert "2 of 5" in keyboard.sees()
        assert "Which line is the steepest?" in keyboard.sees("#prompt")
    assert last_answer(study, "value").rating == rating


async def test_the_ratings_say_when_the_question_returns(study: Study, clock: Clock) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter")
        intervals = study.quiz.intervals("value")
        shown = keyboard.sees("#ratings")
        await keyboard.press("4")
    due = study.card("value")
    assert due is not None
    assert f"4 easy · {(due.due - study.day).days} d" in shown
    assert "3 good" in shown
    assert intervals


async def test_0_overrules_a_right_answer(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", "0")
        assert "✗ Not right." in keyboard.sees()
        assert "0 I was right" in keyboard.sees("#ratings")
    assert (last_answer(study, "value").correct, last_answer(study, "value").rating) == (False, 1)


async def test_0_overrules_a_wrong_answer_and_only_that_lets_it_be_rated(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("8")
        await keyboard.press("enter", "4")
        assert "1 of 5" in keyboard.sees()
        assert "0 says that you were right" in keyboard.told[-1]
        await keyboard.press("0", "4")
        assert "2 of 5" in keyboard.sees()
    assert (last_answer(study, "value").correct, last_answer(study, "value").rating) == (True, 4)


async def test_what_was_wrong_comes_back_in_the_same_sitting(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("8")
        await keyboard.press("enter", "enter")
        await keyboard.press(*digits(study, "steeper"), "enter")
        await keyboard.press(*digits(study, "through-origin"), "enter", "enter")
        await keyboard.write("bias")
        await keyboard.press("enter", "enter")
        assert "What is 2x + 1 at x = 3?" in keyboard.sees("#prompt")
        assert "4 of 5" in keyboard.sees()


async def test_u_takes_an_answer_back_before_going_on(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("8")
        await keyboard.press("enter", "u")
        assert "What is 2x + 1 at x = 3?" in keyboard.sees("#prompt")
        assert "You added" not in keyboard.sees()
        assert keyboard.told[-1] == "Taken back: the answer to the question on arithmetic."
        assert "value" not in study.state.answers
        await keyboard.write("7")
        await keyboard.press("enter")
        assert "✓ Right." in keyboard.sees()


async def test_u_takes_an_answer_and_its_rating_back_after_going_on(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", "4")
        assert "Which line is the steepest?" in keyboard.sees("#prompt")
        await keyboard.press("u")
        assert "What is 2x + 1 at x = 3?" in keyboard.sees("#prompt")
        assert "1 of 5" in keyboard.sees()
    assert "value" not in study.state.answers


async def test_ctrl_z_takes_back_while_the_next_answer_is_typed(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", "enter")
        await keyboard.press(*digits(study, "steeper"), "enter")
        await keyboard.press(*digits(study, "through-origin"), "enter", "enter")
        await keyboard.write("u")
        assert "u" in keyboard.sees("#typed")
        assert "^z Undo" in keyboard.footer
        await keyboard.press("ctrl+z")
        assert "Which of these go through the origin?" in keyboard.sees("#prompt")
    assert set(study.state.answers) == {"value", "steeper"}


async def test_with_nothing_answered_undo_stays_in_the_sitting(study: Study) -> None:
    study.tick("straight-lines/video")
    async with asked(study, "steeper") as keyboard:
        await keyboard.press("u")
        assert keyboard.told == ["There is no answer in this sitting to take back."]
    assert study.state.ticked("straight-lines/video")


async def test_an_explanation_is_judged_by_the_learner(study: Study) -> None:
    async with asked(study, "why-squares") as keyboard:
        await keyboard.write("so that they do not cancel")
        await keyboard.press("enter")
        assert "errors above and below do not cancel" in keyboard.sees("#why")
        assert "large errors count more" in keyboard.sees("#why")
        assert not study.events()
        await keyboard.press("2")
        assert "2 of 5" in keyboard.sees()
    answer = last_answer(study, "why-squares")
    assert (answer.correct, answer.rating) == (True, 2)


async def test_a_judgement_can_be_put_off_and_the_text_written_on(study: Study) -> None:
    async with asked(study, "why-squares") as keyboard:
        await keyboard.write("so that")
        await keyboard.press("enter", "u")
        assert "so that" in keyboard.sees("#explained")
        await keyboard.write(" they do not cancel")
        await keyboard.press("enter", "1")
    assert not last_answer(study, "why-squares").correct


async def test_the_end_sums_up_and_leads_back(study: Study, clock: Clock) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", "enter")
        await keyboard.press(*digits(study, "steeper"), "enter")
        await keyboard.press(*digits(study, "through-origin"), "enter", "enter")
        await keyboard.write("weight")
        await keyboard.press("enter", "enter")
        await keyboard.write("they cancel")
        await keyboard.press("enter", "enter")
        await keyboard.write("bias")
        await keyboard.press("enter", "enter")
        assert "5 of 6 answers were right." in keyboard.sees()
        await keyboard.press("u")
        assert "5 of 5" in keyboard.sees()
        await keyboard.write("bias")
        await keyboard.press("enter", "enter", "enter")
        assert keyboard.place == "TodayScreen"
        assert "Questions 5 seen of 5" in keyboard.sees()
    clock.move_on(days=1)
    assert study.today().reviews == ("name-of-b",)


async def test_escape_ends_the_sitting_and_keeps_what_was_answered(study: Study) -> None:
    async with asked(study, "value") as keyboard:
        await keyboard.write("7")
        await keyboard.press("enter", "enter", "escape")
        assert keyboard.place == "TodayScreen"
        assert "Questions 1 seen of 5" in keyboard.sees()
    assert set(study.state.answers) == {"value"}
