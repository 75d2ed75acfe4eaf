"""Where the learner's things are, and the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.paths import find_home, shipped_curriculum, shipped_exercises


def test_the_option_comes_before_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTRACK_HOME", str(tmp_path / "variable"))
    assert find_home().root == tmp_path / "variable"
    assert find_home(tmp_path / "option").root == tmp_path / "option"


def test_the_platform_decides_where_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDYTRACK_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert find_home().root.is_relative_to(tmp_path)


def test_a_relative_home_stays_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = find_home("here")
    monkeypatch.chdir("/")
    assert home.database == tmp_path / "here" / "progress.db"
    assert home.work("fit_quadratic") == tmp_path / "here" / "work" / "fit_quadratic"
    assert home.note("neural-net-foundations").name == "neural-net-foundations.md"


def test_a_tilde_is_the_user_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_home("~/studies").root == tmp_path / "studies"


def test_what_is_shipped_is_there() -> None:
    assert list(shipped_curriculum().glob("*.yaml"))
    assert (shipped_exercises() / "fit_quadratic" / "checks.py").is_file()
