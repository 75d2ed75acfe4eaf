"""What matters in a wording, and what is only a slip."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytrack.quiz.wording import folded, misspelt


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mean Squared Error", "mean squared error."),
        ("`x.grad`", "x.grad"),
        ("“learning rate”", "'learning rate'"),
        ("x = y+1", "x=y + 1"),
        ("ﬁt", "fit"),
        ("Ｔｅｎｓｏｒ", "tensor"),
        ("n–1", "n-1"),
        ("'`relu`.'", "relu"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("x.grad", "xgrad"), ("loss()", "loss"), ("a-b", "ab"), ("1", "l")]
)
def test_not_the_same(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_case_is_kept_where_it_matters() -> None:
    assert folded("ReLU", case_sensitive=True) != folded("relu", case_sensitive=True)
    assert folded(" `ReLU`.", case_sensitive=True) == "ReLU"


@given(st.text(), st.booleans())
@example("R¸", False)  # a cedilla of its own, which holds a space
def test_folding_twice_changes_nothing_more(text: str, case_sensitive: bool) -> None:
    once = folded(text, case_sensitive)
    assert folded(once, case_sensitive) == once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gradeint", "gradient"),
        ("overfiting", "overfitting"),
        ("epochs", "epoch"),
        ("stohastic gradeint", "stochastic gradient"),
    ],
)
def test_slips(typed: str, meant: str) -> None:
    assert misspelt(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gradient", "gradient"),
        ("selu", "relu"),
        ("loss", "cost"),
        ("underfitting", "overfitting"),
        ("", "epoch"),
    ],
)
def test_no_slips(typed: str, meant: str) -> None:
    assert not misspelt(typed, meant)


LETTERS = st.characters(exclude_categories=["Nd", "Nl", "No"])


@given(st.text(LETTERS, min_size=5, max_size=30), st.data())
def test_a_letter_left_out_put_in_or_swapped_is_a_slip(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(LETTERS)
    left_out = word[:place] + word[place + 1 :]
    put_in = word[:place] + letter + word[place:]
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for typed in (left_out, put_in, swapped):
        assert misspelt(typed, word) == (typed != word)


def test_another_digit_is_no_slip() -> None:
    assert not misspelt("(64,20)", "(64,30)")
    assert misspelt("brodcasting", "broadcasting")
