"""Right answers of other kinds than the solution pass as well, on any seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.grading.exercises import find_exercises
from studytrack.grading.session import BlockingSession
from studytrack.grading.verdict import State, Verdict

VARIANTS = Path(__file__).parent / "variants"
EXERCISES = find_exercises([Path(__file__).parents[2] / "exercises"])


def verdicts(exercise: str, seeds: range) -> dict[str, list[Verdict]]:
    """What each variant of an exercise gets, one verdict for each seed."""
    files = sorted((VARIANTS / exercise).glob("*.py"))
    with BlockingSession(EXERCISES[exercise]) as session:
        return {
            file.stem: [session.grade(file.read_text(), file, seed=seed).verdict for seed in seeds]
            for file in files
        }


def faults(exercise: str, seeds: range) -> list[str]:
    """The attempts that did not get every point, in words."""
    graded = verdicts(exercise, seeds)
    assert len(graded) >= 2, "every exercise is solved in at least two other ways"
    return [
        f"{variant}: {verdict.state} {verdict.message} {[check.message for check in verdict.checks]}"
        for variant, of_one in graded.items()
        for verdict in of_one
        if (verdict.state, verdict.score) != (State.PASSED, verdict.max_score)
    ]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_other_right_answers_get_every_point(exercise: str) -> None:
    assert faults(exercise, range(2)) == []


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_other_right_answers_get_every_point_on_more_seeds(exercise: str) -> None:
    assert faults(exercise, range(2, 22)) == []
