"""The exercises there are: one folder each, named for the exercise's id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from studytrack.curriculum.reading import Document, read_document
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
        """What to do, in Markdown."""
        return self.folder / "task.md"

    @property
    def starter(self) -> Path:
        """What the learner begins with."""
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


_Found = dict[str, tuple[Exercise, Document[Manifest]]]


def find_exercises(folders: Sequence[Path]) -> dict[str, Exercise]:
    """The exercises in `folders` by id, those that others need first.

    Raises CurriculumError with every fault there is.
    """
    exercises, faults = read_exercises(folders)
    if faults:
        raise CurriculumError(faults)
    return exercises


def read_exercises(folders: Sequence[Path]) -> tuple[dict[str, Exercise], list[Fault]]:
    """The sound exercises in `folders` by id, in order of need, and what is wrong with the rest.

    An exercise that only names unknown ones in `needs` is sound enough to be worked on.
    """
    found: _Found = {}
    faults: list[Fault] = []
    for folder in _exercise_folders(folders):
        try:
            exercise, document = _read(folder)
        except CurriculumError as error:
            faults += error.faults
            continue
        if earlier := found.get(exercise.id):
            problem = f"the exercise `{exercise.id}` is also in {earlier[0].folder}"
            faults.append(document.source.fault(["id"], problem, "rename one of the two"))
        else:
            found[exercise.id] = exercise, document
    faults += _unknown_needs(found)
    faults += _leave_out_circles(found)
    return _in_order(found), sorted(faults)


def _exercise_folders(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))


def _read(folder: Path) -> tuple[Exercise, Document[Manifest]]:
    document = read_document(folder / MANIFEST, Manifest)
    manifest = document.value
    faults = [
        Fault(folder / name, 1, 1, "the file is missing", "every exercise has one")
        for name in _FILES
        if not (folder / name).is_file()
    ]
    if manifest.id != folder.name:
        problem = f"the id `{manifest.id}` is not the name of the folder"
        faults.append(document.source.fault(["id"], problem, f"write `id: {folder.name}`"))
    faults += _check_faults(document)
    if faults:
        raise CurriculumError(faults)
    return Exercise(manifest.id, folder, manifest), document


def _check_faults(document: Document[Manifest]) -> Iterator[Fault]:
    """Checks with an id of another, and needs that are no check further up."""
    above: set[str] = set()
    for number, check in enumerate(document.value.checks):
        if check.id in above:
            problem = f"there is another check `{check.id}`"
            yield document.source.fault(["checks", number, "id"], problem, "give it another id")
        for place, need in enumerate(check.needs):
            if need not in above:
                yield document.source.fault(
                    ["checks", number, "needs", place],
                    f"there is no check `{need}` above this one",
                    nearest(need, above),
                )
        above.add(check.id)


def _unknown_needs(found: _Found) -> Iterator[Fault]:
    for exercise, document in found.values():
        for place, need in enumerate(exercise.manifest.needs):
            if need not in found:
                problem = f"there is no exercise `{need}`"
                yield document.source.fault(["needs", place], problem, nearest(need, found))


def _leave_out_circles(found: _Found) -> Iterator[Fault]:
    """Exercises that need each other could never be begun: they are taken out of `found`."""
    while True:
        try:
            TopologicalSorter(_needs(found)).prepare()
        except CycleError as error:
            circle = list(dict.fromkeys(error.args[1]))
            problem = f"these exercises need each other: {', '.join(sorted(circle))}"
            for name in circle:
                _, document = found.pop(name)
                yield document.source.fault(["needs"], problem, "remove one of the `needs`")
        else:
            return


def _in_order(found: _Found) -> dict[str, Exercise]:
    return {name: found[name][0] for name in TopologicalSorter(_needs(found)).static_order()}


def _needs(found: _Found) -> dict[str, list[str]]:
    return {
        name: [need for need in exercise.manifest.needs if need in found]
        for name, (exercise, _) in found.items()
    }
