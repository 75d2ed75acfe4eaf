"""Choices change their places from showing to showing, and are marked by the places shown."""

from __future__ import annotations

from studytrack.curriculum.models import Number, OneOf, SeveralOf
from studytrack.quiz.marking import mark
from studytrack.quiz.showing import as_shown


def test_every_choice_is_shown(one_of: OneOf) -> None:
    shown = as_shown(one_of, 0)
    assert isinstance(shown, OneOf)
    assert set(shown.choices) == set(one_of.choices)


def test_a_showing_stays_the_same_until_it_is_answered(one_of: OneOf) -> None:
    assert as_shown(one_of, 5) == as_shown(one_of, 5)


def test_the_right_choice_has_no_place_of_its_own(one_of: OneOf) -> None:
    places = []
    for showing in range(200):
        shown = as_shown(one_of, showing)
        assert isinstance(shown, OneOf)
        places.append([choice.right for choice in shown.choices].index(True))
    assert all(30 < places.count(place) < 70 for place in range(4)), "fifty each"


def test_two_questions_with_the_same_choices_are_shuffled_apart(one_of: OneOf) -> None:
    other = one_of.model_copy(update={"id": "another"})

    def orders(question: OneOf) -> list[str]:
        return [repr(as_shown(question, showing)).partition("choices=")[2] for showing in range(10)]

    assert orders(one_of) != orders(other)


def test_a_number_means_the_choice_that_is_shown_with_it(several_of: SeveralOf) -> None:
    for showing in range(10):
        shown = as_shown(several_of, showing)
        assert isinstance(shown, SeveralOf)
        numbers = [str(number) for number, choice in enumerate(shown.choices, 1) if choice.right]
        assert mark(shown, ",".join(numbers)).correct is True


def test_a_question_without_choices_is_shown_as_it_is(number: Number) -> None:
    assert as_shown(number, 3) is number
