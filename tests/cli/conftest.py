"""The commands in a home of the test's own, over the small library of the app's tests."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from studytrack.cli import run
from tests.cli.said import Run, Said

LIBRARY = Path(__file__).parent.parent / "tui" / "library"
NOW = "2026-11-02T18:00:00+00:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text('time_zone = "UTC"\n', encoding="utf-8")
    return home


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Takes the place of what is shipped."""
    monkeypatch.setattr("studytrack.library.shipped_curriculum", lambda: LIBRARY / "lessons")
    monkeypatch.setattr("studytrack.library.shipped_exercises", lambda: LIBRARY / "exercises")
    return LIBRARY


@pytest.fixture
def st(home: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; `typed` is what comes through standard input, which is closed without it."""

    def st(*arguments: str | Path, typed: str | None = None, now: str = NOW) -> Said:
        monkeypatch.setattr("sys.stdin", None if typed is None else io.StringIO(typed))
        status = run(["--home", str(home), "--now", now, *map(str, arguments)])
        return Said(status, *capsys.readouterr())

    monkeypatch.delenv("COLUMNS", raising=False)
    return st


@pytest.fixture
def own_lesson(home: Path) -> Path:
    """Where a lesson of the learner's own is read from."""
    (home / "curriculum").mkdir()
    return home / "curriculum" / "mine.yaml"
