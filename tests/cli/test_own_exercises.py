"""Exercises that were not shipped: written here, or come from elsewhere and trusted."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.said import Run

WAITS = "came from elsewhere, and its checks run with your rights; read them, then: studytrack trust friends"


def from_a_friend(st: Run, home: Path) -> Path:
    """An exercise that was put into the home by hand."""
    st("author", "new", "friends", "--folder", home.parent / "sent")
    folder = home / "exercises" / "friends"
    shutil.copytree(home.parent / "sent" / "friends", folder)
    return folder


def test_a_new_exercise_is_the_author_s_own_and_runs(st: Run, home: Path) -> None:
    said = st("author", "new", "mine")
    assert said.status == 0
    assert "studytrack author verify mine" in said.out
    folder = home / "exercises" / "mine"
    assert f"Written: {folder}" in said.out
    assert "lesson: straight-lines" in (folder / "exercise.yaml").read_text(encoding="utf-8")
    checks = folder / "checks.py"
    checks.write_text(checks.read_text(encoding="utf-8") + "\n# a change of its author's\n", encoding="utf-8")
    assert [exercise["id"] for exercise in st("exercises", "--json").data] == ["line", "mine"]
    assert st("start", "mine").status == 0
    assert (home / "work" / "mine" / "mine.py").is_file()


def test_an_exercise_elsewhere_is_proved_by_its_path(st: Run, tmp_path: Path) -> None:
    said = st("author", "new", "mine", "--folder", tmp_path / "repository")
    assert f"studytrack author verify {tmp_path}/repository/mine" in said.out
    assert [exercise["id"] for exercise in st("exercises", "--json").data] == ["line"]
    proof = st("author", "verify", tmp_path / "repository" / "mine", "--seeds", "1", "--json")
    assert proof.status == 0
    assert proof.data["sound"] is True


def test_an_id_that_is_taken_or_a_lesson_that_is_not_there_is_refused(st: Run) -> None:
    said = st("author", "new", "line")
    assert said.status == 2
    assert "there is an exercise 'line'; choose another id" in said.err
    assert "did you mean 'straight-lines'?" in st("author", "new", "mine", "--lesson", "straight").err


def test_what_came_from_elsewhere_waits_until_it_is_trusted(st: Run, home: Path) -> None:
    from_a_friend(st, home)
    for command in ("start", "check", "solution"):
        said = st(command, "friends")
        assert said.status == 2
        assert WAITS in said.err
    proof = st("author", "verify", "friends")
    assert proof.status == 1
    assert proof.out.startswith(f"{home}/exercises/friends/checks.py:1:1: ")
    assert st("author", "verify", home / "exercises" / "friends").out == proof.out
    assert st("trust", "friends").status == 0
    assert st("start", "friends").status == 0


def test_trust_ends_with_any_change(st: Run, home: Path) -> None:
    folder = from_a_friend(st, home)
    st("trust", "friends")
    solution = folder / "solution.py"
    solution.write_text(solution.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    said = st("start", "friends")
    assert said.status == 2
    assert "has changed since it was trusted" in said.err
    assert st("trust", "friends").status == 0
    assert st("start", "friends").status == 0


def test_a_lesson_is_shown_while_its_exercise_waits(st: Run, home: Path) -> None:
    from_a_friend(st, home)
    lesson = home / "curriculum" / "theirs.yaml"
    lesson.parent.mkdir()
    lesson.write_text(
        "id: theirs\ntitle: Theirs\nsummary: A friend's lesson.\n"
        "steps:\n  - {id: read, kind: reading, title: Read, minutes: 5}\n"
        "exercises:\n  - {id: friends, title: Theirs, exercise: friends}\n",
        encoding="utf-8",
    )
    assert [line["kind"] for line in st("show", "theirs", "--json").data["exercises"]] == ["link"]
    assert st("today").status == 0
    st("trust", "friends")
    assert [line["kind"] for line in st("show", "theirs", "--json").data["exercises"]] == ["graded"]


def test_what_was_done_and_is_gone_disturbs_nothing(st: Run, home: Path) -> None:
    st("author", "new", "mine")
    folder = home / "exercises" / "mine"
    assert st("check", "mine", folder / "solution.py").status == 0
    assert st("today").status == 0
    shutil.rmtree(folder)
    assert st("today").status == 0
    assert st("lessons").status == 0


def test_only_what_is_in_the_home_can_be_trusted(st: Run, home: Path) -> None:
    said = st("trust", "line")
    assert said.status == 2
    assert f"there is no exercise 'line' in {home}/exercises" in said.err


def test_a_broken_exercise_is_told_at_its_place(st: Run, home: Path) -> None:
    manifest = from_a_friend(st, home) / "exercise.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("minutes:", "minuets:"), encoding="utf-8"
    )
    said = st("author", "verify", "friends")
    assert said.status == 1
    lacks = f"{manifest}:2:1: the file lacks `minutes`; is `minuets` in line 6 meant?\n"
    assert said.out.startswith(lacks)
    assert f"{manifest}:6:1: `minuets` is not a key of the file" in said.out
    assert st("trust", "friends").err == f"studytrack: {lacks}"
