"""The house stands: who may import whom, and what is loaded before the first frame."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.paths import PACKAGE
from tests.bench.first_frame import HEAVY, modules_at_first_frame, store_a_view

LAYERS: tuple[set[str], ...] = (
    {"errors", "live", "maths", "difference"},
    {"files", "faultlog", "paths", "times", "markdown", "side_by_side"},
    {"settings", "curriculum"},
    {"quiz", "memory", "progress", "datasets"},
    {"grading"},
    {"library", "plan", "work", "training"},
    {"page", "reviews", "validation"},
    {"history"},
    {"quizzing", "practising"},
    {"study"},
    {"health"},
    {"tui"},
    {"start"},
    {"cli"},
    {"__main__"},
)
"""From the ground up: a part may use those below it, and none beside it."""
HEIGHT = {part: height for height, layer in enumerate(LAYERS) for part in layer}
WORKER_MAY_NOT_KNOW = {"checks", "manifest", "exercises", "grader", "session"}


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): ast.parse(file.read_text(encoding="utf-8")) for file in PACKAGE.rglob("*.py")}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in `tree`, within functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (inner for name in node.names if (inner := f"{node.module}.{name.name}") in MODULES)


def part_of(module: str) -> str | None:
    """The part of the house that a module belongs to."""
    return module.split(".")[1] if module.startswith("studytrack.") else None


def test_every_part_has_its_place() -> None:
    assert {part for module in MODULES if (part := part_of(module))} <= set(HEIGHT)


def test_imports_point_downwards() -> None:
    upwards = [
        f"{module} imports {other}"
        for module, tree in MODULES.items()
        for other in imported(tree)
        if (mine := part_of(module)) and (theirs := part_of(other)) and theirs in HEIGHT
        if mine != theirs and HEIGHT[mine] <= HEIGHT[theirs]
    ]
    assert upwards == []


def test_only_the_screens_know_textual() -> None:
    knowing = {
        module for module, tree in MODULES.items() for name in imported(tree) if name.startswith("textual")
    }
    assert {part_of(module) for module in knowing} <= {"tui"}


def test_only_the_grader_side_knows_torch() -> None:
    libraries = {"torch", "fastai", "torchvision"}
    knowing = {
        module for module, tree in MODULES.items() if {n.split(".")[0] for n in imported(tree)} & libraries
    }
    assert {part_of(module) for module in knowing} <= {"grading"}


def test_the_screens_are_imported_within_functions_only() -> None:
    at_once = [
        module
        for module, tree in MODULES.items()
        if part_of(module) != "tui"
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for name in imported(statement)
        if part_of(name) == "tui"
    ]
    assert at_once == []


def test_the_worker_knows_no_answers() -> None:
    reached = {"studytrack.grading.worker"}
    waiting = list(reached)
    while waiting:
        found = {name for name in imported(MODULES[waiting.pop()]) if name in MODULES} - reached
        reached |= found
        waiting += found
    assert len(reached) > 1
    assert not {f"studytrack.grading.{name}" for name in WORKER_MAY_NOT_KNOW} & reached
    assert not {module for module in reached if part_of(module) in ("curriculum", "progress", "quiz")}


@pytest.mark.parametrize("start", ["first", "later"])
def test_the_first_frame_waits_for_nothing_heavy(start: str, tmp_path: Path) -> None:
    if start == "later":
        store_a_view(tmp_path)
    loaded = modules_at_first_frame(tmp_path)
    assert "studytrack.tui.app" in loaded
    assert not loaded & HEAVY
