"""What authors write checks with: how answers are compared, and what is said about them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from studytrack.grading.checks import Grader
from studytrack.grading.comparing import is_same
from studytrack.grading.handles import Handle
from studytrack.grading.outcomes import Unmet
from studytrack.grading.verdict import State

FUNCTION = Handle(0, "function")
finite = st.floats(-1e6, 1e6)


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader(1, "any", {})


def said(check: Callable[[], Any]) -> str:
    """The message with which something ends a check as wrong."""
    with pytest.raises(Unmet) as caught:
        check()
    assert caught.value.state is State.INCORRECT
    return caught.value.message


@given(arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=4), elements=finite))
def test_what_float32_makes_of_a_value_is_close_to_it(expected: np.ndarray) -> None:
    Grader(1, "any", {}).close(expected.astype(np.float32), expected)


@given(finite, st.sampled_from([math.nan, math.inf, -math.inf]))
def test_nan_and_infinity_are_close_to_no_number(expected: float, got: float) -> None:
    with pytest.raises(Unmet):
        Grader(1, "any", {}).close(got, expected)


def test_nan_does_not_pass_even_for_nan(grader: Grader) -> None:
    assert "NaN" in said(lambda: grader.close(math.nan, math.nan))
    said(lambda: grader.equal(math.nan, math.nan))


def test_infinity_is_infinity(grader: Grader) -> None:
    grader.close(math.inf, math.inf)
    said(lambda: grader.close(-math.inf, math.inf))


@pytest.mark.parametrize("got", [None, "1", {}, FUNCTION, [[1], [1, 2]], 1j, [None], np.array(["a"])])
def test_what_is_no_number_is_wrong_and_no_fault_of_the_check(grader: Grader, got: Any) -> None:
    for check in (grader.close, grader.equal):
        assert "expected" in said(lambda check=check: check(got, 1.0))  # type: ignore[misc]
    assert "expected" in said(lambda: grader.scalar(got))
    assert "expected" in said(lambda: grader.array(got, shape=(2,)))


def test_a_list_with_a_long_text_is_not_spread_out(grader: Grader) -> None:
    """As an array of text it would take hundreds of terabytes."""
    long = ["x" * 100_000, *[""] * 1_000_000]
    assert "a list of length" in said(lambda: grader.array(long))
    assert "a list of length" in said(lambda: grader.close([long, long], 1.0))


def test_a_message_says_what_came_what_was_expected_and_on_what(grader: Grader) -> None:
    message = said(
        lambda: grader.close(
            2.0,
            4.0,
            what="mse(p, t)",
            given={"p": np.array([1.0, 2.0]), "t": 3},
            known_mistakes={2: "Squared?"},
        )
    )
    assert message == "mse(p, t) is 2; 4 was expected for p = [1, 2], t = 3. Squared?"


def test_the_first_mistake_that_matches_is_named(grader: Grader) -> None:
    mistakes = [
        (np.zeros(2), "Zero."),
        (np.ones((2, 1)), "A column."),
        (np.ones(2), "One."),
        ([1, 1], "Late."),
    ]
    assert said(lambda: grader.close([1, 1], [2, 2], known_mistakes=mistakes)).endswith(". One.")
    assert said(lambda: grader.close([[1], [1]], [2, 2], known_mistakes=mistakes)).endswith(". A column.")
    assert said(lambda: grader.equal((1, 1), (2, 2), known_mistakes=mistakes)).endswith(". One.")


def test_a_known_mistake_that_is_right_as_well_is_right(grader: Grader) -> None:
    grader.close(1.0, 1.0, known_mistakes={1.0: "It can be, on some inputs."})


def test_of_long_arrays_the_first_wrong_place_is_shown(grader: Grader) -> None:
    want = np.arange(100.0).reshape(10, 10)
    got = want.copy()
    got[3, 4] = got[5, 6] = -1
    message = said(lambda: grader.close(got, want))
    assert "2 of 100 places" in message
    assert "at [3, 4] it is -1; 34 was expected" in message


def test_shapes_are_named_when_they_are_wrong(grader: Grader) -> None:
    assert said(lambda: grader.close(np.zeros(3), np.ones((3, 1)))).startswith(
        "the result is [0, 0, 0], of shape (3,); [[1], [1], [1]], of shape (3, 1) was expected."
    )
    assert "(2, …) was expected" in said(lambda: grader.array(np.zeros(3), shape=(2, None)))
    assert "single number" in said(lambda: grader.scalar(np.zeros(1)))


def test_arrays_are_of_the_kind_asked_for(grader: Grader) -> None:
    assert grader.array(np.ones(2, dtype=np.float32), dtype="float").dtype == np.float64
    assert grader.array([True, False], dtype="bool").tolist() == [True, False]
    assert grader.array(np.zeros((2, 5)), shape=(None, 5)).shape == (2, 5)
    assert "int64 values; one of float values" in said(lambda: grader.array(np.arange(3), dtype="float"))


@pytest.mark.parametrize(
    ("got", "expected"),
    [((2, 3), [2, 3]), (np.array(3), 3), (np.array([1, 2]), (1, 2)), ({"a": np.array([1])}, {"a": [1]})],
)
def test_equal_looks_at_the_items(grader: Grader, got: Any, expected: Any) -> None:
    grader.equal(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"), [("3", 3), ([3], 3), (None, 0), ([1, 2], [2, 1]), (FUNCTION, 1)]
)
def test_equal_is_exact(grader: Grader, got: Any, expected: Any) -> None:
    said(lambda: grader.equal(got, expected))


class Watched(list[int]):
    """Counts how many of its items were looked at."""

    seen = 0

    def __iter__(self) -> Iterator[int]:
        for item in list.__iter__(self):
            self.seen += 1
            yield item


@pytest.mark.parametrize(("wanted", "seen"), [([0, 3, 3, 3], 2), ([0, 1], 0), (5, 0)])
def test_what_is_compared_is_looked_at_up_to_the_first_difference(wanted: Any, seen: int) -> None:
    got = Watched(range(4))
    assert not is_same(got, wanted)
    assert got.seen == seen


def test_an_empty_array_is_shown_by_its_shape(grader: Grader) -> None:
    assert "(1000000, 0)" in said(lambda: grader.equal(np.zeros((1_000_000, 0)), 3))


def test_expect_and_fail_end_the_check(grader: Grader) -> None:
    grader.expect(np.bool_(True), "unseen")
    assert said(lambda: grader.expect(False, "seen")) == "seen"
    assert said(lambda: grader.fail("so it is")) == "so it is"


@given(st.integers(0, 2**62))
def test_inputs_follow_from_the_seed_and_the_check(seed: int) -> None:
    def draw(seed: int, check: str) -> list[float]:
        (values,) = next(iter(Grader(seed, check, {}).arrays(1, [(4,)])))
        return list(values)

    assert draw(seed, "a") == draw(seed, "a")
    assert draw(seed, "a") != draw(seed, "b")
    assert draw(seed, "a") != draw(seed + 1, "a")


def test_inputs_are_exactly_what_the_learner_gets(grader: Grader) -> None:
    for one, two in grader.arrays(cases=3, shapes=[(2, 3), ()], low=0.1, high=0.2):
        assert one.shape == (2, 3)
        assert two.shape == ()
        assert np.array_equal(one.astype(np.float32).astype(np.float64), one)
        assert ((one >= 0.1 - 1e-7) & (one <= 0.2)).all()


def test_inputs_of_other_kinds(grader: Grader) -> None:
    ((whole,),) = grader.arrays(1, [(50,)], low=2, high=5, dtype="int")
    assert set(whole.tolist()) <= {2, 3, 4}
    ((flags,),) = grader.arrays(1, [(50,)], dtype="bool")
    assert flags.dtype == np.bool_
