"""Whatever goes wrong is told in a line or two, with the exit status that scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.cli import run
from tests.cli.said import Run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tody"], "there is no command 'tody'; did you mean 'today'?"),
        (["show", "straight-line"], "there is no lesson 'straight-line'; did you mean 'straight-lines'?"),
        (["check", "lime"], "there is no exercise 'lime'; did you mean 'line'?"),
        (["tick", "straight-lines/vidoe"], "did you mean 'straight-lines/video'?"),
        (["question", "steper"], "there is no question 'steper'; did you mean 'steeper'?"),
        (["hint", "lime"], "did you mean 'line'?"),
        (["settings", "new_day"], "there is no setting 'new_day'; did you mean 'new_a_day'?"),
        (["check"], "missing argument 'EXERCISE'; see `studytrack check --help`"),
        (["today", "--jsno"], "'--jsno'"),
        (["author"], "missing command; see `studytrack author --help`"),
        (["--now", "garbage", "today"], "'garbage' is not a moment; write it like 2026-11-24T18:30:00"),
        (["--now", "9999-12-31", "today"], "stay between 1971 and 9000"),
        (["--home", "~no-such-user/x", "today"], "the home cannot be found"),
        (["log", "-n", "0"], "'-n'"),
        ([], "the app needs a terminal; `studytrack --help` lists the commands"),
    ],
)
def test_used_wrongly(st: Run, arguments: list[str], told: str) -> None:
    said = st(*arguments)
    assert said.status == 2
    assert said.out == ""
    assert told in said.err
    assert said.err.startswith("studytrack: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", ["today", "show straight-lines", "tick straight-lines/video", "log"])
def test_a_home_that_is_a_file(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert run(["--home", str(file), *command.split()]) == 2
    assert capsys.readouterr().err == (
        f"studytrack: the folder {file} cannot be made (File exists); choose another with --home\n"
    )
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_used_is_named(st: Run, home: Path) -> None:
    (home / "notes" / "straight-lines.md").mkdir(parents=True)
    said = st("show", "straight-lines")
    assert said.status == 2
    assert f"{home}/notes/straight-lines.md cannot be used (Is a directory)" in said.err


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(*_: object) -> None:
        raise KeyError("\x1b[31mno such\nthing")

    monkeypatch.setattr("studytrack.study.Study.page", page)


@pytest.mark.usefixtures("faulty")
def test_a_fault_of_its_own_goes_to_the_log(st: Run, home: Path) -> None:
    said = st("show", "straight-lines")
    assert said.status == 70
    assert said.out == ""
    log = home / "studytrack.log"
    assert f"internal error (KeyError: '\\x1b[31mno such\\nthing'); it is written to {log}" in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" in log.read_text(encoding="utf-8")
    st("show", "straight-lines")
    assert log.read_text(encoding="utf-8").count("Traceback") == 2


@pytest.mark.usefixtures("faulty")
def test_a_log_that_cannot_be_written_hides_no_fault(st: Run, home: Path) -> None:
    (home / "studytrack.log").mkdir()
    said = st("show", "straight-lines")
    assert said.status == 70
    assert "--debug shows where" in said.err


@pytest.mark.usefixtures("faulty")
def test_debug_shows_the_traceback(st: Run, home: Path) -> None:
    said = st("--debug", "show", "straight-lines")
    assert said.status == 70
    assert "Traceback" in said.err
    assert not (home / "studytrack.log").exists()


def test_debug_shows_the_traceback_of_an_error_for_people(st: Run) -> None:
    said = st("--debug", "show", "nothing")
    assert said.status == 2
    assert "UsageError" in said.err


@pytest.mark.parametrize("name", ["--help", "-h"])
def test_help_lists_every_command_in_its_section(st: Run, name: str) -> None:
    said = st(name)
    assert said.status == 0
    for words in ("Learn:", "today", "For authors:", "validate", "What is due"):
        assert words in said.out


def test_help_keeps_to_forty_columns(st: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = st("--help").out.splitlines() + st("check", "--help").out.splitlines()
    assert max(map(len, lines)) <= 40


def test_the_version(st: Run) -> None:
    assert st("--version").out.startswith("studytrack, version ")
