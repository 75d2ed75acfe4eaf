"""What can be ticked off: steps, their stages, and the lines of the exercises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from studytrack.curriculum.models import Lesson

STAGE_TITLES = {
    "watch": "watch",
    "run": "run",
    "reproduce": "reproduce",
    "other-data": "other data",
}


@dataclass(frozen=True)
class Box:
    """One box to tick, under the name that its history hangs on."""

    subject: str
    """`lesson/step`, `lesson/step/stage` or `lesson/exercise`."""
    lesson: str
    title: str
    kind: Literal["step", "stage", "exercise"]


def boxes_of(lesson: Lesson) -> Iterator[Box]:
    """The boxes of a lesson, in the order of its page."""
    for step in lesson.steps:
        subject = f"{lesson.id}/{step.id}"
        yield Box(subject, lesson.id, step.title, "step")
        for stage in step.stages:
            yield Box(f"{subject}/{stage}", lesson.id, f"{step.title}: {STAGE_TITLES[stage]}", "stage")
    for line in lesson.exercises:
        yield Box(f"{lesson.id}/{line.id}", lesson.id, line.title, "exercise")
