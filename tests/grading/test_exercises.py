"""Exercises are found, and what is wrong with one is told at its place and hides no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.errors import CurriculumError
from studytrack.grading.exercises import find_exercises, read_exercises
from studytrack.paths import shipped_exercises
from tests.grading.conftest import CHECKS, MANIFEST, SOLUTION, STARTER


def write(folder: Path, name: str, manifest: str | None = None) -> Path:
    """A small exercise called `name`, with `manifest` added to its own or in its place."""
    here = folder / name
    here.mkdir(parents=True)
    whole = MANIFEST.format(name=name, preload="", seconds=1)
    (here / "exercise.yaml").write_text(manifest or whole)
    for file, text in (
        ("task.md", "Do."),
        ("starter.py", STARTER),
        ("solution.py", SOLUTION),
        ("checks.py", CHECKS),
    ):
        (here / file).write_text(text)
    return here


def manifest(name: str, old: str = "", new: str = "") -> str:
    """The small manifest with one thing changed."""
    text = MANIFEST.format(name=name, preload="", seconds=1)
    assert old in text
    return text.replace(old, new, 1)


def test_the_shipped_exercises_are_sound() -> None:
    found = find_exercises([shipped_exercises()])
    assert {"tensors", "quadratic_partial", "loss_and_gradient", "fit_quadratic"} <= set(found)
    for exercise in found.values():
        assert len(exercise.mutants) >= 4
        assert len(exercise.manifest.hints) >= 2
        assert exercise.manifest.points > 0


def test_an_exercise_knows_its_files(tmp_path: Path) -> None:
    here = write(tmp_path, "one")
    exercise = find_exercises([tmp_path])["one"]
    assert [exercise.task, exercise.starter, exercise.solution, exercise.checks_file] == [
        here / name for name in ("task.md", "starter.py", "solution.py", "checks.py")
    ]
    assert exercise.mutants == ()


def test_what_others_need_comes_first(tmp_path: Path) -> None:
    write(tmp_path, "a", manifest("a", "minutes: 5", "minutes: 5\nneeds: [z]"))
    write(tmp_path, "z")
    assert list(find_exercises([tmp_path])) == ["z", "a"]


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert find_exercises([tmp_path / "nowhere"]) == {}


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("id: broken", "id: other", "1:5", "is not the name of the folder"),
        ("minutes: 5", "minutes: 5\nneeds: [nothing]", "6:9", "no exercise `nothing`"),
        (
            "needs: [twice, hello]",
            "needs: [twcie]",
            "12:42",
            "no check `twcie` above this one; did you mean 'twice'?",
        ),
        ("needs: [twice, hello]", "needs: [both]", "12:42", "no check `both` above"),
        ("id: hello", "id: twice", "11:10", "another check `twice`"),
        ("preload: []", "preload: [keras]", "6:11", "keras"),
        ("minutes: 5\n", "", "1:1", "minutes"),
        ('hints: [Think., "Write `2 * x`."]', "hints: [Think.]", "8:8", "hints"),
        ("points: 2", "points: 0", "11:40", "points"),
    ],
)
def test_a_fault_is_told_at_its_place_and_hides_no_other_exercise(
    tmp_path: Path, old: str, new: str, place: str, says: str
) -> None:
    write(tmp_path, "sound")
    write(tmp_path, "broken", manifest("broken", old, new))
    found, faults = read_exercises([tmp_path])
    assert "sound" in found
    told = "\n".join(map(str, faults))
    assert says in told
    assert f"exercise.yaml:{place}:" in told
    with pytest.raises(CurriculumError):
        find_exercises([tmp_path])


def test_missing_files_are_named(tmp_path: Path) -> None:
    here = write(tmp_path, "broken")
    (here / "task.md").unlink()
    (here / "checks.py").unlink()
    found, faults = read_exercises([tmp_path])
    assert found == {}
    assert [fault.file.name for fault in faults] == ["checks.py", "task.md"]


def test_circles_are_broken_and_told(tmp_path: Path) -> None:
    for name, need in (("a", "b"), ("b", "a"), ("c", "a"), ("d", "d")):
        write(tmp_path, name, manifest(name, "minutes: 5", f"minutes: 5\nneeds: [{need}]"))
    found, faults = read_exercises([tmp_path])
    assert set(found) <= {"c"}
    told = "\n".join(map(str, faults))
    assert "need each other: a, b" in told
    assert "need each other: d" in told


def test_an_id_used_twice_is_told(tmp_path: Path) -> None:
    write(tmp_path / "mine", "same")
    write(tmp_path / "shipped", "same")
    found, faults = read_exercises([tmp_path / "shipped", tmp_path / "mine"])
    assert found["same"].folder.parent.name == "shipped"
    assert "is also in" in str(faults[0])
