"""What an error says to the person who meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.errors import CurriculumError, Fault, StudytrackError, nearest


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    assert str(StudytrackError("the disk is full", "make room")) == "the disk is full; make room"
    assert str(StudytrackError("the disk is full")) == "the disk is full"


def test_all_faults_are_listed_in_the_order_of_the_file() -> None:
    second = Fault(Path("a.yaml"), 10, 1, "it is late", "move it up")
    first = Fault(Path("a.yaml"), 9, 3, "it is early", "move it down")
    error = CurriculumError([second, first])
    assert str(error) == "a.yaml:9:3: it is early; move it down\na.yaml:10:1: it is late; move it up"
    assert error.exit_status == 1


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("tilte", ["title", "text"], "did you mean 'title'?"),
        ("fit", ["tensors", "fit_quadratic"], "did you mean 'fit_quadratic'?"),
        ("zzz", ["b", "a"], "known: a, b"),
        ("zzz", list("abcdefghij"), "known: a, b, c, d, e, f, g, h, …"),
        ("zzz", [], "there is none yet"),
    ],
)
def test_the_nearest_known_name(name: str, known: list[str], hint: str) -> None:
    assert nearest(name, known) == hint
