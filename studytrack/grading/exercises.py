"""The exercises there are: one folder each, named for the exercise's id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studytrack.curriculum.reading import read_model
from studytrack.errors import CurriculumError, Fault, nearest
from studytrack.grading.manifest import Manifest

MANIFEST = "exercise.yaml"
_FILES = ("task.md", "starter.py", "solution.py", "checks.py")


@dataclass(frozen=True)
class Exercise:
    """A graded exercise and the folder that holds its files."""

    id: str
    folder: Path
    manifest: Manifest

    @property
    def task(self) -> Path:
        return self.folder / "task.md"

    @property
    def starter(self) -> Path:
        return self.folder / "starter.py"

    @property
    def solution(self) -> Path:
        return self.folder / "solution.py"

    @property
    def checks_file(self) -> Path:
        return self.folder / "checks.py"

    @property
    def mutants(self) -> tuple[Path, ...]:
        """Typical wrong answers, each of which must be found out."""
        return tuple(sorted((self.folder / "mutants").glob("*.py")))


def find_exercises(folders: Sequence[Path]) -> dict[str, Exercise]:
    """The exercises in `folders` by id, those that others need first.

    Raises CurriculumError with every fault there is.
    """
    exercises, faults = read_exercises(folders)
    if faults:
        raise CurriculumError(faults)
    return exercises


def read_exercises(folders: Sequence[Path]) -> tuple[dict[str, Exercise], list[Fault]]:
    """The sound exercises in `folders` by id, in order of need, and what is wrong with the rest."""
    found: dict[str, Exercise] = {}
    faults: list[Fault] = []
    for folder in _exercise_folders(folders):
        try:
            exercise = _read_exercise(folder)
        except CurriculumError as error:
            faults += error.faults
            continue
        if earlier := found.get(exercise.id):
            faults.append(
                _fault(
                    folder, f"the exercise {exercise.id!r} is also in {earlier.folder}", "rename one of them"
                )
            )
        else:
            found[exercise.id] = exercise
    faults += _unknown_needs(found)
    return _in_order(found, faults), sorted(faults)


def _exercise_folders(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))


def _read_exercise(folder: Path) -> Exercise:
    manifest = read_model(folder / MANIFEST, Manifest)
    faults = [
        Fault(folder / name, 1, 1, "the file is missing", "every exercise has one")
        for name in _FILES
        if not (folder / name).is_file()
    ]
    if manifest.id != folder.name:
        faults.append(
            _fault(
                folder, f"the id {manifest.id!r} is not the name of the folder", f"call it {folder.name!r}"
            )
        )
    if faults:
        raise CurriculumError(faults)
    return Exercise(manifest.id, folder, manifest)


def _unknown_needs(found: dict[str, Exercise]) -> Iterator[Fault]:
    for exercise in found.values():
        for need in exercise.manifest.needs:
            if need not in found:
                yield _fault(exercise.folder, f"needs the unknown exercise {need!r}", nearest(need, found))


def _in_order(found: dict[str, Exercise], faults: list[Fault]) -> dict[str, Exercise]:
    """The exercises, each after those it needs; adds a fault for those that need each other."""
    ordered: dict[str, Exercise] = {}
    waiting = dict(found)
    while waiting:
        ready = [e for e in waiting.values() if not any(need in waiting for need in e.manifest.needs)]
        if not ready:
            names = ", ".join(sorted(waiting))
            faults += [
                _fault(e.folder, f"these exercises need each other in a circle: {names}", "break it")
                for e in waiting.values()
            ]
            return ordered
        for exercise in ready:
            ordered[exercise.id] = waiting.pop(exercise.id)
    return ordered


def _fault(folder: Path, problem: str, remedy: str) -> Fault:
    return Fault(folder / MANIFEST, 1, 1, problem, remedy)
