"""The command `check`, with the real grader over an exercise that needs no library."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from studytrack.grading.messages import Event, Metrics
from studytrack.grading.session import GraderSession
from tests.cli.conftest import LIBRARY
from tests.cli.said import Run

SOLUTION = (LIBRARY / "exercises" / "line" / "solution.py").read_text(encoding="utf-8")
ENDLESS = """
import time
from studytrack.live import log
def slope(x, y):
    while True:
        log(loss=0.5)
        time.sleep(0.01)
"""
WRONG = "def slope(x, y):\n    return sum(y) / sum(x)\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.py"
    file.write_text(SOLUTION, encoding="utf-8")
    return file


def test_a_right_file_passes(st: Run, mine: Path) -> None:
    said = st("check", "line", mine)
    assert said.status == 0
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[:2] == [
        "✓ 1/1  finds the slope of points on a line",
        "✓ 2/2  finds the slope among noise",
    ]
    assert "passed: 3/3 points" in said.out
    assert lines[-1] == "It comes back in 2 d."
    assert st("show", "straight-lines", "--json").data["exercises"][1]["ticked"]


def test_json_is_one_object_and_nothing_else(st: Run, mine: Path) -> None:
    mine.write_text(SOLUTION + "\nprint('\\x1b[31mhello')\n", encoding="utf-8")
    said = st("check", "line", mine, "--json")
    verdict = said.data
    assert said.status == 0
    assert said.err == ""
    assert (verdict["exercise"], verdict["file"], verdict["state"]) == ("line", str(mine), "passed")
    assert (verdict["score"], verdict["max_score"]) == (3.0, 3.0)
    assert {check["state"] for check in verdict["checks"]} == {"passed"}
    assert verdict["output"] == "hello\n"
    attempts = [event["id"] for event in st("log", "--json").data if event["kind"] == "attempt"]
    assert attempts == [verdict["attempt"]]


def test_a_wrong_file_does_not_pass(st: Run, mine: Path) -> None:
    mine.write_text(WRONG, encoding="utf-8")
    said = st("check", "line", mine)
    assert said.status == 1
    assert "✗ 0/2  finds the slope among noise" in said.out
    assert "partial: 1/3 points" in said.out


def test_without_a_file_it_is_the_learner_s_own(st: Run, home: Path) -> None:
    said = st("check", "line", "--json")
    assert said.status == 1
    assert said.data["state"] == "not_attempted"
    assert said.data["attempt"] is None
    file = home / "work" / "line" / "line.py"
    assert said.data["file"] == str(file)
    assert f"\nWrite in {file}\n" in st("check", "line").out
    file.write_text(SOLUTION, encoding="utf-8")
    assert st("check", "line").status == 0


def test_what_steers_a_terminal_is_not_printed(st: Run, mine: Path) -> None:
    mine.write_text("print('\\x1b]0;title\\x07\\x9b2J\\x1b[31mred')\n" + WRONG, encoding="utf-8")
    said = st("check", "line", mine)
    assert "\nOutput\nred\n" in said.out
    assert not {"\x1b", "\x07", "\x9b"} & set(said.out)


@pytest.mark.parametrize("content", [b'x = "\xe9"\n', b"x = 1\0\n", b"def slope(x, y:\n"])
def test_a_file_that_is_no_python_is_the_learner_s_error(st: Run, mine: Path, content: bytes) -> None:
    mine.write_bytes(content)
    said = st("check", "line", mine, "--json")
    assert said.status == 1
    assert said.data["state"] == "learner_error"
    assert "mine.py, line 1" in said.data["message"]


def test_files_that_cannot_be_graded_are_refused(st: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "huge.py").write_bytes(b"#" * 3_000_000)
    (tmp_path / "lesson.ipynb").write_text("{}", encoding="utf-8")
    for name, told in {
        "missing.py": "cannot be read (No such file or directory)",
        ".": "is not a file",
        "pipe.py": "is not a file",
        "huge.py": "is too large to be an exercise",
        "lesson.ipynb": "is a notebook",
    }.items():
        said = st("check", "line", tmp_path / name, "--json")
        assert said.status == 2
        assert said.out == ""
        assert told in said.err
        assert said.err.count("\n") == 1


def test_a_fault_of_the_grader_is_not_the_learner_s(
    st: Run, mine: Path, home: Path, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "exercises"
    shutil.copytree(library / "exercises", broken)
    (broken / "line" / "checks.py").write_text("raise RuntimeError('oh')\n", encoding="utf-8")
    monkeypatch.setattr("studytrack.library.shipped_exercises", lambda: broken)
    said = st("check", "line", mine)
    assert said.status == 3
    assert "it costs you nothing" in said.out
    assert f"What happened is in {home}/studytrack.log" in said.out
    assert "RuntimeError: oh" in (home / "studytrack.log").read_text(encoding="utf-8")
    assert not [event for event in st("log", "--json").data if event["kind"] == "attempt"]


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c comes as soon as the learner's code shows that it runs."""

    class Session(GraderSession):
        async def run(self, code: str, file: Path, seed: int | None = None) -> AsyncGenerator[Event, None]:
            async for event in super().run(code, file, seed):
                if isinstance(event, Metrics):
                    os.kill(os.getpid(), signal.SIGINT)
                yield event

    monkeypatch.setattr("studytrack.cli.checking.GraderSession", Session)


@pytest.mark.usefixtures("interrupted")
def test_a_cancelled_attempt_is_told_and_costs_nothing(st: Run, mine: Path) -> None:
    mine.write_text(ENDLESS, encoding="utf-8")
    said = st("check", "line", mine, "--json")
    assert said.status == 130
    assert said.data["state"] == "cancelled"
    assert said.data["attempt"] is None
    plain = st("check", "line", mine)
    assert plain.status == 130
    assert "cancelled: 0/3 points" in plain.out
    assert st("log", "--json").data == []


def test_watching_prints_no_json(st: Run) -> None:
    said = st("check", "line", "--watch", "--json")
    assert said.status == 2
    assert "leave one of them out" in said.err
