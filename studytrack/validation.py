"""What is wrong in the lessons and exercises that an author names, seen beside all the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studytrack.curriculum.fixing import fix_ids
from studytrack.curriculum.loading import read_lessons
from studytrack.errors import CurriculumError, Fault, UsageError
from studytrack.grading.exercises import MANIFEST, Exercise, read_exercises
from studytrack.library import Library


@dataclass(frozen=True)
class Findings:
    """How much was looked at, and what is wrong with it."""

    lessons: int
    exercises: int
    faults: tuple[Fault, ...]


def examine(paths: Sequence[Path], library: Library) -> Findings:
    """The faults of the lessons and exercises in `paths`, files or folders; without any, of all there are.

    What they refer to may be in the library. What is not in it stands before it: a copy of a
    shipped lesson is looked at as if it replaced the shipped one. Raises UsageError where a path
    holds neither lessons nor exercises.
    """
    if not paths:
        return Findings(len(library.curriculum.lessons), len(library.exercises), library.faults)
    named = [_Named(path) for path in dict.fromkeys(paths)]
    for one in named:
        if not (one.lessons or one.exercises):
            raise UsageError(f"{one.path} holds neither lessons nor exercises", "name a file or its folder")
    folders = [folder for one in named for folder in one.exercises]
    around = _before([folder.parent for folder in folders], library.exercise_folders)
    exercises, exercise_faults = read_exercises(around)
    sources = [one.path for one in named if one.lessons]
    reading = read_lessons(_before(sources, library.curricula), exercises)
    faults = {
        replace(fault, file=one.path / inside)
        for fault in (*reading.faults, *exercise_faults)
        for one in named
        if (inside := one.inside(fault.file)) is not None
    }
    lessons = {_place(file) for one in named for file in one.lessons}
    return Findings(len(lessons), len(set(map(_place, folders))), tuple(sorted(faults)))


def chosen_exercises(names: Sequence[str], library: Library) -> tuple[list[Exercise], list[Fault]]:
    """The exercises of these ids or in these folders, or all there are; and what is wrong with the unread.

    Raises UsageError where there is none of that name.
    """
    if not names:
        own = [fault for folder in library.exercise_folders for fault in _faults_in(folder, library.faults)]
        return list(library.exercises.values()), own
    chosen: list[Exercise] = []
    faults: list[Fault] = []
    places = {_place(folder) for folder in library.exercise_folders}
    for name in dict.fromkeys(names):
        if _place(Path(name)).parent in places:  # a folder of the library, named by its path
            name = Path(name).resolve().name
        known = [folder / name for folder in library.exercise_folders if (folder / name / MANIFEST).is_file()]
        path = known[0] if known else Path(name)
        if name in library.exercises or not (path / MANIFEST).is_file():
            chosen.append(library.exercise(name))
        elif known:
            faults += _faults_in(path, library.faults)
        else:
            exercise, unread = _read_elsewhere(path, library)
            faults += unread
            chosen += [exercise] if exercise else []
    return chosen, faults


def _faults_in(folder: Path, faults: Sequence[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.file.is_relative_to(folder)]


def _read_elsewhere(path: Path, library: Library) -> tuple[Exercise | None, Sequence[Fault]]:
    """The exercise in a folder that is not of the library, seen beside the library's."""
    faults = examine([path], library).faults
    here = _place(path)
    exercises, _ = read_exercises(_before([here.parent], library.exercise_folders))
    sound = [exercise for exercise in exercises.values() if _place(exercise.folder) == here]
    return (sound[0], faults) if sound else (None, faults)


def write_ids(paths: Sequence[Path], library: Library) -> Iterator[tuple[Path, str] | Fault]:
    """Writes the ids that were left out into the lessons of `paths`, or of the library where none is named.

    Yields each file with an id that was written, or what kept it from being written.
    """
    for path in paths or library.curricula:
        for file in _Named(path).lessons:
            try:
                yield from ((file, written) for written in fix_ids(file))
            except CurriculumError as error:
                yield from error.faults


class _Named:
    """A path that an author named, and what it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path.parent if path.name == MANIFEST else path
        self._place = _place(self.path)
        self.exercises = self._exercises()
        self.lessons = self._lessons()

    def inside(self, file: Path) -> Path | None:
        """The way from here to a file, if it is in here."""
        place = _place(file)
        return place.relative_to(self._place) if place.is_relative_to(self._place) else None

    def _exercises(self) -> tuple[Path, ...]:
        if (self.path / MANIFEST).is_file():
            return (self.path,)
        return tuple(sorted(manifest.parent for manifest in self.path.glob(f"*/{MANIFEST}")))

    def _lessons(self) -> tuple[Path, ...]:
        if not self.path.is_dir():
            return (self.path,)
        if (self.path / MANIFEST).is_file():
            return ()
        return tuple(file for file in sorted(self.path.glob("*.yaml")) if not file.name.startswith("."))


def _before(named: Sequence[Path], library: Collection[Path]) -> list[Path]:
    """Those of the named paths that are not in the library, each once, and then the library."""
    known = {folder.resolve() for folder in library}
    outside = {place: path for path in named if not {place := _place(path), place.parent} & known}
    return [*outside.values(), *library]


def _place(path: Path) -> Path:
    """Where a path is: of a folder the real one, of a file the real one of its folder."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name
