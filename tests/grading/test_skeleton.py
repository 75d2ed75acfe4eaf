"""A new exercise is whole and sound as it is written, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.errors import UsageError
from studytrack.grading.authoring.new import write_skeleton
from studytrack.grading.authoring.verify import verify
from studytrack.grading.exercises import find_exercises
from studytrack.grading.manifest import SCHEMA_FILE, exercise_schema, write_schema
from studytrack.paths import shipped_exercises


def test_it_is_sound_as_it_stands(tmp_path: Path) -> None:
    folder = write_skeleton(tmp_path, "fit_line", "straight-lines")
    exercise = find_exercises([tmp_path])["fit_line"]
    assert exercise.folder == folder
    assert exercise.manifest.lesson == "straight-lines"
    assert "`fit_line.py`" in exercise.task.read_text(encoding="utf-8")
    assert [str(fault) for fault in verify(exercise, seeds=3)] == []


def test_it_carries_comments_for_its_author(tmp_path: Path) -> None:
    folder = write_skeleton(tmp_path, "fit_line", "straight-lines")
    assert "# at least two, from a nudge" in (folder / "exercise.yaml").read_text(encoding="utf-8")
    first = (folder / "exercise.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith(f"$schema=../{SCHEMA_FILE}")
    assert (tmp_path / SCHEMA_FILE).is_file()


def test_nothing_is_left_but_the_exercise_and_its_schema(tmp_path: Path) -> None:
    write_skeleton(tmp_path, "fit_line", "any")
    assert sorted(path.name for path in tmp_path.iterdir()) == [SCHEMA_FILE, "fit_line"]


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_what_is_there_is_never_written_over(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "mine"
    if kind == "folder":
        there.mkdir()
    elif kind == "file":
        there.write_text("mine")
    else:
        there.symlink_to("nowhere")
    with pytest.raises(UsageError, match="is there already; choose another id"):
        write_skeleton(tmp_path, "mine", "any")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_schema_of_the_author_s_own_is_kept(tmp_path: Path) -> None:
    (tmp_path / SCHEMA_FILE).write_text("{}")
    write_skeleton(tmp_path, "mine", "any")
    assert (tmp_path / SCHEMA_FILE).read_text() == "{}"


@pytest.mark.parametrize("id", ["", "Fit", "fit line", "../fit", "-fit", "f" * 81, "fit.py", "fit\n"])
def test_what_can_be_no_id_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(UsageError, match="cannot be an id"):
        write_skeleton(tmp_path, id, "any")
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_schema_is_the_one_that_the_models_make(tmp_path: Path) -> None:
    write_schema(tmp_path / SCHEMA_FILE)
    shipped = (shipped_exercises() / SCHEMA_FILE).read_text(encoding="utf-8")
    assert (tmp_path / SCHEMA_FILE).read_text(encoding="utf-8") == shipped, "run `studytrack schema exercise`"


def test_the_schema_takes_no_unknown_key() -> None:
    schema = exercise_schema()
    for model in (schema, *schema["$defs"].values()):
        assert model["additionalProperties"] is False
