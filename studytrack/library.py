"""What there is to learn: lessons and exercises, shipped and the learner's own, read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studytrack.curriculum.signature import signature
from studytrack.errors import Fault, UsageError, nearest
from studytrack.paths import Home, shipped_curriculum, shipped_exercises

if TYPE_CHECKING:
    from studytrack.curriculum.boxes import Box
    from studytrack.curriculum.models import Curriculum, Lesson, Question
    from studytrack.grading.exercises import Exercise


class Library:
    """The lessons in some folders and the exercises in others.

    With a `home`, exercises in it are left out until they are trusted.
    """

    def __init__(
        self, curricula: Sequence[Path], exercises: Sequence[Path], home: Home | None = None
    ) -> None:
        self.curricula = tuple(curricula)
        self.exercise_folders = tuple(exercises)
        self._home = home

    def signature(self) -> str:
        """Changes whenever a file of it does."""
        trusted = self._home.trusted if self._home else None
        return signature(self.curricula, self.exercise_folders, trusted)

    @cached_property
    def _read(self) -> tuple[Curriculum, dict[str, Exercise], tuple[Fault, ...]]:
        from studytrack.curriculum.loading import read_lessons
        from studytrack.grading.exercises import read_exercises
        from studytrack.grading.trust import trusted_only

        exercises, faults = read_exercises(self.exercise_folders)
        lessons = read_lessons(self.curricula, exercises)
        if self._home:
            exercises, withheld = trusted_only(exercises, self._home)
            faults += withheld
        return lessons.curriculum, exercises, (*lessons.faults, *faults)

    @property
    def curriculum(self) -> Curriculum:
        return self._read[0]

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """By id, each after those it needs."""
        return self._read[1]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong in the files; the lessons and exercises concerned are left out."""
        return self._read[2]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions by id, in the order of the lessons."""
        return {q.id: q for lesson in self.curriculum.lessons for q in lesson.questions}

    @cached_property
    def lesson_of(self) -> Mapping[str, Lesson]:
        """The lesson of each question."""
        return {q.id: lesson for lesson in self.curriculum.lessons for q in lesson.questions}

    @cached_property
    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """For each graded exercise, the boxes of the checklists that it ticks."""
        subjects: dict[str, tuple[str, ...]] = {}
        for lesson in self.curriculum.lessons:
            for line in lesson.exercises:
                if line.exercise:
                    subjects[line.exercise] = (*subjects.get(line.exercise, ()), f"{lesson.id}/{line.id}")
        return subjects

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson of that id. Raises UsageError, naming the nearest, where there is none."""
        lessons = {lesson.id: lesson for lesson in self.curriculum.lessons}
        if lesson_id not in lessons:
            raise UsageError(f"there is no lesson {lesson_id!r}", nearest(lesson_id, lessons))
        return lessons[lesson_id]

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise of that id. Raises UsageError, naming the nearest, where there is none."""
        if exercise_id not in self.exercises:
            raise UsageError(f"there is no exercise {exercise_id!r}", nearest(exercise_id, self.exercises))
        return self.exercises[exercise_id]

    def question(self, name: str) -> Question:
        """The question of that id, with or without its lesson before a slash.

        Raises UsageError, naming the nearest, where there is none.
        """
        question_id = name.rpartition("/")[2]
        if question_id not in self.questions:
            raise UsageError(f"there is no question {name!r}", nearest(question_id, self.questions))
        return self.questions[question_id]

    def box(self, subject: str) -> Box:
        """The box of that name. Raises UsageError, naming the nearest, where there is none."""
        from studytrack.curriculum.boxes import boxes_of

        boxes = {box.subject: box for lesson in self.curriculum.lessons for box in boxes_of(lesson)}
        if subject not in boxes:
            meant = [name for name in boxes if name.endswith(f"/{subject}")]
            remedy = nearest(meant[0] if meant else subject, boxes)
            raise UsageError(f"there is nothing to tick called {subject!r}", remedy)
        return boxes[subject]


def library_of(home: Home) -> Library:
    """What is shipped, and what is in the learner's home."""
    return Library([shipped_curriculum(), home.curriculum], [shipped_exercises(), home.exercises], home)
