"""studytrack with the same trivial exercise: opened, as in the app, and as a command from nothing."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

from studytrack.grading.exercises import find_exercises
from studytrack.grading.session import BlockingSession
from studytrack.grading.trust import trust_as_own
from studytrack.grading.verdict import State, Verdict
from studytrack.paths import Home
from tests.bench.peers.contained import run
from tests.bench.peers.peers import ASSIGNMENTS, Outcome

SETTLES = 5.0
"""Seconds after which an open exercise has loaded what may come later, too."""


class Studytrack:
    """The exercise, open in a session that is warm; in a home of its own for the command."""

    def __init__(self, folder: Path) -> None:
        self._home = Home(folder / "home")
        shutil.copytree(ASSIGNMENTS / "studytrack" / "twice", self._home.exercises / "twice")
        trust_as_own("twice", self._home)
        self._file = folder / "twice.py"
        self._session = BlockingSession(find_exercises([self._home.exercises])["twice"])
        self.isolation = ""

    def __enter__(self) -> Studytrack:
        self._session.__enter__()
        self.grade("")
        time.sleep(SETTLES)
        return self

    def __exit__(self, *_: object) -> None:
        self._session.__exit__()

    @property
    def patch(self) -> str:
        """Code that would make a grader in the same process find everything right."""
        return (ASSIGNMENTS / "studytrack" / "patch.py").read_text(encoding="utf-8")

    def grade(self, code: str) -> Outcome:
        """From a save to its verdict, while the exercise is open."""
        start = time.perf_counter()
        self._file.write_text(code, encoding="utf-8")
        verdict = self._session.grade(code, self._file).verdict
        seconds = time.perf_counter() - start
        self.isolation = verdict.isolation
        return Outcome(verdict.score / verdict.max_score, seconds, _state(verdict))

    def grade_from_nothing(self, code: str) -> Outcome:
        """The command `check`, which starts everything and loads torch before it can say anything."""
        self._file.write_text(code, encoding="utf-8")
        check = ["check", "twice", str(self._file), "--json"]
        command = [sys.executable, "-m", "studytrack", "--home", str(self._home.root), *check]
        ran = run(command, Path.cwd(), {}, 120)
        verdict = json.loads(ran.output)
        return Outcome(verdict["score"] / verdict["max_score"], ran.seconds, verdict["state"])


def _state(verdict: Verdict) -> str:
    """How the attempt ended; where its check ended otherwise, how that did."""
    states = {check.state for check in verdict.checks} - {State.PASSED, State.SKIPPED}
    return verdict.state if len(states) != 1 else states.pop()
