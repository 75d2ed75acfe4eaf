"""What holds for the shipped exercises beyond what `author verify` demands of any."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

EXERCISES = Path(__file__).parents[2] / "exercises"
FOLDERS = sorted(path.parent for path in EXERCISES.glob("*/exercise.yaml"))
TERMINAL = 80

each_exercise = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def texts(folder: Path) -> list[str]:
    """The task and the hints, as a learner reads them."""
    manifest = yaml.safe_load((folder / "exercise.yaml").read_text())
    return [(folder / "task.md").read_text(), *manifest["hints"]]


def test_there_are_exercises() -> None:
    assert FOLDERS


@each_exercise
def test_a_line_fits_a_terminal(folder: Path) -> None:
    assert [line for text in texts(folder) for line in text.splitlines() if len(line) > TERMINAL] == []


@each_exercise
def test_the_manifest_names_its_schema(folder: Path) -> None:
    first = (folder / "exercise.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../exercise.schema.json"
