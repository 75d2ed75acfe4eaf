"""Answers are marked by what they say, however they are typed, and near ones are told so."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytrack.curriculum.models import Explain, Number, OneOf, SeveralOf, Typed
from studytrack.errors import UsageError
from studytrack.quiz.marking import mark, right_answer
from studytrack.quiz.reading import Unreadable


@pytest.mark.parametrize("given_", ["1", " 1 ", "1.", "1)", "It grows.", "it grows", "“It  grows”"])
def test_one_choice_by_number_or_text(one_of: OneOf, given_: str) -> None:
    marking = mark(one_of, given_)
    assert (marking.correct, marking.given) == (True, "It grows.")
    assert marking.message == "Minus a negative number."


@pytest.mark.parametrize("given_", ["4", "nan", "`nan`", "NaN"])
def test_a_wrong_choice_says_why(one_of: OneOf, given_: str) -> None:
    marking = mark(one_of, given_)
    assert (marking.correct, marking.given) == (False, "`nan`")
    assert marking.message == "Nothing is divided here."


@pytest.mark.parametrize("given_", ["7", "0", "-1", "1,2", "it explodes", "", "  \n", "999999999999"])
def test_what_is_no_choice_is_asked_again(one_of: OneOf, given_: str) -> None:
    with pytest.raises(Unreadable) as told:
        mark(one_of, given_)
    assert isinstance(told.value, UsageError)
    assert told.value.remedy


@pytest.mark.parametrize("given_", ["1,3,5", "5 3 1", "135", "1, 3; 5", "ReLU; Sigmoid; tanh", "3,1,5,3"])
def test_several_choices_in_any_order_and_form(several_of: SeveralOf, given_: str) -> None:
    marking = mark(several_of, given_)
    assert (marking.correct, marking.message) == (True, "")
    assert marking.given == "ReLU; sigmoid; tanh"


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ("1,3", "One right choice is missing."),
        ("sigmoid", "2 right choices are missing."),
        ("1,2,3,5", "a matrix product: That is what linear means."),
        ("1 2 3", "a matrix product: That is what linear means.\n\nAnd one right choice is missing."),
        (
            "24",
            "- a matrix product: That is what linear means.\n"
            "- adding a bias: Adding a constant bends nothing.\n\nAnd 3 right choices are missing.",
        ),
    ],
)
def test_several_choices_that_are_not_all_right(several_of: SeveralOf, given_: str, message: str) -> None:
    marking = mark(several_of, given_)
    assert (marking.correct, marking.message) == (False, message)


@pytest.mark.parametrize("given_", ["6", "1,6", "10", "ReLU; swish", ";", "", "1,-3"])
def test_what_is_not_among_several_choices_is_asked_again(several_of: SeveralOf, given_: str) -> None:
    with pytest.raises(Unreadable):
        mark(several_of, given_)


@pytest.mark.parametrize(
    "given_",
    [
        "opt.zero_grad()",
        "`opt.zero_grad()`",
        "zero_grad",
        " OPT . zero_grad( ) ",
        "'zero_grad'.",
        "zero_grad.",
    ],
)
def test_a_typed_answer_in_any_dress(typed: Typed, given_: str) -> None:
    assert mark(typed, given_).correct is True


def test_a_near_miss_is_told(typed: Typed) -> None:
    marking = mark(typed, "`Backward`")
    assert (marking.correct, marking.message) == (False, "That adds to the gradients.")


@pytest.mark.parametrize("given_", ["zero_gard", "zerograd", "zero_grads", "opt.zreo_gad()"])
def test_a_slip_is_still_wrong_and_told(typed: Typed, given_: str) -> None:
    marking = mark(typed, given_)
    assert marking.correct is False
    assert "spelling" in marking.message


def test_another_word_is_just_wrong(typed: Typed) -> None:
    marking = mark(typed, "detach")
    assert (marking.correct, marking.message) == (False, "")


def test_case_counts_where_the_author_says_so(typed: Typed) -> None:
    strict = typed.model_copy(update={"accept": ("Tensor",), "case_sensitive": True})
    assert mark(strict, "Tensor").correct is True
    marking = mark(strict, "tensor")
    assert marking.correct is False
    assert "upper and lower case" in marking.message


@pytest.mark.parametrize("given_", ["23520", "23 520", "23,520.0", "2.352e4", "47040/2", "+23520"])
def test_a_number_in_any_form(number: Number, given_: str) -> None:
    assert mark(number, given_).correct is True


@pytest.mark.parametrize(
    ("given_", "message"), [("23550", "You counted the 30 biases as well."), ("814", ""), ("-23520", "")]
)
def test_a_wrong_number(number: Number, given_: str, message: str) -> None:
    marking = mark(number, given_)
    assert (marking.correct, marking.message) == (False, message)


@pytest.mark.parametrize("given_", ["many", "", "23,520", "1/0", "2+2", "nan", "inf", "1e999", "0x10"])
def test_what_is_no_number_is_asked_again(number: Number, given_: str) -> None:
    with pytest.raises(Unreadable):
        mark(number, given_)


@pytest.mark.parametrize(
    ("given_", "correct"), [("0.29", False), ("0.3", True), ("0.5", True), ("0.51", False)]
)
def test_the_tolerance_includes_its_ends(number: Number, given_: str, correct: bool) -> None:
    rough = number.model_copy(update={"answer": 0.4, "tolerance": 0.1})
    assert mark(rough, given_).correct is correct


def test_an_explanation_is_left_to_the_learner(explain: Explain) -> None:
    marking = mark(explain, " It bends. ")
    assert (marking.correct, marking.given) == (None, "It bends.")
    with pytest.raises(Unreadable):
        mark(explain, " ")


def test_the_right_answer_is_marked_right(
    one_of: OneOf, several_of: SeveralOf, typed: Typed, number: Number
) -> None:
    assert mark(one_of, right_answer(one_of)).correct is True
    assert mark(several_of, right_answer(several_of).replace("- ", ";")).correct is True
    assert mark(typed, right_answer(typed)).correct is True
    with_unit = number.model_copy(update={"unit": "weights"})
    assert right_answer(with_unit) == "23520 weights"
    assert mark(with_unit, right_answer(with_unit)).correct is True


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the questions are frozen
def test_whatever_is_typed_is_marked_or_asked_again(
    one_of: OneOf, several_of: SeveralOf, typed: Typed, number: Number, explain: Explain, given_: str
) -> None:
    for question in (one_of, several_of, typed, number, explain):
        with suppress(Unreadable):
            marking = mark(question, given_)
            assert marking.given
            assert (marking.correct is None) == (question is explain)
