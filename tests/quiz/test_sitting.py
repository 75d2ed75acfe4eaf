"""A sitting asks everything, brings back what was not known, and keeps siblings apart."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.quiz.sitting import RETURNS_AFTER, Sitting, begin, siblings_apart

AGAIN, GOOD = 1, 3

topics = st.lists(st.sampled_from("abcde"), max_size=30).map(
    lambda letters: {f"{letter}{number}": letter for number, letter in enumerate(letters)}
)


def alone(*questions: str) -> Sitting:
    """A sitting without siblings."""
    return begin(questions, {})


def test_questions_come_in_their_order() -> None:
    sitting = alone("a", "b", "c")
    asked = []
    while sitting.next:
        asked.append(sitting.next)
        sitting = sitting.answered(sitting.next, GOOD)
    assert asked == ["a", "b", "c"]
    assert (sitting.done, sitting.total) == (3, 3)


def test_what_was_not_known_comes_back_a_few_questions_later() -> None:
    sitting = alone("a", "b", "c", "d", "e").answered("a", AGAIN)
    assert sitting.queue == ("b", "c", "d", "a", "e")
    assert (sitting.done, sitting.total) == (0, 5)


def test_near_the_end_it_comes_back_last() -> None:
    assert alone("a", "b").answered("a", AGAIN).queue == ("b", "a")
    assert alone("a").answered("a", AGAIN).queue == ("a",)


def test_it_comes_back_where_no_sibling_is_beside_it() -> None:
    about = {"a1": "a", "b": "b", "c": "c", "a2": "a", "d": "d", "e": "e"}
    sitting = begin(about, about).answered("a1", AGAIN)
    assert sitting.queue == ("b", "c", "a2", "d", "a1", "e")


def test_a_question_that_is_not_asked_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="not asked"):
        alone("a").answered("z", GOOD)


def test_a_question_is_asked_once_though_it_was_named_twice() -> None:
    assert alone("a", "b", "a").total == 2


@given(topics, st.lists(st.integers(1, 4), max_size=60))
def test_undo_restores_exactly(about: dict[str, str], ratings: list[int]) -> None:
    start = sitting = begin(about, about)
    history = []
    for rating in ratings:
        if sitting.next is None:
            break
        history.append(sitting)
        sitting = sitting.answered(sitting.next, rating)
    while history:
        sitting = sitting.undone()
        assert sitting == history.pop()
    assert sitting.undone() == sitting == start


@given(topics, st.lists(st.booleans(), max_size=60))
def test_everything_is_asked_until_it_is_known(about: dict[str, str], known: list[bool]) -> None:
    sitting = begin(about, about)
    right: Counter[str] = Counter()
    answers = iter(known)
    while sitting.next:
        question = sitting.next
        rating = GOOD if next(answers, True) else AGAIN
        right[question] += rating == GOOD
        left = len(sitting.queue) - 1
        sitting = sitting.answered(question, rating)
        if rating == AGAIN:
            assert sitting.queue.index(question) >= min(left, RETURNS_AFTER)
        assert sitting.done == right.total()
    assert right == dict.fromkeys(about, 1)


@given(topics)
def test_siblings_keep_apart_where_that_is_possible(about: dict[str, str]) -> None:
    order = siblings_apart(about, about)
    assert sorted(order) == sorted(about)
    beside = sum(about[one] == about[other] for one, other in pairwise(order))
    most = max(Counter(about.values()).values(), default=0)
    others = len(about) - most
    assert beside == max(0, most - others - 1), "no more than cannot be avoided"


@given(st.lists(st.integers(), unique=True).map(lambda numbers: [str(number) for number in numbers]))
def test_questions_without_siblings_keep_their_order(questions: list[str]) -> None:
    assert siblings_apart(questions, {}) == tuple(questions)
