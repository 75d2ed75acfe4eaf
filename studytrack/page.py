"""A lesson's page: what the curriculum says, joined with what the learner did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from studytrack.curriculum.models import ChecklistLine, Lesson, Link, Note, Question, Resources, Step
from studytrack.grading.exercises import Exercise
from studytrack.memory.schedule import Card
from studytrack.plan import best_score, standing
from studytrack.progress.state import State


@dataclass(frozen=True)
class StageBox:
    """One of the course's four stages of a step."""

    id: str
    subject: str
    ticked: bool


@dataclass(frozen=True)
class StepEntry:
    """A step with its boxes."""

    id: str
    kind: str
    subject: str
    title: str
    minutes: int
    ticked: bool
    stages: tuple[StageBox, ...]
    links: tuple[Link, ...]
    needs: tuple[str, ...]
    text: str | None


@dataclass(frozen=True)
class ExerciseEntry:
    """A line of the checklist; `state` says what can be done with it now."""

    id: str
    kind: str
    """`graded` or `link`."""
    subject: str
    title: str
    ticked: bool
    state: str
    """`new`, `started`, `passed` or `due`; for a link, `done` or `new`."""
    exercise: str | None
    minutes: int | None
    attempts: int
    best: str | None
    due: str | None
    """The ISO day on which it comes back."""
    waits_for: tuple[str, ...]
    """What should be passed first and is not yet: a recommendation, not a lock."""
    links: tuple[Link, ...]
    text: str | None


@dataclass(frozen=True)
class QuestionEntry:
    """A question and when it comes back."""

    id: str
    kind: str
    topic: str
    prompt: str
    state: str
    """`new`, `due` or `later`."""
    due: str | None
    seen: int


@dataclass(frozen=True)
class Page:
    """Everything there is to see of one lesson."""

    id: str
    title: str
    summary: str
    video: str | None
    steps: tuple[StepEntry, ...]
    resources: Resources
    notes: tuple[Note, ...]
    exercises: tuple[ExerciseEntry, ...]
    questions: tuple[QuestionEntry, ...]
    own_notes: str

    def as_json(self) -> dict[str, Any]:
        """What `show LESSON --json` prints."""
        data = {name: getattr(self, name) for name in ("id", "title", "summary", "video", "own_notes")}
        for name in ("steps", "exercises"):
            data[name] = [
                asdict(entry) | {"links": [link.model_dump() for link in entry.links]}
                for entry in getattr(self, name)
            ]
        data["questions"] = [asdict(entry) for entry in self.questions]
        data["resources"] = list(_resources_as_json(self.resources))
        data["notes"] = [_note_as_json(note) for note in self.notes]
        return data


def _resources_as_json(resources: Resources) -> Iterator[dict[str, Any]]:
    """Each resource with its group as its kind; its address serves as its id."""
    for kind, links in resources.groups():
        for link in links:
            yield {"id": link.url, "kind": kind, "title": link.title, "url": link.url}


def _note_as_json(note: Note) -> dict[str, Any]:
    """A note with those below it; a callout's kind is that of the callout."""
    data = note.model_dump(mode="json", exclude={"notes", "callout"}, exclude_none=True)
    return {
        "id": note.id,
        "kind": note.callout or "note",
        **data,
        "notes": [_note_as_json(inner) for inner in note.notes],
    }


def make_page(
    lesson: Lesson,
    exercises: Mapping[str, Exercise],
    state: State,
    cards: Mapping[str, Card],
    exercise_cards: Mapping[str, Card],
    day: date,
    own_notes: str,
) -> Page:
    """The page of `lesson` as it stands on the study day `day`."""
    return Page(
        id=lesson.id,
        title=lesson.title,
        summary=lesson.summary,
        video=lesson.video,
        steps=tuple(_step(lesson, step, state) for step in lesson.steps),
        resources=lesson.resources,
        notes=lesson.notes,
        exercises=tuple(
            _exercise(lesson, line, exercises.get(line.exercise or ""), state, exercise_cards, day)
            for line in lesson.exercises
        ),
        questions=tuple(_question(question, cards.get(question.id), day) for question in lesson.questions),
        own_notes=own_notes,
    )


def _step(lesson: Lesson, step: Step, state: State) -> StepEntry:
    subject = f"{lesson.id}/{step.id}"
    stages = tuple(
        StageBox(stage, f"{subject}/{stage}", state.ticked(f"{subject}/{stage}")) for stage in step.stages
    )
    return StepEntry(
        id=step.id,
        kind=step.kind,
        subject=subject,
        title=step.title,
        minutes=step.minutes,
        ticked=state.ticked(subject),
        stages=stages,
        links=step.links,
        needs=step.needs,
        text=step.text,
    )


def _exercise(
    lesson: Lesson,
    line: ChecklistLine,
    exercise: Exercise | None,
    state: State,
    cards: Mapping[str, Card],
    day: date,
) -> ExerciseEntry:
    subject = f"{lesson.id}/{line.id}"
    ticked = state.ticked(subject)
    card = cards.get(exercise.id) if exercise else None
    attempts = state.attempts.get(exercise.id, ()) if exercise else ()
    waits_for = [need for need in line.needs if not state.ticked(f"{lesson.id}/{need}")]
    if exercise:
        waits_for += [need for need in exercise.manifest.needs if need not in cards and need not in waits_for]
    return ExerciseEntry(
        id=line.id,
        kind="graded" if exercise else "link",
        subject=subject,
        title=line.title,
        ticked=ticked,
        state=standing(card, len(attempts), day) if exercise else "done" if ticked else "new",
        exercise=line.exercise,
        minutes=exercise.manifest.minutes if exercise else None,
        attempts=len(attempts),
        best=best_score(state, exercise.id) if exercise else None,
        due=card.due.isoformat() if card else None,
        waits_for=tuple(waits_for),
        links=line.links,
        text=line.text,
    )


def _question(question: Question, card: Card | None, day: date) -> QuestionEntry:
    return QuestionEntry(
        id=question.id,
        kind=question.kind,
        topic=question.topic,
        prompt=question.prompt,
        state="new" if card is None else "due" if card.due <= day else "later",
        due=card.due.isoformat() if card else None,
        seen=card.reps if card else 0,
    )
