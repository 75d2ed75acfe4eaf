"""The smallest case that fails is told of, and the mistake that explains the next ones too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from studytrack.grading.calls import Calls, Double
from studytrack.grading.cases import run_cases
from studytrack.grading.checks import Check, Grader, Learner, check
from studytrack.grading.handles import Handle
from studytrack.grading.outcomes import Unmet
from studytrack.grading.shapes import why_shape
from studytrack.grading.verdict import Finding, State

Answer = Callable[..., Any]


class Answering:
    """A learner's file in which every function is the same."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.calls: list[tuple[Any, ...]] = []

    def call(self, function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        self.calls.append(tuple(args))
        return self.answer(*args, **kwargs)

    def has(self, name: str) -> bool:
        return True

    def seed(self, value: int) -> None: ...


@check("mean", cases=[1, 2, 3, 20, 30, 40])
def the_mean(grader: Grader, learner: Learner, n: int) -> None:
    (x,) = grader.draw((n,))
    grader.close(
        learner.call("mean", x),
        x.mean(),
        known_mistakes=[
            (x.max(), "That is the largest."),
            (x.sum(), "That is the sum."),
            (np.median(x), "That is the median."),
        ],
    )


def wrong(checked: Check, answer: Answer) -> tuple[Unmet, Answering]:
    """How a check ends on wrong answers, and what was asked."""
    answering, calls = Answering(answer), Calls({"mean": ["x"]})
    with pytest.raises(Unmet) as caught:
        run_cases(checked, lambda case: Grader(7, checked.id, {}, calls, case), Learner(answering, calls))
    return caught.value, answering


def found(unmet: Unmet) -> Finding:
    assert unmet.finding is not None
    return unmet.finding


def test_a_right_answer_passes_every_case() -> None:
    answering = Answering(lambda x: x.mean())
    run_cases(the_mean, lambda case: Grader(7, "mean", {}, None, case), Learner(answering))
    assert [len(x) for (x,) in answering.calls] == [1, 2, 3, 20, 30, 40]


def test_the_first_and_smallest_wrong_case_is_shown_in_full() -> None:
    unmet, answering = wrong(the_mean, lambda x: x.sum())
    (x,) = answering.calls[1]
    told = found(unmet)
    assert told.call == "mean(x)"
    assert told.given == (f"x = tensor([{x[0]:.5g}, {x[1]:.5g}])",)
    assert told.mistake == "That is the sum."
    assert (
        unmet.message
        == f"mean(x) is {told.got}; {told.expected} was expected for {told.given[0]}. That is the sum."
    )


def test_of_mistakes_that_come_to_the_same_the_one_is_named_that_explains_the_others_too() -> None:
    # Of three numbers the middle one is wrong, as the median; of twenty only the median is.
    unmet, _ = wrong(the_mean, lambda x: np.median(x))
    assert found(unmet).mistake == "That is the median."
    unmet, _ = wrong(the_mean, lambda x: x.max())
    assert found(unmet).mistake == "That is the largest."


def test_a_mistake_that_explains_the_smallest_case_alone_is_not_named() -> None:
    unmet, _ = wrong(the_mean, lambda x: x.sum() if len(x) == 2 else -77.0)
    assert found(unmet).mistake == ""
    assert "77" in found(unmet).got


def test_a_mistake_that_shows_in_most_of_the_cases_is_named_with_the_first() -> None:
    unmet, _ = wrong(the_mean, lambda x: float("nan") if len(x) == 1 else x.sum())
    assert "NaN" in found(unmet).got
    assert found(unmet).mistake == "That is the sum."


def test_a_few_more_cases_are_looked_at_and_not_all() -> None:
    _, answering = wrong(the_mean, lambda x: 1e9)
    assert len(answering.calls) == 4


def test_cases_are_the_same_under_a_seed_and_independent_of_each_other() -> None:
    @check("mean", cases=[2, 3])
    def fewer(grader: Grader, learner: Learner, n: int) -> None:
        the_mean.run(grader, learner, n)

    _, first = wrong(fewer, lambda x: 1e9)
    _, second = wrong(fewer, lambda x: 1e9)
    _, others = wrong(the_mean, lambda x: 1e9)
    assert [x.tolist() for (x,) in first.calls] == [x.tolist() for (x,) in second.calls]
    assert first.calls[0][0].tolist() != others.calls[1][0].tolist()


def test_what_a_check_says_in_its_own_words_is_said_at_once() -> None:
    @check("short", cases=[1, 2, 3])
    def short(grader: Grader, learner: Learner, n: int) -> None:
        learner.call("mean", n)
        grader.expect(n < 2, f"{n} is too many.")

    unmet, answering = wrong(short, lambda n: n)
    assert unmet.message == "2 is too many."
    assert len(answering.calls) == 2


def call_text(
    function: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None
) -> tuple[str, tuple[str, ...]]:
    calls = Calls({"fit": ["x", "y", "lr", "steps"], "curve": ["a", "b", "x"]})
    calls.note("make", [1, 2], {})
    calls.returned(Handle(3, "function"))
    calls.note(function, args, kwargs or {})
    return calls.call, calls.given


SMALL, LARGE = np.array([[0.5], [1.25]]), np.zeros((20, 1))


@pytest.mark.parametrize(
    ("function", "args", "call", "given"),
    [
        ("fit", [SMALL, LARGE, 0.01, 3], "fit(x, y, lr=0.01, steps=3)", "x = tensor([[0.5], [1.25]])"),
        ("curve", [3, 2.5, SMALL], "curve(3, 2.5, x)", "x = tensor([[0.5], [1.25]])"),
        ("curve", [3, 2, Double(LARGE)], "curve(3, 2, x)", "x = a tensor of shape (20, 1)"),
        ("shape", [(3, 4), None, "a"], "shape((3, 4), None, 'a')", None),
        (Handle(3, "function"), [np.array([1.5])], "make(1, 2)(tensor([1.5]))", None),
        ("fit", [LARGE], "fit(x)", "x = a tensor of shape (20, 1)"),
    ],
)
def test_a_call_is_told_as_it_would_be_written(
    function: str | Handle, args: list[Any], call: str, given: str | None
) -> None:
    told, inputs = call_text(function, args)
    assert told == call
    assert (inputs[0] if inputs else None) == given


def test_named_arguments_are_named() -> None:
    assert call_text("fit", [SMALL], {"lr": 0.1})[0] == "fit(x, lr=0.1)"


@pytest.mark.parametrize(
    ("got", "want", "inputs", "says"),
    [
        ((7, 7), (7, 1), ((7, 1),), "A (7,) and a (7, 1) were combined"),
        ((7, 7), (7,), (), "A (7,) and a (7, 1) were combined"),
        ((3,), (4,), ((3, 4),), "The numbers along axis 1 were taken together; those along axis 0"),
        ((), (4,), ((3, 4),), "All numbers became one"),
        ((3, 4), (4,), ((3, 4),), "Nothing was taken together along axis 0"),
        ((4, 3), (3, 4), (), "The axes have changed places."),
        ((7,), (7, 1), (), "An axis of size 1 is missing"),
        ((7, 1), (7,), (), "an axis of size 1 too many"),
    ],
)
def test_a_wrong_shape_is_told_with_what_likely_made_it(
    got: tuple[int, ...], want: tuple[int, ...], inputs: tuple[tuple[int, ...], ...], says: str
) -> None:
    assert says in why_shape(got, want, inputs)


@pytest.mark.parametrize(("got", "want"), [((5,), (7,)), ((2, 3), (4, 5)), ((1, 1), (1,)), ((), (3, 2))])
def test_where_nothing_is_likely_nothing_is_guessed(got: tuple[int, ...], want: tuple[int, ...]) -> None:
    assert why_shape(got, want) in (
        "",
        "There is an axis of size 1 too many: `squeeze`, or an index, takes it away.",
    )


def test_a_known_mistake_is_named_before_a_guess_at_the_shape() -> None:
    grader = Grader(1, "any", {})
    column = np.zeros((3, 1))
    for mistakes, says in [((), "axis of size 1 is missing"), ([(np.zeros(3), "Flat.")], "Flat.")]:
        with pytest.raises(Unmet) as caught:
            grader.close(np.zeros(3), column, known_mistakes=mistakes)
        assert caught.value.state is State.INCORRECT
        assert caught.value.message.endswith(says) or says in caught.value.message
        assert says in found(caught.value).mistake
