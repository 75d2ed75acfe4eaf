"""What is said before a command: home, clock, debug."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytrack.errors import UsageError
from studytrack.start import Options, app_options, clock_of, home_of, open_app


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], Options()),
        (["--home", "x"], Options(home="x")),
        (["--home=x", "--now=2026-11-02", "--debug"], Options("x", "2026-11-02", True)),
        (["today"], None),
        (["--home", "x", "today"], None),
        (["--home"], None),
        (["--help"], None),
    ],
)
def test_options_alone_open_the_app(arguments: list[str], options: Options | None) -> None:
    assert app_options(arguments) == options


def test_the_clock_stands_at_the_moment_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    assert clock_of("2026-11-02T13:00:00+01:00")() == noon
    monkeypatch.setenv("STUDYTRACK_NOW", "2026-11-02T12:00:00Z")
    assert clock_of(None)() == noon
    assert clock_of("2026-11-02T14:00:00+00:00")() > noon


def test_without_one_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTRACK_NOW", "")
    before = datetime.now(UTC)
    assert before <= clock_of(None)() <= datetime.now(UTC)


@pytest.mark.parametrize("now", ["garbage", "2026-13-01", "0001-01-01", "1969-12-31", "9999-12-31T23:59:59"])
def test_what_is_no_moment_is_refused(now: str) -> None:
    with pytest.raises(UsageError):
        clock_of(now)


def test_a_home_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--home"):
        home_of(Options(home="~no-such-user/home"))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UsageError, match="--home"):
        home_of(Options(home=str(tmp_path / "loop")))


def test_the_app_asks_for_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_app(Options(home=str(tmp_path))) == 2
    assert "the app needs a terminal" in capsys.readouterr().err
