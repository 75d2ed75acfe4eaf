"""Small exercises, and sessions that keep a worker warm for all the tests of a tier."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from studytrack.errors import GradingError
from studytrack.grading.exercises import Exercise, find_exercises
from studytrack.grading.messages import Event, Finished
from studytrack.grading.sandbox import probe
from studytrack.grading.session import BlockingSession
from studytrack.grading.tiers import TIERS
from studytrack.grading.verdict import CheckResult, Verdict

MANIFEST = """\
id: {name}
title: Twice
lesson: any
summary: Doubling.
minutes: 5
preload: [{preload}]
limits: {{seconds: {seconds}, memory_mb: 200, output_kb: 64}}
hints: [Think., "Write `2 * x`."]
checks:
  - {{id: twice, title: Doubles}}
  - {{id: hello, title: Greets, points: 2}}
  - {{id: both, title: Does both, needs: [twice, hello]}}
"""
STARTER = """\
def twice(x):
    raise NotImplementedError


def hello():
    raise NotImplementedError
"""
SOLUTION = """\
def twice(x):
    return x * 2


def hello():
    return "hello"
"""
CHECKS = """\
from studytrack.grading.checks import Grader, Learner, check


@check("twice")
def doubles(grader: Grader, learner: Learner) -> None:
    for (x,) in grader.arrays(cases=3, shapes=[(3, 2)]):
        got = learner.call("twice", x)
        grader.close(got, 2 * x, known_mistakes=[(x**2, "That is the square.")], what="twice(x)")


@check("hello")
def greets(grader: Grader, learner: Learner) -> None:
    grader.equal(learner.call("hello"), "hello", what="hello()")


@check("both")
def does_both(grader: Grader, learner: Learner) -> None:
    grader.expect(learner.has("twice") and learner.has("hello"), "One of them is gone.")
"""

MakeExercise = Callable[..., Exercise]


def write_exercise(folder: Path, files: dict[str, str]) -> Exercise:
    """An exercise in `folder`, whose name becomes its id; `files` replace those of the small one."""
    preload, seconds = files.pop("preload", ""), files.pop("seconds", "1")
    whole = {
        "exercise.yaml": MANIFEST.format(name=folder.name, preload=preload, seconds=seconds),
        "task.md": "Write `twice` and `hello`.",
        "starter.py": STARTER,
        "solution.py": SOLUTION,
        "checks.py": CHECKS,
    } | files
    for name, text in whole.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return find_exercises([folder.parent])[folder.name]


@pytest.fixture
def make_exercise(tmp_path: Path) -> MakeExercise:
    """Writes an exercise; keyword arguments are files with `__` for `.`, or `preload` or `seconds`."""

    def make(name: str = "small", **files: str) -> Exercise:
        named = {key.replace("__", "."): text for key, text in files.items()}
        return write_exercise(tmp_path / "exercises" / name, named)

    return make


@pytest.fixture(scope="session")
def small_exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """The small exercise, without torch: its worker is warm in a moment."""
    return write_exercise(tmp_path_factory.mktemp("exercises") / "small", {})


@pytest.fixture(scope="session")
def torch_exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """The same with torch."""
    return write_exercise(
        tmp_path_factory.mktemp("exercises") / "tensors", {"preload": "torch", "seconds": "20"}
    )


@cache
def tier_works(tier: str) -> str | None:
    """Why a tier cannot be had on this machine, or None if it can."""
    try:
        probe(tier)
    except GradingError as error:
        return str(error)
    return None


@pytest.fixture(scope="session", params=list(TIERS))
def tier(request: pytest.FixtureRequest) -> str:
    """Each tier of isolation in turn, those skipped that this machine does not have."""
    name: str = request.param
    if reason := tier_works(name):
        pytest.skip(reason)
    return name


@dataclass
class Graded:
    """What became of one submission."""

    finished: Finished
    events: list[Event] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        return self.finished.verdict

    def __getitem__(self, check: str) -> CheckResult:
        return next(result for result in self.verdict.checks if result.id == check)


Grade = Callable[..., Graded]


def grading_in(session: BlockingSession) -> Grade:
    """A function that grades source code, dedented, in a session."""

    def grade(code: str, seed: int | None = None) -> Graded:
        events: list[Event] = []
        finished = session.grade(textwrap.dedent(code), Path("small.py"), events.append, seed)
        return Graded(finished, events)

    return grade


@pytest.fixture(scope="session")
def grade(small_exercise: Exercise, tier: str) -> Iterator[Grade]:
    """Grades a submission to the small exercise in a session that is warm."""
    with BlockingSession(small_exercise, tier=tier) as session:
        yield grading_in(session)


@pytest.fixture(scope="session")
def grade_with_torch(torch_exercise: Exercise) -> Iterator[Grade]:
    """The same with torch loaded, in the best tier there is."""
    with BlockingSession(torch_exercise) as session:
        yield grading_in(session)


def descendants(process: int) -> set[int]:
    """The processes below one, however deep, from proc(5)."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {process}} - found:
        found |= more
    return found


def command_line(process: int) -> str:
    """How a process was started; nothing where it has gone."""
    try:
        return Path("/proc", str(process), "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def processes_called(name: str) -> list[int]:
    """All the processes of the machine that have given themselves this name."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().strip() == name:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def await_end(processes: set[int], seconds: float = 10) -> None:
    """Wait until every one of them is gone; they need not be children of this process."""
    import select

    for process in processes:
        try:
            descriptor = os.pidfd_open(process)
        except ProcessLookupError:
            continue
        try:
            ready, _, _ = select.select([descriptor], [], [], seconds)
            assert ready, f"process {process} is still there"
        finally:
            os.close(descriptor)
