"""What can be seen of an exercise without running anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from studytrack.curriculum.reading import read_source as read_yaml
from studytrack.errors import Fault, nearest
from studytrack.grading.authoring.code import check_places, signatures, statements, syntax_fault
from studytrack.grading.authoring.mutants import FEWEST
from studytrack.grading.exercises import MANIFEST, Exercise
from studytrack.grading.source import read_source

WIDEST = 58
"""The columns that a task has beside the code on a terminal of 120; code in it is not wrapped."""
_FENCE = re.compile(r"^```[^\n]*\n(?P<code>.*?)^```", flags=re.DOTALL | re.MULTILINE)


def broken(exercise: Exercise) -> Iterator[Fault]:
    """What keeps an exercise from being run at all."""
    unreadable = [
        fault
        for file in (exercise.starter, exercise.solution, exercise.checks_file)
        if (fault := syntax_fault(file))
    ]
    yield from unreadable
    yield from _not_utf_8(exercise.task)
    if not unreadable:
        yield from _checks_and_manifest(exercise)


def _not_utf_8(file: Path) -> Iterator[Fault]:
    data = file.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
        yield Fault(file, line, column, "the line holds bytes that are not UTF-8", "save the file as UTF-8")


def _checks_and_manifest(exercise: Exercise) -> Iterator[Fault]:
    """Checks that are planned and not written, written and not planned, or written twice."""
    file, planned = exercise.checks_file, [check.id for check in exercise.manifest.checks]
    written: set[str] = set()
    for id, line, column in check_places(file):
        if id not in planned:
            yield Fault(file, line, column, f"{MANIFEST} has no check `{id}`", nearest(id, planned))
        if id in written:
            yield Fault(file, line, column, f"another function checks `{id}`", "give each an id of its own")
        written.add(id)
    manifest = read_yaml(exercise.folder / MANIFEST)
    for number, id in enumerate(planned):
        if id not in written:
            problem = f"no function of {file.name} checks `{id}`"
            yield manifest.fault(["checks", number, "id"], problem, f'write it: @check("{id}")')


def lacking(exercise: Exercise) -> Iterator[Fault]:
    """What a learner would miss, in an exercise that is not `broken`."""
    yield from _task(exercise)
    yield from _hints(exercise)
    yield from _solution(exercise)
    if (number := len(exercise.mutants)) < FEWEST:
        problem = f"there {'is 1 mutant' if number == 1 else f'are {number} mutants'}"
        remedy = f"write at least {FEWEST} typical wrong answers"
        yield Fault(exercise.folder / "mutants", 1, 1, problem, remedy)


def _task(exercise: Exercise) -> Iterator[Fault]:
    """The task names all that is to be written, as the starter has it."""
    file, text = exercise.task, exercise.task.read_text(encoding="utf-8")
    if not text.strip():
        yield Fault(file, 1, 1, "the task is empty", "say what to write")
        return
    asked = signatures(read_source(exercise.starter))
    for name, signature in asked.items():
        if not re.search(rf"\b{re.escape(name)}\b", text):
            yield Fault(
                file, 1, 1, f"the task does not name `{signature}` of the starter", "say what it does"
            )
    for fence in _FENCE.finditer(text):
        line = text.count("\n", 0, fence.start("code")) + 1
        for name, signature in signatures(fence["code"]).items():
            if fence["code"].startswith("def ") and asked.get(name) != signature:
                remedy = f"the starter has {asked.get(name, 'no such function')}"
                yield Fault(file, line, 1, f"the task asks for `{signature}`", remedy)
    for line in _too_wide(text):
        yield Fault(file, line, WIDEST + 1, *_WIDE)


def _hints(exercise: Exercise) -> Iterator[Fault]:
    """No hint gives the whole solution away, which has a price of its own."""
    manifest = read_yaml(exercise.folder / MANIFEST)
    answer = statements(read_source(exercise.solution))
    for number, hint in enumerate(exercise.manifest.hints):
        said = " ".join(hint.split())
        if answer and all(statement in said for statement in answer):
            problem = f"hint {number + 1} gives the whole solution away"
            yield manifest.fault(["hints", number], problem, "leave the last step to the learner")
        if any(_too_wide(hint)):
            yield manifest.fault(["hints", number], *_WIDE)


_WIDE = (f"code is wider than {WIDEST} columns, the room beside the learner's code", "break the line")


def _too_wide(text: str) -> Iterator[int]:
    """The lines, counted from 1, of code in Markdown that would be cut off."""
    for fence in _FENCE.finditer(text):
        first = text.count("\n", 0, fence.start("code")) + 1
        for number, line in enumerate(fence["code"].splitlines(), first):
            if len(line) > WIDEST:
                yield number


def _solution(exercise: Exercise) -> Iterator[Fault]:
    """The solution has what the starter asks for, under the same names."""
    file: Path = exercise.solution
    solved = signatures(read_source(file))
    for name, signature in signatures(read_source(exercise.starter)).items():
        if solved.get(name) != signature:
            remedy = f"here it is `{solved[name]}`" if name in solved else "write it here too"
            yield Fault(file, 1, 1, f"the starter has `{signature}`, the solution has not", remedy)
