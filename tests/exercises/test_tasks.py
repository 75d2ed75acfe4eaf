"""The tasks can be read where they are read: in a terminal, beside the learner's code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

EXERCISES = Path(__file__).parents[2] / "exercises"
FOLDERS = sorted(path.parent for path in EXERCISES.glob("*/exercise.yaml"))
TERMINAL = 80
HALF = 58
"""The columns of a task beside the code on a terminal of 120."""

each_exercise = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def texts(folder: Path) -> list[str]:
    """The task and the hints, as a learner reads them."""
    manifest = yaml.safe_load((folder / "exercise.yaml").read_text())
    return [(folder / "task.md").read_text(), *manifest["hints"]]


def fences(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def test_there_are_exercises() -> None:
    assert FOLDERS


@each_exercise
def test_a_line_fits_a_terminal(folder: Path) -> None:
    assert [line for text in texts(folder) for line in text.splitlines() if len(line) > TERMINAL] == []


@each_exercise
def test_pictures_and_code_fit_the_half_of_a_wide_terminal(folder: Path) -> None:
    lines = [line for text in texts(folder) for block in fences(text) for line in block.splitlines()]
    assert lines
    assert [line for line in lines if len(line) > HALF] == []


@each_exercise
def test_the_task_names_the_signatures_of_the_starter_and_no_others(folder: Path) -> None:
    def signatures(code: str) -> set[str]:
        functions = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef))
        return {f"{f.name}({', '.join(arg.arg for arg in f.args.args)})" for f in functions}

    starter = signatures((folder / "starter.py").read_text())
    blocks = fences((folder / "task.md").read_text())
    in_task = {signature for block in blocks if block.startswith("def ") for signature in signatures(block)}
    assert in_task == starter
    assert starter <= signatures((folder / "solution.py").read_text())


@each_exercise
def test_a_mutant_says_what_it_is_for(folder: Path) -> None:
    checks = {check["id"] for check in yaml.safe_load((folder / "exercise.yaml").read_text())["checks"]}
    mutants = sorted((folder / "mutants").glob("*.py"))
    assert len(mutants) >= 4
    for mutant in mutants:
        fails, says = mutant.read_text().splitlines()[:2]
        assert fails.removeprefix("# fails: ") in checks, mutant.name
        assert says.removeprefix("# says: ").strip() not in ("", says), mutant.name


@each_exercise
def test_the_manifest_names_its_schema(folder: Path) -> None:
    first = (folder / "exercise.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../exercise.schema.json"
