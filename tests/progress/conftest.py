"""A store in a home that does not exist yet, and the ways to run one in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytrack.progress.events import Answer
from studytrack.progress.store import Store

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)

RunWriter = Callable[..., list[str]]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def answer() -> Answer:
    return Answer(given="a derivative", correct=True, rating=3, seconds=4.5)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "home" / "progress.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with Store(database) as store:
        yield store


@pytest.fixture
def run_writer() -> RunWriter:
    """Runs `writer.py` with these arguments; gives the lines that it prints."""

    def run(*arguments: object) -> list[str]:
        script = Path(__file__).with_name("writer.py")
        command = [sys.executable, str(script), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run
