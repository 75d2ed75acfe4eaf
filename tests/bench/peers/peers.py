"""The peers: how each is given a submission, run, and asked what it made of it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.peers.contained import Ran, run
from tests.bench.peers.environment import Environment

ASSIGNMENTS = Path(__file__).parent / "assignments"


@dataclass(frozen=True)
class Outcome:
    """What a grader made of one submission."""

    points: float | None
    """Of one; None where there was no result."""
    seconds: float
    said: str = ""
    """The state in the grader's own words, where it has a word for it."""
    cut_short: bool = False
    """Whether we had to end it."""


class Peer(ABC):
    """A grader with the trivial assignment, in a folder of its own."""

    name = ""
    """What its package is called."""
    assignments = ""
    """The folder of its assignment."""

    def __init__(self, environment: Environment, folder: Path) -> None:
        self.environment = environment
        self.folder = folder / self.assignments
        self.assignment = ASSIGNMENTS / self.assignments
        shutil.copytree(self.assignment, self.folder)
        self.prepare()

    def grade(self, code: str, *, torch: bool = False, seconds: float = 120) -> Outcome:
        """What the grader makes of a submission, and how long it took from the save on."""
        self.put(code)
        variables = self.environment.variables_with_torch if torch else self.environment.variables
        ran = run(self.command, self.folder, variables, seconds)
        points = None if ran.cut_short else self.points(ran)
        status = f"status {ran.status}" if points is None and not ran.cut_short else ""
        return Outcome(points, ran.seconds, status, bool(ran.cut_short))

    def once(self, command: Sequence[str | Path]) -> None:
        """Runs a step of the preparation. Raises RuntimeError with what it said where it fails."""
        ran = run([str(part) for part in command], self.folder, self.environment.variables, 120)
        if ran.status:
            raise RuntimeError(f"{self.name}: {ran.output}")

    def prepare(self) -> None:  # noqa: B027 - most need nothing
        """Turns the assignment into what the grader runs."""

    @property
    def patch(self) -> str:
        """Code that makes this grader find everything right."""
        return (self.assignment / "patch.py").read_text(encoding="utf-8")

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """What grades the submission that was put."""

    @abstractmethod
    def put(self, code: str) -> None:
        """Puts a submission in place, and what was there of an earlier one away."""

    @abstractmethod
    def points(self, ran: Ran) -> float | None:
        """The points that the grader gave, of one; None where it gave no result."""


class Pytest(Peer):
    name = "pytest"
    assignments = "pytest"

    @property
    def command(self) -> list[str]:
        return [str(self.environment.bin / "python"), "-m", "pytest", "-q", "test_twice.py"]

    def put(self, code: str) -> None:
        (self.folder / "twice.py").write_text(code, encoding="utf-8")

    def points(self, ran: Ran) -> float | None:
        if ran.status == 0:
            return 1.0 if re.search(r"\b1 passed", ran.output) else None
        return 0.0 if re.search(r"\b1 (failed|error)", ran.output) else None


class Gradescope(Peer):
    name = "gradescope-utils"
    assignments = "gradescope"

    @property
    def command(self) -> list[str]:
        return [str(self.environment.bin / "python"), "run_tests.py"]

    def put(self, code: str) -> None:
        (self.folder / "twice.py").write_text(code, encoding="utf-8")
        (self.folder / "results.json").unlink(missing_ok=True)

    def points(self, _: Ran) -> float | None:
        results = _json_of(self.folder / "results.json")
        return results and float(results["score"])


class Check50(Peer):
    name = "check50"
    assignments = "check50"

    @property
    def command(self) -> list[str]:
        program = str(self.environment.bin / "check50")
        return [program, "--dev", str(self.assignment), "-o", "json", "--output-file", "../check50.json"]

    def prepare(self) -> None:
        for file in (self.folder / "checks.py", self.folder / ".cs50.yaml", self.folder / "patch.py"):
            file.unlink()

    def put(self, code: str) -> None:
        (self.folder / "twice.py").write_text(code, encoding="utf-8")
        (self.folder.parent / "check50.json").unlink(missing_ok=True)

    def points(self, _: Ran) -> float | None:
        results = _json_of(self.folder.parent / "check50.json")
        if not results or "results" not in results:
            return None
        return float(
            next(each["passed"] or False for each in results["results"] if each["name"] == "doubles")
        )


class Otter(Peer):
    name = "otter-grader"
    assignments = "otter"

    @property
    def command(self) -> list[str]:
        otter = [str(self.environment.bin / "otter"), "run", "--no-logo"]
        return [*otter, "--autograder", "autograder.zip", "--output-dir", "out", "twice.ipynb"]

    def prepare(self) -> None:
        program = self.environment.bin / "otter"
        self.once([program, "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"])

    def put(self, code: str) -> None:
        _write_notebook(self.folder / "twice.ipynb", [(code, {})])
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        (self.folder / "out").mkdir()

    def points(self, _: Ran) -> float | None:
        results = _json_of(self.folder / "out" / "results.json")
        return results and float(sum(test.get("score", 0) for test in results["tests"]))


class Nbgrader(Peer):
    name = "nbgrader"
    assignments = "nbgrader"

    @property
    def command(self) -> list[str]:
        return [str(self.environment.bin / "nbgrader"), "autograde", "twice", "--force"]

    def prepare(self) -> None:
        self._write(self.folder / "source" / "twice", "def twice(x):\n    ...")
        self.once([self.environment.bin / "nbgrader", "generate_assignment", "twice"])
        self.put("")
        self.once(self.command)  # so that there is a row for the points

    def _write(self, folder: Path, code: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        cells = [
            (code, _nbgrader_cell("twice", solution=True)),
            (
                (self.assignment / "checks.py").read_text(encoding="utf-8"),
                _nbgrader_cell("doubles", points=1),
            ),
        ]
        _write_notebook(folder / "twice.ipynb", cells)

    def put(self, code: str) -> None:
        self._write(self.folder / "submitted" / "learner" / "twice", code)
        shutil.rmtree(self.folder / "autograded", ignore_errors=True)
        with self._gradebook() as gradebook:
            gradebook.execute("update grade set auto_score = null")
            gradebook.commit()

    def points(self, _: Ran) -> float | None:
        with self._gradebook() as gradebook:
            found = gradebook.execute("select auto_score from grade where auto_score is not null").fetchone()
        return None if found is None else float(found[0])

    def _gradebook(self) -> closing[sqlite3.Connection]:
        gradebook = sqlite3.connect(self.folder / "gradebook.db")
        return closing(gradebook)


def _nbgrader_cell(name: str, *, solution: bool = False, points: int | None = None) -> dict[str, Any]:
    """The metadata of a cell that holds the solution, or one that is worth points."""
    cell = {"grade_id": name, "schema_version": 3, "solution": solution, "task": False}
    graded = {"grade": points is not None, "locked": points is not None}
    return {"nbgrader": cell | graded | ({} if points is None else {"points": points})}


def _write_notebook(file: Path, cells: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """A notebook of code cells, each with its metadata."""
    written: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": None, "metadata": data, "outputs": [], "source": code}
        for code, data in cells
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": written, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}
    file.write_text(json.dumps(notebook), encoding="utf-8")


def _json_of(file: Path) -> Any:
    """What a file holds; None where it is missing or was not finished."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


PEERS: tuple[type[Peer], ...] = (Pytest, Gradescope, Check50, Otter, Nbgrader)
