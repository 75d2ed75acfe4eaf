"""An exercise is proved, or what is wrong with it is told."""

from __future__ import annotations

from studytrack.grading.exercises import Exercise
from studytrack.grading.verify import verify
from tests.grading.conftest import CHECKS, SOLUTION, STARTER, MakeExercise

SQUARES = "# fails: twice\n# says: That is the square.\n" + SOLUTION.replace("x * 2", "x ** 2")
SILENT = "# fails: hello\n# says: was expected\n" + SOLUTION.replace('"hello"', "None")
SHOUTS = "# fails: hello\n# says: 'HELLO'\n" + SOLUTION.replace('"hello"', '"HELLO"')
FLAT = "# fails: twice\n# says: shape\n" + SOLUTION.replace("x * 2", "(x * 2).reshape(-1)")
MUTANTS = {"mutants/a.py": SQUARES, "mutants/b.py": SILENT, "mutants/c.py": SHOUTS, "mutants/d.py": FLAT}


def told(exercise: Exercise, seeds: int = 2) -> str:
    return "\n".join(map(str, verify(exercise, seeds)))


def test_a_sound_exercise_has_no_faults(make_exercise: MakeExercise) -> None:
    assert told(make_exercise(**MUTANTS)) == ""


def test_a_mutant_that_passes_or_says_something_else_is_told(make_exercise: MakeExercise) -> None:
    mutants = {
        "mutants/passes.py": "# fails: twice\n# says: x\n" + SOLUTION,
        "mutants/other.py": SQUARES.replace("That is the square.", "That is the cube."),
        "mutants/waits.py": SQUARES.replace("fails: twice", "fails: both"),
        "mutants/unknown.py": SQUARES.replace("fails: twice", "fails: thrice"),
        "mutants/bare.py": SOLUTION.replace("x * 2", "x"),
    }
    faults = told(make_exercise(**mutants), seeds=1)
    assert "passes.py:1:1: the check 'twice' is passed; it was to fail" in faults
    assert "not 'That is the cube.'" in faults
    assert "waits.py:1:1: the check 'both' is skipped" in faults
    assert faults.count("does not say which check it fails") == 2
    assert "see checks.py:4" in faults


def test_too_few_mutants_and_an_empty_task_are_told(make_exercise: MakeExercise) -> None:
    faults = told(make_exercise(task__md=" \n"), seeds=1)
    assert "the task is empty" in faults
    assert "there are 0 mutants" in faults


def test_a_solution_that_misses_a_point_is_told(make_exercise: MakeExercise) -> None:
    wrong = SOLUTION.replace("x * 2", "x ** 2")
    faults = told(make_exercise(solution__py=wrong, **MUTANTS), seeds=1)
    assert "solution.py:1:1: is partial with seed 0: twice: twice(x) is" in faults


def test_a_solution_that_is_flaky_is_told_with_its_seed(make_exercise: MakeExercise) -> None:
    unlucky = "    grader.expect(grader.seed != 1, 'unlucky')\n    grader.equal("
    flaky = CHECKS.replace("    grader.equal(", unlucky)
    faults = told(make_exercise(checks__py=flaky, **MUTANTS), seeds=3)
    assert "is partial with seed 1: hello: unlucky" in faults
    assert "seed 0" not in faults


def test_a_starter_that_counts_as_an_attempt_is_told(make_exercise: MakeExercise) -> None:
    given = STARTER.replace("def hello():\n    raise NotImplementedError", 'def hello():\n    return "hello"')
    faults = told(make_exercise(starter__py=given, **MUTANTS), seeds=1)
    assert "starter.py:1:1: is partial with 2 points" in faults


def test_a_check_that_breaks_on_a_mutant_is_told_at_its_line(make_exercise: MakeExercise) -> None:
    brittle = CHECKS.replace(
        'grader.equal(learner.call("hello")', 'grader.equal(learner.call("hello").lower()'
    )
    faults = told(make_exercise(checks__py=brittle, **MUTANTS), seeds=1)
    assert "checks.py:11:1: AttributeError: 'NoneType' object has no attribute 'lower'" in faults
    assert "b.py returns" in faults


def test_checks_and_manifest_must_agree(make_exercise: MakeExercise) -> None:
    faults = told(
        make_exercise(checks__py=CHECKS.replace('@check("both")', '@check("boht")'), **MUTANTS), seeds=1
    )
    assert "checks.py:1:1: no function checks 'both'" in faults
    assert "checks.py:16:1: exercise.yaml has no check 'boht'" in faults


def test_a_solution_without_room_for_slow_machines_is_told(make_exercise: MakeExercise) -> None:
    slow = "import time\ntime.sleep(0.6)\n" + SOLUTION
    assert "s of the 1 s allowed" in told(make_exercise(solution__py=slow, **MUTANTS), seeds=1)
