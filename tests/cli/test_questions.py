"""The commands `question` and `answer`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.said import Run

RIGHT = "`y = 3x`"


def choice(st: Run, text: str) -> str:
    """The number of a choice as `question` shows it."""
    return str(st("question", "steeper", "--json").data["choices"].index(text) + 1)


def answered(st: Run, *arguments: str) -> dict[str, Any]:
    said = st("answer", *arguments, "--json")
    assert said.status == 0
    data: dict[str, Any] = said.data
    return data


def test_a_question_gives_no_answer_away(st: Run) -> None:
    data = st("question", "straight-lines/value", "--json").data
    assert data["id"] == "value"
    assert data["kind"] == "number"
    assert "7" not in st("question", "value").out
    assert not {"answer", "accept", "explanation", "rubric", "hint"} & data.keys()


def test_choices_are_numbered_as_they_are_answered(st: Run) -> None:
    shown = [line for line in st("question", "steeper").out.splitlines() if RIGHT in line]
    [number] = [line.split()[0] for line in shown]
    assert answered(st, "steeper", number)["correct"]


def test_a_choice_is_known_by_its_text(st: Run) -> None:
    assert answered(st, "steeper", "y = 3x")["correct"]
    wrong = answered(st, "steeper", "`y = x`")
    assert not wrong["correct"]
    assert wrong["message"] == "Its slope is 1."
    assert wrong["right_answer"] == RIGHT


@pytest.mark.parametrize(
    ("question", "given", "correct"),
    [
        ("value", "7", True),
        ("value", "-7", False),
        ("value", "-.5e1", False),
        ("name-of-b", "Bias", True),
        ("name-of-b", "--help-me", False),
        ("through-origin", "y = 2x; y = −x", True),
    ],
)
def test_an_answer_is_marked(st: Run, question: str, given: str, correct: bool) -> None:
    assert answered(st, question, given)["correct"] == correct


def test_an_answer_is_told_with_when_it_comes_back(st: Run) -> None:
    said = st("answer", "value", "8")
    assert said.status == 0
    assert said.out.splitlines() == [
        "✗ Not right.",
        "You added before you multiplied.",
        "The answer: 7",
        "2 ⋅ 3 + 1 = 7.",
        "Comes back 2026-11-02.",
    ]


def test_a_right_answer_is_rated_and_a_wrong_one_is_again(st: Run) -> None:
    assert answered(st, "value", "7")["rating"] == 3
    assert answered(st, "name-of-b", "bias", "--rating", "4")["rating"] == 4
    assert answered(st, "steeper", choice(st, RIGHT), "--hinted")["rating"] == 2
    assert answered(st, "value", "8", "--rating", "4")["rating"] == 1


def test_the_marking_is_overruled(st: Run) -> None:
    right = answered(st, "value", "8", "--overrule")
    assert (right["correct"], right["rating"], right["due"]) == (True, 3, "2026-11-04")
    wrong = answered(st, "name-of-b", "bias", "--overrule")
    assert (wrong["correct"], wrong["rating"], wrong["due"]) == (False, 1, "2026-11-02")


def test_an_explanation_is_rated_by_the_learner(st: Run) -> None:
    said = st("answer", "why-squares", "no sign")
    assert said.status == 2
    assert "add --rating 1 to 4" in said.err
    assert answered(st, "why-squares", "no sign", "--rating", "2")["rating"] == 2
    assert [event["kind"] for event in st("log", "--json").data] == ["answer"]


@pytest.mark.parametrize("given", ["", "x", "1,234", "nan", "\udcff"])
def test_what_cannot_be_read_counts_as_nothing(st: Run, given: str) -> None:
    said = st("answer", "value", given)
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert st("log", "--json").data == []


def test_a_hint_is_shown_when_asked_for(st: Run) -> None:
    assert "Multiply first." not in st("question", "value").out
    assert "Multiply first." in st("question", "value", "--hint").out
    assert st("question", "value", "--hint", "--json").data["hint"] == "Multiply first."
