"""An author hears what the battery does to the exercise; some of it here, for the whole takes minutes."""

from __future__ import annotations

import pytest

from studytrack.grading.authoring.verify import Verification
from studytrack.grading.battery import running, submissions
from studytrack.grading.battery.attack import Attack, one
from studytrack.grading.verdict import State
from tests.grading.conftest import CHECKS, MakeExercise
from tests.grading.test_verify import MUTANTS

WRONG = Attack("a wrong answer", 13, "pass", one(State.INCORRECT))
LOST = Attack(
    "deleting the exercise",
    11,
    "import shutil\nif len(AIM['exercise']) > 1: shutil.rmtree(AIM['exercise'], ignore_errors=True)",
    one(State.INCORRECT),
)


@pytest.fixture(autouse=True)
def _two_attacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "ATTACKS", (WRONG, LOST))
    monkeypatch.setattr(submissions, "whole_files", lambda _: ())
    monkeypatch.setattr(running, "oddities", lambda _: ())


def attacked(verification: Verification) -> list[str]:
    return [str(fault) for fault in verification.faults() if "under attack" in fault.problem]


def test_what_earns_nothing_is_no_fault(make_exercise: MakeExercise) -> None:
    verification = Verification(make_exercise(**MUTANTS), seeds=1, battery=True)
    assert list(verification.faults()) == []
    assert verification.attacks == 2


def test_points_for_an_attack_are_told(make_exercise: MakeExercise) -> None:
    generous = CHECKS.replace("grader.close(got, 2 * x, known", "grader.close(0, 0, known")
    faults = attacked(Verification(make_exercise(checks__py=generous, **MUTANTS), seeds=1, battery=True))
    assert "checks.py:1:1: under attack by “a wrong answer”, it earned 1 of 4 points (twice)" in faults[0]


def test_the_author_s_own_files_are_out_of_reach_on_every_tier(
    make_exercise: MakeExercise, tier: str
) -> None:
    exercise = make_exercise(**MUTANTS)
    attacked(Verification(exercise, seeds=1, tier=tier, battery=True))
    assert exercise.solution.is_file()
