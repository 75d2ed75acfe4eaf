"""The learner's own files of an exercise, in `work/<exercise>/`: plainly visible, never overwritten."""

from __future__ import annotations

from pathlib import Path

from studytrack.files import write_atomically
from studytrack.grading.exercises import Exercise
from studytrack.paths import Home


def work_file(home: Home, exercise: Exercise) -> Path:
    """Where the learner's file of an exercise is, or will be."""
    return home.work(exercise.id) / f"{exercise.id}.py"


def put_starter(file: Path, exercise: Exercise) -> None:
    """Writes the starter into the learner's file."""
    write_atomically(file, exercise.starter.read_text(encoding="utf-8"))


def set_aside(file: Path) -> Path:
    """Gives the file another name beside it, which is returned; nothing is ever overwritten."""
    return file.rename(free_name(file))


def free_name(file: Path) -> Path:
    """A name beside the file's that nothing has yet: `fit.1.py`, `fit.2.py`."""
    number = 1
    while (free := file.with_name(f"{file.stem}.{number}{file.suffix}")).exists():
        number += 1
    return free
