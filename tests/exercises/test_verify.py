"""Every shipped exercise is sound: `author verify` has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.grading.authoring.verify import verify
from studytrack.grading.exercises import find_exercises

EXERCISES = find_exercises([Path(__file__).parents[2] / "exercises"])


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_exercise_is_sound(exercise: str) -> None:
    assert list(map(str, verify(EXERCISES[exercise], seeds=1))) == []


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_exercise_is_sound_on_more_seeds(exercise: str) -> None:
    assert list(map(str, verify(EXERCISES[exercise], seeds=20))) == []
