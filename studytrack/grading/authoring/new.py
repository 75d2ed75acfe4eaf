"""A new exercise: a small one that is whole and sound, for its author to turn into another."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from studytrack.curriculum.models import Id
from studytrack.errors import UsageError
from studytrack.files import write_atomically
from studytrack.grading.manifest import SCHEMA_FILE, write_schema
from studytrack.paths import PACKAGE

_SKELETON = PACKAGE / "grading" / "authoring" / "skeleton"
_ID, _LESSON = "exercise_id", "lesson_id"
"""What stands in the skeleton's texts for the two."""


def write_skeleton(folder: Path, exercise: str, lesson: str) -> Path:
    """Writes the skeleton of an exercise into `folder`; returns the exercise's own folder in it.

    Raises UsageError where that is there already or the id is none; nothing is ever overwritten.
    """
    try:
        TypeAdapter(Id).validate_python(exercise)
    except ValidationError:
        remedy = "use up to 80 lower-case letters, digits, - and _, as in fit_line"
        raise UsageError(f"{exercise!r} cannot be an id", remedy) from None
    target = folder / exercise
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} is there already", "choose another id")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as temporary:
        draft = Path(temporary, exercise)
        for file in sorted(_SKELETON.rglob("*")):
            if file.suffix in {".py", ".md", ".yaml"}:
                text = file.read_text(encoding="utf-8").replace(_ID, exercise).replace(_LESSON, lesson)
                write_atomically(draft / file.relative_to(_SKELETON), text)
        draft.rename(target)  # whole, or not at all
    if not (folder / SCHEMA_FILE).exists():
        write_schema(folder / SCHEMA_FILE)
    return target
