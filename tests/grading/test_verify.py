"""An exercise is proved, or what is wrong with it is told."""

from __future__ import annotations

import pytest

from studytrack.grading.authoring import trials
from studytrack.grading.authoring.verify import Verification, verify
from studytrack.grading.exercises import Exercise
from tests.grading.conftest import CHECKS, MANIFEST, SOLUTION, STARTER, MakeExercise

SQUARES = "# fails: twice\n# says: That is the square.\n" + SOLUTION.replace("x * 2", "x ** 2")
SILENT = "# fails: hello\n# says: was expected\n" + SOLUTION.replace('"hello"', "None")
SHOUTS = "# fails: hello\n# says: 'HELLO'\n" + SOLUTION.replace('"hello"', '"HELLO"')
FLAT = "# fails: twice\n# says: shape\n" + SOLUTION.replace("x * 2", "(x * 2).reshape(-1)")
GONE = "# fails: both\n# says: is gone\n" + SOLUTION.replace(
    '    return "hello"', '    global twice\n    del twice\n    return "hello"'
)
MUTANTS = {
    f"mutants/{name}.py": text
    for name, text in (("a", SQUARES), ("b", SILENT), ("c", SHOUTS), ("d", FLAT), ("e", GONE))
}


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
    assert (
        "passes.py:1:10: the check `twice`, which is to fail, is passed with seed 0; see checks.py:4"
        in faults
    )
    assert "other.py:2:9: the check `twice` says 'twice(x)" in faults
    assert "it was to say 'That is the cube.': see checks.py:4" in faults
    assert "waits.py:1:10: the check `both`, which is to fail, is skipped" in faults
    assert "unknown.py:1:10: there is no check `thrice`; did you mean 'twice'?" in faults
    assert "bare.py:1:1: does not say which check it fails" in faults


def test_a_check_that_no_mutant_fails_is_told(make_exercise: MakeExercise) -> None:
    untested = {name: text for name, text in MUTANTS.items() if text is not GONE}
    faults = told(make_exercise(**untested), seeds=1)
    assert faults.endswith(
        "exercise.yaml:12:10: no mutant fails the check `both`; write a wrong answer that does"
    )


def test_a_check_that_fails_without_a_word_is_told(make_exercise: MakeExercise) -> None:
    silent = CHECKS.replace('grader.equal(learner.call("hello"), "hello", what="hello()")', "grader.fail('')")
    faults = told(make_exercise(checks__py=silent, **MUTANTS), seeds=1)
    assert "checks.py:11:1: `hello` has nothing to say about mutants/b.py" in faults


def test_too_few_mutants_and_an_empty_task_are_told(make_exercise: MakeExercise) -> None:
    faults = told(make_exercise(task__md=" \n"), seeds=1)
    assert "the task is empty" in faults
    assert "there are 0 mutants" in faults


def test_a_solution_that_misses_a_point_is_told(make_exercise: MakeExercise) -> None:
    wrong = SOLUTION.replace("x * 2", "x ** 2")
    faults = told(make_exercise(solution__py=wrong, **MUTANTS), seeds=1)
    assert (
        "solution.py:1:1: the solution passes 0 of 1 seeds; `twice` fails with seed 0: twice(x) is" in faults
    )


def test_a_solution_that_is_flaky_is_told_with_its_seeds_and_the_rate(make_exercise: MakeExercise) -> None:
    unlucky = "    grader.expect(grader.seed not in (1, 4), f'unlucky {grader.seed}')\n    grader.equal("
    flaky = CHECKS.replace("    grader.equal(", unlucky)
    verification = Verification(make_exercise(checks__py=flaky, **MUTANTS), seeds=6)
    [fault] = [fault for fault in verification.faults() if "passes" in fault.problem]
    assert str(fault).endswith(
        "checks.py:11:1: the solution passes 4 of 6 seeds; `hello` fails with seeds 1, 4: unlucky 1; "
        "draw inputs and set tolerances so that right answers always pass"
    )
    assert verification.tried == 6
    assert 0 < verification.slowest < 1


def test_a_hopeless_solution_is_not_tried_on_all_seeds(make_exercise: MakeExercise) -> None:
    verification = Verification(make_exercise(solution__py=STARTER, **MUTANTS), seeds=200)
    assert "passes 0 of 5 seeds" in "\n".join(map(str, verification.faults()))


def test_what_is_being_done_is_told(make_exercise: MakeExercise) -> None:
    heard: list[str] = []
    assert not list(Verification(make_exercise(**MUTANTS), seeds=2, tell=heard.append).faults())
    assert heard[:4] == [
        "the starter",
        "the starter",
        "the solution, seed 1 of 2",
        "the solution, seed 2 of 2",
    ]
    assert "mutant 5 of 5, e" in heard


def test_a_starter_that_counts_as_an_attempt_is_told(make_exercise: MakeExercise) -> None:
    given = STARTER.replace("def hello():\n    raise NotImplementedError", 'def hello():\n    return "hello"')
    faults = told(make_exercise(starter__py=given, **MUTANTS), seeds=1)
    assert "starter.py:1:1: is partial with 2 points" in faults


def test_a_check_that_breaks_is_told_where_the_exception_arose(make_exercise: MakeExercise) -> None:
    brittle = CHECKS.replace(
        'grader.equal(learner.call("hello")', 'grader.equal(learner.call("hello").lower()'
    )
    faults = told(make_exercise(checks__py=brittle, **MUTANTS), seeds=1)
    assert "checks.py:13:18: AttributeError: 'NoneType' object has no attribute 'lower'" in faults
    assert "(b.py, seed 0)" in faults


def test_a_solution_without_room_for_slow_machines_is_told(make_exercise: MakeExercise) -> None:
    slow = "import time\ntime.sleep(0.6)\n" + SOLUTION
    faults = told(make_exercise(solution__py=slow, **MUTANTS), seeds=1)
    assert "exercise.yaml:7:19: the solution takes" in faults
    assert "s of the 1 s allowed; raise limits.seconds" in faults


def test_a_solution_that_runs_long_for_its_minutes_is_told(
    make_exercise: MakeExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "_WAIT", 1e-6)
    manifest = MANIFEST.format(name="small", preload="", seconds=1)
    faults = told(make_exercise(exercise__yaml=manifest, **MUTANTS), seeds=1)
    assert "exercise.yaml:5:10: one run takes 0." in faults
    assert "s of the 5 minutes stated; train less, or state more minutes" in faults
