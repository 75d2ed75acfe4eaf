"""When a cached view of the curriculum is out of date."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studytrack.curriculum import signature as module
from studytrack.curriculum.signature import signature
from studytrack.curriculum.yaml_text import MAX_BYTES


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    lessons, exercises = tmp_path / "lessons", tmp_path / "exercises"
    lessons.mkdir()
    (exercises / "tensors").mkdir(parents=True)
    (lessons / "a.yaml").write_text("id: a\n")
    (exercises / "tensors" / "exercise.yaml").write_text("id: tensors\n")
    return lessons, exercises


def keeping_the_time(file: Path, text: str) -> None:
    time = file.stat().st_mtime_ns
    file.write_text(text)
    os.utime(file, ns=(time, time))


def test_it_changes_with_every_change_that_matters(folders: tuple[Path, Path], tmp_path: Path) -> None:
    lessons, exercises = folders
    seen = [signature([lessons], [exercises])]
    assert signature([lessons, tmp_path / "nowhere"], [exercises]) == seen[0]

    keeping_the_time(lessons / "a.yaml", "id: b\n")
    seen.append(signature([lessons], [exercises]))
    keeping_the_time(exercises / "tensors" / "exercise.yaml", "id: tensor!\n")
    seen.append(signature([lessons], [exercises]))
    os.utime(lessons / "a.yaml", ns=(1, 1))
    seen.append(signature([lessons], [exercises]))
    (lessons / "a.yaml").rename(lessons / "b.yaml")
    seen.append(signature([lessons], [exercises]))
    (lessons / "empty.yaml").touch()
    seen.append(signature([lessons], [exercises]))
    (lessons / "empty.yaml").unlink()
    (lessons / "b.yaml").unlink()
    seen.append(signature([lessons], [exercises]))
    assert len(set(seen)) == len(seen)


def test_it_does_not_change_with_what_is_no_lesson(folders: tuple[Path, Path]) -> None:
    lessons, exercises = folders
    before = signature([lessons], [exercises])
    (lessons / "lesson.schema.json").write_text("{}")
    (exercises / "tensors" / "starter.py").write_text("x = 1\n")
    assert signature([lessons], [exercises]) == before
    assert signature([lessons], [exercises, lessons]) == before


def test_a_lesson_moved_between_folders_is_noticed(folders: tuple[Path, Path], tmp_path: Path) -> None:
    lessons, _ = folders
    assert signature([lessons, tmp_path], []) != signature([tmp_path, lessons], [])


def test_what_cannot_be_read_does_no_harm(folders: tuple[Path, Path]) -> None:
    lessons, _ = folders
    before = signature([lessons], [])
    (lessons / "folder.yaml").mkdir()
    (lessons / "loop.yaml").symlink_to(lessons / "loop.yaml")
    (lessons / "gone.yaml").symlink_to(lessons / "nowhere")
    os.mkfifo(lessons / "pipe.yaml")
    assert signature([lessons], []) != before


def test_it_reads_no_more_than_a_lesson_may_hold() -> None:
    assert module._MAX_BYTES == MAX_BYTES


def test_it_loads_nothing_heavy() -> None:
    code = "import studytrack.curriculum.signature, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"pydantic", "yaml", "click", "textual", "numpy"} & set(loaded)
