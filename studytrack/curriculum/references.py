"""Whether the names and time stamps inside one lesson lead somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from studytrack.curriculum.cycles import find_cycles
from studytrack.curriculum.models import Lesson, Note
from studytrack.curriculum.reading import Document
from studytrack.curriculum.source import Key, Source
from studytrack.errors import Fault, nearest

Keys = tuple[Key, ...]


class _Box(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def needs(self) -> tuple[str, ...]: ...


def reference_faults(document: Document[Lesson], exercises: Collection[str]) -> Iterator[Fault]:
    """The faults of a lesson whose parts are each right: ids used twice, names of nothing, circles."""
    lesson, source = document.value, document.source
    notes = list(_notes(lesson.notes, ("notes",)))
    boxes = [(("steps", number), step.id) for number, step in enumerate(lesson.steps)]
    boxes += [(("exercises", number), line.id) for number, line in enumerate(lesson.exercises)]
    questions = [(("questions", number), question.id) for number, question in enumerate(lesson.questions)]
    yield from _used_twice(source, boxes, "steps and exercises")
    yield from _used_twice(source, [(path, note.id) for path, note in notes if note.id], "notes")
    yield from _used_twice(source, questions, "questions")
    yield from _named_like_exercises(source, questions, exercises)
    yield from _needs(source, "steps", "step", lesson.steps)
    yield from _needs(source, "exercises", "line of the exercises", lesson.exercises)
    yield from _graded(document, exercises)
    yield from _places(document, {note.id for _, note in notes if note.id})
    yield from _time_stamps(document, notes)


def _notes(notes: Sequence[Note], path: Keys) -> Iterator[tuple[Keys, Note]]:
    for number, note in enumerate(notes):
        yield (*path, number), note
        yield from _notes(note.notes, (*path, number, "notes"))


def _used_twice(source: Source, named: Sequence[tuple[Keys, str]], among: str) -> Iterator[Fault]:
    first: dict[str, Keys] = {}
    for path, name in named:
        if name in first:
            line = source.nodes((*first[name], "id"))[-1].place.line
            problem = f"the id `{name}` is used twice among the {among} (first in line {line})"
            yield source.fault((*path, "id"), problem, "give one of them another `id`")
        else:
            first[name] = path


def _named_like_exercises(
    source: Source, questions: Sequence[tuple[Keys, str]], exercises: Collection[str]
) -> Iterator[Fault]:
    """The history of a question and of an exercise would run together under one id."""
    for path, name in questions:
        if name in exercises:
            yield source.fault(
                (*path, "id"), f"`{name}` is an exercise's id", "give the question another `id`"
            )


def _needs(source: Source, key: str, what: str, boxes: Sequence[_Box]) -> Iterator[Fault]:
    index = {box.id: number for number, box in reversed(list(enumerate(boxes)))}
    known = {box.id: boxes[index[box.id]].needs for box in boxes}
    for number, box in enumerate(boxes):
        for place, need in enumerate(box.needs):
            if need not in known:
                path = (key, number, "needs", place)
                yield source.fault(path, f"there is no {what} `{need}`", nearest(need, known))
    for cycle in find_cycles(known):
        circle = " → ".join(cycle)
        problem = f"these need each other, so none can be begun: {circle}"
        yield source.fault((key, index[cycle[0]], "needs"), problem, "remove one of the `needs`")


def _graded(document: Document[Lesson], exercises: Collection[str]) -> Iterator[Fault]:
    for number, line in enumerate(document.value.exercises):
        if line.exercise is not None and line.exercise not in exercises:
            problem = f"there is no graded exercise `{line.exercise}`"
            path = ("exercises", number, "exercise")
            yield document.source.fault(path, problem, nearest(line.exercise, exercises))


def _places(document: Document[Lesson], notes: Collection[str]) -> Iterator[Fault]:
    for number, question in enumerate(document.value.questions):
        note = question.place.note if question.place else None
        if note is not None and note not in notes:
            path = ("questions", number, "place", "note")
            yield document.source.fault(path, f"there is no note `{note}`", nearest(note, notes))


def _time_stamps(document: Document[Lesson], notes: Sequence[tuple[Keys, Note]]) -> Iterator[Fault]:
    """One fault, at the first time stamp, where the lesson has no video to lead into."""
    if document.value.video:
        return
    stamped: list[Keys] = [(*path, "at") for path, note in notes if note.at is not None]
    for number, question in enumerate(document.value.questions):
        if question.place and question.place.at is not None:
            stamped.append(("questions", number, "place", "at"))
    if stamped:
        problem = "the lesson has no video into which a time stamp could lead"
        yield document.source.fault(stamped[0], problem, "give it a step of the kind `video` with a link")
