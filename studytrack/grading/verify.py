"""Proves an exercise: the solution gets every point, the starter none, and every mutant is found out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studytrack.errors import Fault
from studytrack.grading.exercises import MANIFEST, Exercise
from studytrack.grading.messages import Finished
from studytrack.grading.session import BlockingSession
from studytrack.grading.source import read_source
from studytrack.grading.verdict import State, Verdict

_FEWEST_MUTANTS = 4
_MOST_MUTANT_SEEDS = 5
"""A mutant's mistake is the same on every seed; more seeds would only take longer."""
_ROOM = 0.5
"""The share of its time limit that a solution may take: a learner's machine may be half as fast."""
_HEADER = re.compile(r"# fails: *(?P<fails>\S+) *\n# says: *(?P<says>\S.*?) *\n")


def verify(exercise: Exercise, seeds: int = 3, tier: str | None = None) -> Iterator[Fault]:
    """What keeps an exercise from being sound, as it is found; nothing if it is.

    The solution is graded on `seeds` seeds, each mutant on up to five of them, in the best tier of
    isolation unless `tier` names one.
    """
    yield from _files(exercise)
    with BlockingSession(exercise, tier=tier) as session:
        prover = _Prover(exercise, session)
        yield from prover.solution(seeds)
        yield from prover.starter()
        for file in exercise.mutants:
            yield from prover.mutant(file, min(seeds, _MOST_MUTANT_SEEDS))


def _files(exercise: Exercise) -> Iterator[Fault]:
    """What can be seen without running anything."""
    if not exercise.task.read_text().strip():
        yield Fault(exercise.task, 1, 1, "the task is empty", "say what to write")
    if len(exercise.mutants) < _FEWEST_MUTANTS:
        yield Fault(
            exercise.folder / "mutants",
            1,
            1,
            f"there are {len(exercise.mutants)} mutants",
            f"write at least {_FEWEST_MUTANTS} typical wrong answers",
        )
    checked, planned = check_lines(exercise.checks_file), {check.id for check in exercise.manifest.checks}
    for missing in sorted(planned - checked.keys()):
        yield Fault(
            exercise.checks_file, 1, 1, f"no function checks {missing!r}", f'write it: @check("{missing}")'
        )
    for extra in sorted(checked.keys() - planned):
        yield Fault(
            exercise.checks_file, checked[extra], 1, f"{MANIFEST} has no check {extra!r}", "add it there"
        )


def check_lines(file: Path) -> dict[str, int]:
    """The ids in the `@check("id")` of a file of checks, each with its line."""
    found = {}
    for node in ast.walk(ast.parse(file.read_text())):
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            match decorator:
                case ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=str(id))]):
                    found[id] = decorator.lineno
    return found


@dataclass(frozen=True)
class _Header:
    """What the first two lines of a mutant announce."""

    fails: str
    says: str


class _Prover:
    """Grades the files of one exercise in one session."""

    def __init__(self, exercise: Exercise, session: BlockingSession) -> None:
        self._exercise = exercise
        self._session = session
        self._lines = check_lines(exercise.checks_file)

    def solution(self, seeds: int) -> Iterator[Fault]:
        file = self._exercise.solution
        slowest = 0.0
        for seed in range(seeds):
            finished = self._grade(file, read_source(file), seed)
            yield from self._own_faults(finished, seed)
            verdict = finished.verdict
            slowest = max(slowest, verdict.seconds)
            if verdict.state not in (State.PASSED, State.GRADER_ERROR):
                yield Fault(
                    file,
                    1,
                    1,
                    f"is {verdict.state} with seed {seed}: {_why(verdict)}",
                    "every point is its due",
                )
        limit = self._exercise.manifest.limits.seconds
        if slowest > limit * _ROOM:
            yield Fault(
                self._exercise.folder / MANIFEST,
                1,
                1,
                f"the solution takes {slowest:.1f} s of the {limit:g} s allowed",
                "raise limits.seconds or train less",
            )

    def starter(self) -> Iterator[Fault]:
        """The starter counts as not attempted, as it is and with a change that does nothing."""
        file = self._exercise.starter
        source = read_source(file)
        for text in (source, f"{source}\nNone\n"):
            finished = self._grade(file, text, 0)
            yield from self._own_faults(finished, 0)
            verdict = finished.verdict
            if verdict.state not in (State.NOT_ATTEMPTED, State.GRADER_ERROR):
                yield Fault(
                    file,
                    1,
                    1,
                    f"is {verdict.state} with {verdict.score:g} points: {_why(verdict)}",
                    "let what is to be written raise NotImplementedError",
                )

    def mutant(self, file: Path, seeds: int) -> Iterator[Fault]:
        source = read_source(file)
        found = _HEADER.match(source)
        header = _Header(**found.groupdict()) if found else None
        if header is None or header.fails not in self._lines:
            yield Fault(
                file,
                1,
                1,
                "does not say which check it fails",
                "begin with `# fails: <check id>` and `# says: <a part of the message>`",
            )
            return
        for seed in range(seeds):
            finished = self._grade(file, source, seed)
            yield from self._own_faults(finished, seed)
            if problem := _not_found_out(finished.verdict, header):
                yield Fault(file, 1, 1, f"{problem} (seed {seed})", f"see {self._place(header.fails)}")
                return

    def _grade(self, file: Path, source: str, seed: int) -> Finished:
        return self._session.grade(source, file, seed=seed)

    def _own_faults(self, finished: Finished, seed: int) -> Iterator[Fault]:
        """Checks that failed by themselves, whatever they were given."""
        if finished.verdict.state is not State.GRADER_ERROR:
            return
        last = finished.trace.strip().rpartition("\n")[2] or finished.verdict.message
        failed = [check for check in finished.verdict.checks if check.state is State.GRADER_ERROR]
        line = self._lines.get(failed[0].id, 1) if failed else 1
        remedy = f"make the check stand whatever {Path(finished.verdict.file).name} returns"
        yield Fault(self._exercise.checks_file, line, 1, f"{last} (seed {seed})", remedy)

    def _place(self, check: str) -> str:
        return f"{self._exercise.checks_file.name}:{self._lines[check]}"


def _not_found_out(verdict: Verdict, header: _Header) -> str | None:
    """What is wrong with a mutant's verdict, or None if it is the one announced."""
    result = next(check for check in verdict.checks if check.id == header.fails)
    if result.state in (State.PASSED, State.SKIPPED):
        return f"the check {header.fails!r} is {result.state}; it was to fail. {_why(verdict)}".rstrip()
    if header.says not in result.message:
        return f"the check {header.fails!r} says {result.message!r}, not {header.says!r}"
    return None


def _why(verdict: Verdict) -> str:
    """The first thing that a verdict has against a file."""
    missed = (f"{check.id}: {check.message}" for check in verdict.checks if check.state is not State.PASSED)
    return verdict.message or next(missed, "")
