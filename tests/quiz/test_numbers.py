"""Numbers are read in the forms in which people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.quiz.reading import Unreadable, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", 42),
        ("-3", -3),
        ("−3", -3),
        ("+0.5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("1e-3", 0.001),
        ("2.5E+2", 250),
        ("1/4", 0.25),
        ("3⁄4", 0.75),
        ("-1 / 8", -0.125),
        ("50 %", 0.5),
        ("12.5%", 0.125),
        ("0,5", 0.5),
        (",5", 0.5),
        ("3,14159", 3.14159),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("1 234 567", 1_234_567),
        ("1_000", 1000),
        ("1'000", 1000),
        ("1’000,5", 1000.5),
        ("1,234,567", 1_234_567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1_234_567),
        ("1.234", 1.234),
    ],
)
def test_forms(text: str, value: float) -> None:
    assert read_number(text, None) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["7 ms", "7ms", "7 MS", "7", "7.0 ms"])
def test_the_unit_may_be_there_or_not(text: str) -> None:
    assert read_number(text, "ms") == 7


def test_per_cent_are_the_number_itself_where_they_are_the_unit() -> None:
    assert read_number("50 %", "%") == 50
    assert read_number("50", "%") == 50
    assert read_number("50 %", None) == 0.5


@pytest.mark.parametrize(
    "text", ["7 s", "seven", "1,23,4", "1 2", "12 34", "--1", "1/2/3", "1/0", "½", "1e", "e3"]
)
def test_what_is_no_number_in_that_unit_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="number"):
        read_number(text, "ms")


@pytest.mark.parametrize("text", ["1,234", "-12,345", "999,000 ms"])
def test_a_comma_that_could_mean_two_things_is_asked_about(text: str) -> None:
    with pytest.raises(Unreadable, match="decimal comma"):
        read_number(text, "ms")


def test_what_to_write_instead_is_said() -> None:
    with pytest.raises(Unreadable, match=r"write 1234 or 1\.234"):
        read_number("1,234", None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value), None) == value


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_grouping_makes_no_difference(whole: int, cents: int) -> None:
    value = float(f"{whole}.{cents:02}")
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    french = english.translate(str.maketrans(",.", "\u202f,"))
    assert read_number(english, None) == value
    assert read_number(german, None) == value
    assert read_number(french, None) == value


@given(st.text(alphabet="0123456789.,'_ eE+-/%", max_size=14))
def test_what_is_read_is_a_number(text: str) -> None:
    try:
        value = read_number(text, None)
    except Unreadable:
        return
    assert math.isfinite(value)
