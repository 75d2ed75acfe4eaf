"""Commands as processes of their own: pipes, signals, closed streams, saves while it watches."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LIBRARY

SMALL = "tests.cli.over_small_library"
SOLUTION = (LIBRARY / "exercises" / "line" / "solution.py").read_text(encoding="utf-8")
ENDLESS = """
import time
from studytrack.live import log
def slope(x, y):
    while True:
        log(loss=0.5)
        time.sleep(0.01)
"""
HEAVY = {"torch", "numpy", "pandas", "fastai", "textual", "rich", "pydantic", "yaml", "asyncio"}
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def command(home: Path, *arguments: str | Path, module: str = SMALL) -> list[str]:
    return [sys.executable, "-m", module, "--home", str(home), *map(str, arguments)]


def finished(arguments: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    given = {"stdin": subprocess.DEVNULL, "capture_output": True} | options
    return subprocess.run(arguments, text=True, timeout=60, check=False, cwd=ROOT, **given)  # type: ignore[call-overload, no-any-return]


@contextmanager
def running(arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process whose output is read while it runs; it is killed on the way out."""
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


class Shown:
    """What came to a terminal so far."""

    def __init__(self, descriptor: int) -> None:
        self.written = ""
        self._descriptor = descriptor

    def until(self, words: str) -> None:
        """Reads on until `words` are there. Raises TimeoutError where they do not come."""
        while words not in self.written:
            if not select.select([self._descriptor], [], [], 30)[0]:
                raise TimeoutError(f"{words!r} did not come, but {self.written!r}")
            self.written += os.read(self._descriptor, 65536).decode()


@contextmanager
def running_in_terminal(arguments: list[str]) -> Iterator[tuple[subprocess.Popen[bytes], Shown]]:
    """A process with a terminal for what it prints; it is killed on the way out."""
    ours, its = pty.openpty()
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=its, stderr=its, cwd=ROOT)
    os.close(its)
    try:
        yield process, Shown(ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_today_needs_nothing_heavy_once_it_is_stored(home: Path) -> None:
    shows = "import sys; from studytrack.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    arguments = [sys.executable, "-c", shows, "--home", str(home), "today"]
    finished(arguments)
    *said, modules = finished(arguments).stdout.splitlines()
    assert "Neural net foundations" in "\n".join(said)
    assert not HEAVY & set(modules.split())


def test_a_reader_that_goes_ends_the_printing_and_not_the_work(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(SOLUTION, encoding="utf-8")
    with running(command(home, "check", "line", file)) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0
    assert "attempt" in [event["kind"] for event in log(home)]


@pytest.mark.parametrize("closed", [[1], [2], [0, 1, 2]])
def test_closed_streams(home: Path, closed: list[int]) -> None:
    def close() -> None:
        for descriptor in closed:
            os.close(descriptor)

    said = finished(command(home, "tick", "straight-lines/video"), preexec_fn=close)
    assert said.returncode == 0
    assert said.stderr == ""
    assert said.stdout == ("" if 1 in closed else "[x] Video: a line through points\n")
    assert [event["kind"] for event in log(home)] == ["tick"]


def test_a_full_disk_behind_the_output_is_told(home: Path) -> None:
    with Path("/dev/full").open("w") as full:
        said = finished(command(home, "today"), capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert said.returncode == 2
    assert said.stderr == (
        "studytrack: the output cannot be written (No space left on device); see where it goes\n"
    )


def test_an_encoding_without_the_signs(home: Path) -> None:
    finished(command(home, "note", "straight-lines", "naïve ✓"))
    encoding = {"env": os.environ | {"PYTHONIOENCODING": "latin-1"}, "encoding": "latin-1"}
    said = finished(command(home, "note", "straight-lines"), **encoding)
    assert (said.returncode, said.stdout, said.stderr) == (0, "- naïve ?\n", "")


def test_ctrl_c_ends_an_attempt_that_is_shown_while_it_runs(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(ENDLESS, encoding="utf-8")
    with running_in_terminal(command(home, "check", "line", file)) as (process, shown):
        shown.until("loss 0.5")
        process.send_signal(signal.SIGINT)
        shown.until("cancelled: 0/3 points")
        assert process.wait(30) == 130
    assert "Traceback" not in shown.written
    assert finished(command(home, "log")).stdout == ""


def test_watching_runs_again_at_every_save_however_it_is_written(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(ENDLESS, encoding="utf-8")
    with running_in_terminal(command(home, "check", "line", file, "--watch")) as (process, shown):
        shown.until("loss 0.5")
        beside = tmp_path / "beside.py"
        beside.write_text(SOLUTION, encoding="utf-8")
        beside.replace(file)  # as many editors save, and while an attempt runs: it is superseded
        shown.until("passed: 3/3 points")
        assert "cancelled" not in shown.written
        file.write_text("slope = 1\n", encoding="utf-8")
        shown.until("0/3 points")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    states = [event["body"].get("state") for event in log(home) if event["kind"] == "attempt"]
    assert states[0] == "passed"
    assert len(states) == 2


def test_the_shell_completes_names(home: Path) -> None:
    def completed(words: str, number: int) -> list[str]:
        asked = {"COMP_WORDS": words, "COMP_CWORD": str(number), "_STUDYTRACK_COMPLETE": "bash_complete"}
        return finished(command(home)[:3], env=os.environ | asked).stdout.splitlines()

    assert completed("studytrack che", 1) == ["plain,check"]


def log(home: Path) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = json.loads(finished(command(home, "log", "--json")).stdout)
    return events
