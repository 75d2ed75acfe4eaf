"""The commands `today` and `lessons`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.said import Run


def test_a_fresh_home_says_where_to_begin(st: Run) -> None:
    said = st("today")
    assert said.status == 0
    assert said.err == ""
    assert said.out.splitlines() == [
        "Monday 2 November",
        "Review     nothing is due",
        "Next step  Video: a line through points · 20 min  (straight-lines/video)",
        "Practise   Fit a line · 10 min  (line)",
        "",
        "  0%  Straight lines  (straight-lines)",
        "      steps 0/3 · exercises 0/2 · questions 0/5 seen, 0 due",
    ]


def test_it_is_the_same_from_the_stored_view(st: Run) -> None:
    assert st("today") == st("today")
    assert st("lessons") == st("lessons")
    assert st("today", "--json") == st("today", "--json")


def test_what_was_done_shows_at_once(st: Run) -> None:
    st("today")
    st("tick", "straight-lines/video")
    said = st("today")
    assert "1-day streak" in said.out
    assert "Review     0 due, 5 new, about 5 min" in said.out
    assert "Fit it yourself · 45 min" in said.out


def test_json_says_what_is_due(st: Run) -> None:
    st("tick", "straight-lines/video")
    today = st("today", "--json").data
    assert today["day"] == "2026-11-02"
    assert today["next_step"]["subject"] == "straight-lines/notebook"
    assert len(today["new"]) == 5
    [lesson] = st("lessons", "--json").data
    assert lesson["id"] == "straight-lines"
    assert 0 < lesson["progress"] < 1


def test_what_was_left_out_is_told_every_time(st: Run, own_lesson: Path) -> None:
    own_lesson.write_text("id: mine\ntitle: Mine\n", encoding="utf-8")
    first, again = st("today"), st("today")
    assert first.status == again.status == 0
    assert first.err == again.err
    assert f"left out: {own_lesson}:1:1: the file lacks `summary`" in first.err
    assert "Straight lines" in first.out
    own_lesson.unlink()
    assert st("today").err == ""


def test_many_faults_are_counted_rather_than_listed(st: Run, own_lesson: Path) -> None:
    own_lesson.write_text("\n".join(f"key{n}: 1" for n in range(20)), encoding="utf-8")
    err = st("today").err.splitlines()
    assert len(err) == 6
    assert err[-1].endswith("more: studytrack validate")


def test_a_lesson_that_was_left_out_is_missed_with_the_reason(st: Run, own_lesson: Path) -> None:
    own_lesson.write_text("id: mine\ntitle: Mine\n", encoding="utf-8")
    said = st("show", "mine")
    assert said.status == 2
    assert f"{own_lesson}:1:1" in said.err
    assert "there is no lesson 'mine'" in said.err


@pytest.mark.parametrize("settings", ["new_a_day = 'x'", "a = [", b"\xff", "new_day = 3"])
def test_broken_settings_are_told_not_overwritten(st: Run, home: Path, settings: str | bytes) -> None:
    content = settings.encode() if isinstance(settings, str) else settings
    (home / "settings.toml").write_bytes(content)
    said = st("today")
    assert said.status == 2
    assert f"{home}/settings.toml: " in said.err
    assert said.err.count("\n") == 1
    assert st("settings", "new_a_day", "5").status == 2
    assert (home / "settings.toml").read_bytes() == content


def test_forty_columns(st: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = st("today").out.splitlines()
    assert max(map(len, lines)) <= 40
    assert "    · 20 min  (straight-lines/video)" in lines
