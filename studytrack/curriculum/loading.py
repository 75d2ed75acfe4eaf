"""Reads all lessons there are, and finds what is wrong in them and between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from studytrack.curriculum.cycles import find_cycles
from studytrack.curriculum.ids import give_ids
from studytrack.curriculum.models import Curriculum, Lesson
from studytrack.curriculum.phrasing import MAX_FAULTS
from studytrack.curriculum.reading import Document, validate
from studytrack.curriculum.references import reference_faults
from studytrack.curriculum.source import Source, child, shown
from studytrack.curriculum.yaml_reader import read_source
from studytrack.errors import CurriculumError, Fault, nearest


@dataclass(frozen=True)
class Reading:
    """The lessons that can be used, and the faults of those that cannot."""

    curriculum: Curriculum
    """Lessons without a fault, by number and then title; their `needs` name no others."""
    faults: tuple[Fault, ...]


def load_curriculum(folders: Sequence[Path], exercises: Collection[str]) -> Curriculum:
    """All lessons. Raises CurriculumError with every fault if there is one."""
    reading = read_lessons(folders, exercises)
    if reading.faults:
        raise CurriculumError(reading.faults)
    return reading.curriculum


def read_lessons(folders: Sequence[Path], exercises: Collection[str]) -> Reading:
    """The lessons in the `*.yaml` files of the folders (or in files named one by one).

    `exercises` are the ids of the graded exercises there are. A folder that does not exist
    holds no lessons. Where two lessons share an id, the one that was read first has it.
    """
    faults: list[Fault] = []
    documents: list[Document[Lesson]] = []
    known: dict[str, Source] = {}
    for file in _files(folders, faults):
        document = _read(file, exercises, known, faults)
        if document:
            documents.append(document)
    faults += _between(documents, known)
    faulty = {fault.file for fault in faults}
    lessons = [document.value for document in documents if document.source.file not in faulty]
    return Reading(Curriculum(lessons=_in_order(lessons)), tuple(sorted(faults)))


def read_lesson(file: Path) -> tuple[Source, Lesson | None, list[Fault]]:
    """One lesson with ids for everything, if its parts are right each for itself.

    Raises CurriculumError where the file cannot be read at all.
    """
    source = read_source(file)
    give_ids(source)
    lesson, faults = validate(source, Lesson)
    return source, lesson, faults


def _read(
    file: Path, exercises: Collection[str], known: dict[str, Source], faults: list[Fault]
) -> Document[Lesson] | None:
    """The lesson of a file, its faults added to `faults` and its id to those known."""
    try:
        source, lesson, found = read_lesson(file)
    except CurriculumError as error:
        faults += error.faults
        return None
    faults += found
    _claim_id(source, known, faults)
    if lesson is None:
        return None
    document = Document(lesson, source)
    faults += islice(reference_faults(document, exercises), MAX_FAULTS)
    return document


def _claim_id(source: Source, known: dict[str, Source], faults: list[Fault]) -> None:
    node = child(source.root, "id")
    if node is None or not isinstance(node.value, str):
        return
    if first := known.get(node.value):
        problem = f"the lesson id `{shown(node.value)}` is used twice (first in {first.file})"
        faults.append(source.fault(["id"], problem, "give this lesson another `id`"))
    else:
        known[node.value] = source


def _files(folders: Sequence[Path], faults: list[Fault]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            if folder.is_file() or folder.suffix == ".yaml":
                yield folder
            continue
        try:
            inside = sorted(folder.iterdir())
        except OSError as error:
            problem = f"the folder cannot be read ({error.strerror})"
            faults.append(Fault(folder, 1, 1, problem, "look at its permissions"))
            continue
        for file in inside:
            if file.name.startswith("."):
                continue
            if file.suffix == ".yml":
                faults.append(Fault(file, 1, 1, "the names of lessons end in `.yaml`", "rename the file"))
            elif file.suffix == ".yaml" and not _is_inside(file, folder):
                faults.append(Fault(file, 1, 1, "this link leads out of its folder", "copy the file here"))
            elif file.suffix == ".yaml":
                yield file


def _is_inside(file: Path, folder: Path) -> bool:
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except RuntimeError:  # a link to itself
        return False


def _between(documents: Sequence[Document[Lesson]], known: dict[str, Source]) -> Iterator[Fault]:
    """The faults that only show when the lessons are seen together."""
    asked: dict[str, Document[Lesson]] = {}
    for document in documents:
        lesson, source = document.value, document.source
        for number, need in enumerate(lesson.needs):
            if need not in known:
                yield source.fault(["needs", number], f"there is no lesson `{need}`", nearest(need, known))
        for number, question in enumerate(lesson.questions):
            first = asked.setdefault(question.id, document)
            if first is not document:
                problem = f"the question id `{question.id}` is used twice (first in {first.source.file})"
                yield source.fault(["questions", number, "id"], problem, "give this question another `id`")
    by_id: dict[str, Document[Lesson]] = {}
    for document in documents:
        by_id.setdefault(document.value.id, document)
    for cycle in find_cycles({name: document.value.needs for name, document in by_id.items()}):
        problem = f"these lessons need each other, so none can be begun: {' → '.join(cycle)}"
        yield by_id[cycle[0]].source.fault(["needs"], problem, "remove one of the `needs`")


def _in_order(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """By number, then title; what a lesson needs and is not among them is left out of its needs."""
    there = {lesson.id for lesson in lessons}
    tidy = [
        lesson.model_copy(update={"needs": tuple(need for need in lesson.needs if need in there)})
        for lesson in lessons
    ]
    return tuple(
        sorted(tidy, key=lambda one: (one.number is None, one.number or 0, one.title.casefold(), one.id))
    )
