"""A sitting in the plain terminal, its answers typed or from a pipe."""

from __future__ import annotations

from typing import Any

from tests.cli.said import Run

LESSON = "straight-lines"


def answers(st: Run) -> list[dict[str, Any]]:
    return [event for event in st("log", "--json").data if event["kind"] == "answer"]


def test_nothing_is_asked_before_a_lesson_is_begun(st: Run) -> None:
    said = st("quiz", typed="")
    assert said.status == 0
    assert said.out == "No question is due. --cram practises all the same.\n"


def test_what_is_right_is_asked_once(st: Run) -> None:
    said = st("quiz", LESSON, typed="y = 3x\n\ny = 2x; y = −x\n\nbias\n\n7\n\nsigns\n4\n")
    assert said.status == 0
    assert "\n5 of 5 · loss\n" in said.out
    assert said.out.endswith("\nDone: 5 of 5 answers were right.\n")
    assert [answer["body"]["rating"] for answer in answers(st)] == [3, 3, 3, 3, 4]
    assert st("quiz", LESSON, typed="").out.startswith("No question is due.")


def test_what_is_wrong_is_asked_again(st: Run) -> None:
    st("tick", f"{LESSON}/video")
    said = st("quiz", typed="y = x\n\ny = 2x; y = −x\n\nbias\n\n7\n\ny = 3x\n\nsigns\n\n")
    assert said.out.count("Which line is the steepest?") == 2
    assert said.out.endswith("\nDone: 5 of 6 answers were right.\n")


def test_the_end_of_input_keeps_what_was_answered(st: Run) -> None:
    said = st("quiz", LESSON, typed="nonsense\n1\n")
    assert said.status == 0
    assert "there is no choice 'nonsense'" in said.out
    assert "Ended early: " in said.out
    assert said.out.endswith("of 1 answers were right. What you answered is kept.\n")
    assert len(answers(st)) == 1


def test_closed_input_ends_it_politely(st: Run) -> None:
    said = st("quiz", LESSON)
    assert said.status == 0
    assert said.out.endswith("\nNothing was answered.\n")


def test_a_rating_follows_the_answer(st: Run) -> None:
    st("quiz", LESSON, typed="y = 3x\nso-so\n4\n")
    said = st("quiz", LESSON, typed="?\n")
    assert "Look at what stands before x." not in said.out
    events = st("log", "--json").data
    assert [event["kind"] for event in events] == ["answer", "rate"]
    assert events[1]["body"]["rating"] == 4


def test_an_unknown_rating_is_asked_again(st: Run) -> None:
    said = st("quiz", LESSON, typed="y = 3x\nso-so\n\n")
    assert "Type one of 0, 1, 2, 3, 4, or only enter." in said.out
    assert [event["kind"] for event in st("log", "--json").data] == ["answer"]


def test_the_marking_is_overruled(st: Run) -> None:
    said = st("quiz", LESSON, typed="y = x\n0\n")
    assert "✗ Not right." in said.out
    assert "1 of 1 answers were right" in said.out
    assert st("show", LESSON, "--json").data["questions"][0]["due"] == "2026-11-04"


def test_after_a_hint_a_right_answer_is_hard(st: Run) -> None:
    said = st("quiz", LESSON, typed="?\ny = 3x\n\n")
    assert "Look at what stands before x." in said.out
    [answer] = answers(st)
    assert (answer["body"]["hinted"], answer["body"]["rating"]) == (True, 2)


def test_cramming_leaves_the_schedule_alone(st: Run) -> None:
    said = st("quiz", LESSON, "--cram", typed="y = 3x\n")
    assert "✓ Right." in said.out
    [answer] = answers(st)
    assert answer["body"]["cram"]
    assert st("show", LESSON, "--json").data["questions"][0]["state"] == "new"
