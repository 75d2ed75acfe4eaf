"""The commands about the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.said import Run


def test_settings_are_listed_with_what_they_mean(st: Run) -> None:
    said = st("settings")
    assert "new_a_day = 10\n    How many questions are asked for the first time each day.\n" in said.out
    assert st("settings", "--json").data["time_zone"] == "UTC"
    assert st("settings", "new_a_day", "--json").data == {"new_a_day": 10}


def test_a_setting_is_set_and_set_back(st: Run) -> None:
    assert st("settings", "new_a_day", "3").out.startswith("new_a_day = 3\n")
    st("tick", "straight-lines/video")
    assert len(st("today", "--json").data["new"]) == 3
    assert st("settings", "new_a_day", "--default", "--json").data == {"new_a_day": 10}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new_a_day", "-5"], "new_a_day should be greater than or equal to 0"),
        (["new_a_day", "many"], "new_a_day should be a valid integer"),
        (["time_zone", "Mars/Olympus"], "is not a time zone such as Europe/Vienna"),
        (["keys", "x"], "write them under [keys]"),
        (["--default"], "--default takes a NAME"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    st: Run, home: Path, arguments: list[str], told: str
) -> None:
    before = (home / "settings.toml").read_bytes()
    said = st("settings", *arguments)
    assert said.status == 2
    assert told in said.err
    assert (home / "settings.toml").read_bytes() == before


def test_keys_are_listed_with_their_ids(st: Run) -> None:
    rows = st("keys", "--json").data
    [undo] = [row for row in rows if row["id"] == "app.undo"]
    assert undo["keys"] == ["u", "ctrl+z"]
    assert "app.undo" in st("keys").out


def test_every_place_is_told_even_where_the_home_cannot_be_used(st: Run, home: Path) -> None:
    places = st("locate", "--json").data
    assert places["home"] == str(home)
    assert places["progress"] == str(home / "progress.db")
    assert not Path(places["progress"]).exists()
    assert Path(places["shipped_exercises"], "fit_quadratic").is_dir()
    assert str(home / "settings.toml") in st("locate").out


def test_the_doctor_finds_what_is_broken_and_goes_on(st: Run, home: Path, own_lesson: Path) -> None:
    assert st("doctor").status == 0
    (home / "settings.toml").write_text("new_a_day = 'x'\n", encoding="utf-8")
    own_lesson.write_text("id: mine\n", encoding="utf-8")
    for extra in home.glob("progress.db-*"):
        extra.unlink()
    (home / "progress.db").write_text("this is no database, whatever its name says", encoding="utf-8")
    said = st("doctor")
    assert said.status == 1
    assert "! " + str(home / "progress.db") in said.out
    assert "new_a_day should be a valid integer" in said.out
    assert f"! {own_lesson}:1:1: the file lacks" in said.out
    assert "sandbox: " in said.out
    found = st("doctor", "--json").data
    assert sum(finding["grave"] and not finding["fine"] for finding in found) >= 3


def test_the_doctor_rebuilds_what_is_derived(st: Run) -> None:
    st("tick", "straight-lines/video")
    before = st("today", "--json")
    assert st("doctor", "--rebuild").status == 0
    assert st("today", "--json") == before
