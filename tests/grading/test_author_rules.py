"""What is wrong with an exercise before anything of it runs is told at its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.grading.authoring import rules
from studytrack.grading.authoring.verify import verify
from studytrack.grading.exercises import Exercise
from tests.grading.conftest import CHECKS, MANIFEST, SOLUTION, STARTER, MakeExercise
from tests.grading.test_verify import MUTANTS

HINTS = 'hints: [Think., "Write `2 * x`."]'


def broken(exercise: Exercise) -> str:
    return "\n".join(map(str, rules.broken(exercise)))


def lacking(exercise: Exercise) -> str:
    return "\n".join(map(str, rules.lacking(exercise)))


def manifest(old: str, new: str) -> str:
    whole = MANIFEST.format(name="small", preload="", seconds=1)
    assert old in whole
    return whole.replace(old, new)


@pytest.mark.parametrize("name", ["starter", "solution", "checks"])
def test_a_file_that_is_no_python_is_told_and_nothing_is_run(make_exercise: MakeExercise, name: str) -> None:
    exercise = make_exercise(**{f"{name}__py": "def twice(x):\n    return x *\n", **MUTANTS})
    assert [str(fault).removeprefix(str(exercise.folder)) for fault in verify(exercise, 1)] == [
        f"/{name}.py:2:15: SyntaxError: invalid syntax; mend it"
    ]


def test_a_mutant_that_is_no_python_hides_no_other(make_exercise: MakeExercise) -> None:
    mutants = MUTANTS | {
        "mutants/a.py": "# fails: twice\n# says: x\ndef twice(x:\n",
        "mutants/f.py": SOLUTION,
    }
    faults = "\n".join(map(str, verify(make_exercise(**mutants), 1)))
    assert "mutants/a.py:3:10: SyntaxError: '(' was never closed" in faults
    assert "mutants/f.py:1:1: does not say which check it fails" in faults


def test_bytes_that_are_not_utf_8_are_told(make_exercise: MakeExercise) -> None:
    exercise = make_exercise()
    exercise.task.write_bytes(b"Write `twice`\nand `hello` \xe9\n")
    exercise.starter.write_bytes(STARTER.encode() + b"# \xe9\n")
    faults = broken(exercise)
    assert "task.md:2:13: the line holds bytes that are not UTF-8" in faults
    assert "starter.py:7:3: The line holds bytes that are not UTF-8" in faults


def test_checks_and_manifest_must_agree(make_exercise: MakeExercise) -> None:
    faults = broken(make_exercise(checks__py=CHECKS.replace('@check("both")', '@check("boht")')))
    assert "checks.py:16:1: exercise.yaml has no check `boht`; did you mean 'both'?" in faults
    assert "exercise.yaml:12:10: no function of checks.py checks `both`" in faults


def test_two_functions_for_one_check_are_told(make_exercise: MakeExercise) -> None:
    faults = broken(make_exercise(checks__py=CHECKS.replace('@check("both")', '@check("hello")')))
    assert "checks.py:16:1: another function checks `hello`" in faults


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \n", "task.md:1:1: the task is empty"),
        ("Write `twice`.", "task.md:1:1: the task does not name `hello()` of the starter"),
        (
            "`hello` and\n\n```python\ndef twice(a, b): ...\n```",
            "task.md:4:1: the task asks for `twice(a, b)`; the starter has twice(x)",
        ),
        (f"twice, hello\n```\n{'x' * 58}\n{'x' * 59}\n```", "task.md:4:59: code is wider than 58 columns"),
    ],
)
def test_what_the_task_lacks_is_told(make_exercise: MakeExercise, text: str, says: str) -> None:
    faults = lacking(make_exercise(task__md=text, **MUTANTS))
    assert says in faults
    assert len(faults.splitlines()) == 1


def test_a_hint_that_gives_the_whole_solution_away_is_told(make_exercise: MakeExercise) -> None:
    told = "hints: [Think., \"First `return x * 2`, then `return 'hello'`.\"]"
    faults = lacking(make_exercise(exercise__yaml=manifest(HINTS, told), **MUTANTS))
    assert "exercise.yaml:8:17: hint 2 gives the whole solution away" in faults
    half = 'hints: [Think., "First `return x * 2`, then greet."]'
    assert not lacking(make_exercise(exercise__yaml=manifest(HINTS, half), **MUTANTS))


def test_a_hint_whose_code_is_cut_off_is_told(make_exercise: MakeExercise) -> None:
    wide = f"hints:\n  - Think.\n  - |\n    ```\n    {'x' * 59}\n    ```"
    faults = lacking(make_exercise(exercise__yaml=manifest(HINTS, wide), **MUTANTS))
    assert "exercise.yaml:10:5: code is wider than 58 columns" in faults


def test_a_solution_of_other_functions_is_told(make_exercise: MakeExercise) -> None:
    other = SOLUTION.replace("def twice(x)", "def twice(number)").replace("hello()", "greet()")
    faults = lacking(make_exercise(solution__py=other.replace("x *", "number *"), **MUTANTS))
    assert "the starter has `twice(x)`, the solution has not; here it is `twice(number)`" in faults
    assert "the starter has `hello()`, the solution has not; write it here too" in faults


def test_too_few_mutants_are_told(make_exercise: MakeExercise) -> None:
    assert "mutants:1:1: there are 0 mutants; write at least 4" in lacking(make_exercise())


@pytest.mark.parametrize(
    ("checks", "says"),
    [
        ("import numpyy\n" + CHECKS, "checks.py:1:1: ModuleNotFoundError: No module named 'numpyy'"),
        (CHECKS + "\n\nLIMIT = [1, 2] + 3\n", "checks.py:21:9: TypeError"),
        ("import sys\n\nsys.exit(3)\n" + CHECKS, "checks.py:3:1: SystemExit: 3"),
        (CHECKS.replace("grader.close(got", "grader.closer(got"), "checks.py:8:9: AttributeError"),
    ],
    ids=["import", "module level", "exit", "in a check"],
)
def test_what_breaks_in_the_checks_is_told_once_at_its_place(
    make_exercise: MakeExercise, checks: str, says: str
) -> None:
    faults = [str(fault) for fault in verify(make_exercise(checks__py=checks, **MUTANTS), 2)]
    assert len([fault for fault in faults if says in fault]) == 1, faults
    assert len([fault for fault in faults if "checks.py:" in fault.split(": ")[0]]) == 1


def every_path(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_is_written_into_the_exercise(make_exercise: MakeExercise) -> None:
    exercise = make_exercise(**MUTANTS)
    before = list(every_path(exercise.folder))
    list(verify(exercise, 1))
    assert list(every_path(exercise.folder)) == before
