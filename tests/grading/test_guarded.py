"""On the plain tier the learner's code can write to the exercise; no verdict believes what it wrote."""

from __future__ import annotations

from studytrack.grading.session import BlockingSession
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import State
from tests.grading.conftest import SOLUTION, MakeExercise, grading_in

FORGED = """\
from studytrack.grading.checks import check
twice, hello, both = (check(id)(lambda grader, learner: None) for id in ("twice", "hello", "both"))
"""


def test_forged_checks_earn_nothing_and_are_put_back(make_exercise: MakeExercise) -> None:
    exercise = make_exercise()
    before = exercise.checks_file.read_bytes()
    forges = f"open({str(exercise.checks_file)!r}, 'w').write({FORGED!r})\n"
    wrong = "def twice(x): return x\ndef hello(): return 'wrong'\n"
    with BlockingSession(exercise, tier=PROCESS) as session:
        grade = grading_in(session)
        first = grade(forges + wrong)
        assert (first.verdict.state, first.verdict.score) == (State.BLOCKED, 0)
        assert "checks.py" in first.verdict.message
        assert exercise.checks_file.read_bytes() == before
        assert exercise.checks_file.with_name("checks.py.changed").read_text() == FORGED
        assert grade(wrong).verdict.score == 0
        assert grade(forges + SOLUTION).verdict.score == 0, "nor with right answers beside it"
        assert grade(SOLUTION).verdict.state is State.PASSED


def test_forged_checks_that_are_compiled_are_not_run(make_exercise: MakeExercise) -> None:
    exercise = make_exercise()
    forges = f"""
        import importlib.util, os
        from importlib import _bootstrap_external
        checks = {str(exercise.checks_file)!r}
        status, compiled = os.stat(checks), importlib.util.cache_from_source(checks)
        code = compile({FORGED!r}, checks, "exec")
        os.makedirs(os.path.dirname(compiled), exist_ok=True)
        with open(compiled, "wb") as file:
            file.write(
                _bootstrap_external._code_to_timestamp_pyc(code, int(status.st_mtime), status.st_size)
            )
        """
    wrong = "def twice(x): return x\ndef hello(): return 'wrong'\n"
    with BlockingSession(exercise, tier=PROCESS) as session:
        grade = grading_in(session)
        grade(forges)
        assert next(exercise.folder.rglob("*.pyc"), None), "it was written, and means nothing"
        assert grade(wrong).verdict.score == 0


def test_a_file_that_was_deleted_is_there_again(make_exercise: MakeExercise) -> None:
    exercise = make_exercise()
    deletes = f"import os\nos.unlink({str(exercise.solution)!r})\n{SOLUTION}"
    with BlockingSession(exercise, tier=PROCESS) as session:
        assert grading_in(session)(deletes).verdict.state is State.BLOCKED
    assert exercise.solution.read_text() == SOLUTION
