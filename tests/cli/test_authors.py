"""The commands for authors."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from studytrack.curriculum.schema import lesson_schema
from studytrack.grading.manifest import exercise_schema
from tests.cli.said import Run

MINE = """\
id: mine
title: Mine
summary: A lesson of the learner's own.
needs: [straight-lines]
steps:
  - {id: read, kind: reading, title: Read, minutes: 5}
exercises:
  - {id: line, title: Fit a line, exercise: line}
"""


def test_all_that_there_is_is_sound(st: Run) -> None:
    said = st("validate")
    assert said.status == 0
    assert said.out == "1 lesson and 1 exercise: no fault\n"


def test_a_history_is_not_begun(st: Run, home: Path) -> None:
    st("validate")
    assert not (home / "progress.db").exists()


def test_one_file_is_seen_beside_the_library(st: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(MINE, encoding="utf-8")
    assert st("validate", file).out == "1 lesson: no fault\n"
    file.write_text(MINE.replace("straight-lines", "straight-line"), encoding="utf-8")
    said = st("validate", file)
    assert said.status == 1
    assert said.out == (f"{file}:4:9: there is no lesson `straight-line`; did you mean 'straight-lines'?\n")


def test_only_the_faults_of_what_is_named_are_shown(st: Run, own_lesson: Path, tmp_path: Path) -> None:
    own_lesson.write_text("id: own\n", encoding="utf-8")
    file = tmp_path / "draft.yaml"
    file.write_text(MINE, encoding="utf-8")
    assert st("validate", file).status == 0
    assert st("validate").status == 1
    assert f"{own_lesson}:1:1: the file lacks `title`" in st("validate", own_lesson).out
    assert st("validate", own_lesson.parent).out == st("validate", own_lesson).out


def test_what_clashes_with_the_library_is_told_of_ones_own(st: Run, own_lesson: Path, library: Path) -> None:
    shutil.copy(library / "lessons" / "straight-lines.yaml", own_lesson)
    assert "`straight-lines` is used twice" in st("validate", own_lesson).out
    assert st("validate", library / "lessons").status == 0


def test_a_copy_elsewhere_is_seen_in_place_of_the_original(st: Run, library: Path, tmp_path: Path) -> None:
    shutil.copytree(library / "lessons", tmp_path / "copy")
    assert st("validate", tmp_path / "copy").out == "1 lesson: no fault\n"


def test_faults_are_named_by_the_path_that_was_given(
    st: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "draft.yaml").write_text("id: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert st("validate", "draft.yaml").out.startswith("draft.yaml:1:1: ")


def test_exercises_are_checked_by_file_folder_and_folder_of_them(st: Run, library: Path) -> None:
    folder = library / "exercises"
    paths = [folder, folder / "line", folder / "line" / "exercise.yaml"]
    for path in paths:
        assert st("validate", path).out == "1 exercise: no fault\n"
    assert st("validate", *paths, library / "lessons").out == "1 lesson and 1 exercise: no fault\n"


def test_a_broken_exercise_is_told(st: Run, library: Path, tmp_path: Path) -> None:
    shutil.copytree(library / "exercises" / "line", tmp_path / "line")
    manifest = tmp_path / "line" / "exercise.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    said = st("validate", tmp_path / "line")
    assert said.status == 1
    assert f"{manifest}:2:1: `titel` is not a key" in said.out


def test_a_folder_without_anything_is_a_mistake(st: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = st("validate", tmp_path / "empty")
    assert said.status == 2
    assert "holds neither lessons nor exercises" in said.err


def test_faults_as_json(st: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(MINE.replace("reading", "readin"), encoding="utf-8")
    said = st("validate", file, "--json")
    assert said.status == 1
    [fault] = said.data["faults"]
    assert (fault["file"], fault["line"], fault["column"]) == (str(file), 6, 22)
    assert fault["problem"]
    assert fault["remedy"]


def test_fixing_writes_the_ids_down(st: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(MINE.replace("id: read, ", ""), encoding="utf-8")
    assert st("validate", file, "--fix").out == f"{file}: wrote read\n1 lesson: no fault\n"
    assert file.read_text(encoding="utf-8") == MINE
    file.write_text("id: x\n", encoding="utf-8")
    said = st("validate", file, "--fix")
    assert said.status == 1
    assert said.out.count("lacks `title`") == 1


def test_the_schema(st: Run) -> None:
    assert st("schema").data == json.loads(json.dumps(lesson_schema()))


def test_the_schema_of_an_exercise(st: Run) -> None:
    assert st("schema", "exercise").data == json.loads(json.dumps(exercise_schema()))


def test_an_exercise_without_mutants_is_not_proved(st: Run, library: Path) -> None:
    said = st("author", "verify", "line", "--seeds", "1")
    assert said.status == 1
    *faults, summary = said.out.splitlines()
    assert (
        f"{library}/exercises/line/mutants:1:1: there are 0 mutants; write at least 4 typical wrong answers"
        in faults
    )
    assert re.fullmatch(r"✗ line: 1 seed, slowest \d+\.\d\d s, \w+, \d+ s in all", summary)


def test_a_proof_as_json_is_one_object(st: Run, library: Path) -> None:
    said = st("author", "verify", "--seeds", "2", "--tier", "process", "--json")
    assert said.status == 1
    assert said.err == ""
    assert said.data["sound"] is False
    [proof] = said.data["exercises"]
    assert (proof["exercise"], proof["sound"], proof["seeds"], proof["mutants"]) == ("line", False, 2, 0)
    assert proof["isolation"] == "process"
    assert 0 < proof["slowest_seconds"] < proof["seconds"]
    assert {fault["file"] for fault in proof["faults"]} >= {f"{library}/exercises/line/mutants"}


def test_an_exercise_that_is_not_there_cannot_be_proved(st: Run) -> None:
    said = st("author", "verify", "lien")
    assert said.status == 2
    assert "there is no exercise 'lien'; did you mean 'line'?" in said.err


def test_an_exercise_that_cannot_be_run_is_told_as_such(st: Run, home: Path) -> None:
    st("author", "new", "mine")
    (home / "exercises" / "mine" / "checks.py").write_text("def (:\n", encoding="utf-8")
    said = st("author", "verify", "mine")
    assert said.status == 1
    assert said.out.splitlines() == [
        f"{home}/exercises/mine/checks.py:1:5: SyntaxError: invalid syntax; mend it",
        "✗ mine: not run",
    ]


def test_a_tier_that_is_not_to_be_had_is_no_fault_of_the_exercise(
    st: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    said = st("author", "verify", "line", "--tier", "bubblewrap")
    assert said.status == 3
    assert said.out == ""
    assert "bubblewrap is not installed" in said.err
