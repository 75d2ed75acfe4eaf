"""Asking and answering questions: the sitting, the marking, the rating, and when each comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from studytrack.curriculum.models import Explain, OneOf, Question, SeveralOf
from studytrack.history import History
from studytrack.memory.ratings import rating_of_answer
from studytrack.plan import due_questions, is_begun, new_questions
from studytrack.progress.events import Answer, Rate
from studytrack.quiz.marking import Marking, mark
from studytrack.quiz.showing import as_shown
from studytrack.quiz.sitting import Sitting, begin


@dataclass(frozen=True)
class Asked:
    """A question as it is shown now, and what is known of it."""

    question: Question
    """With its choices in the order of this showing."""
    lesson: str
    seen: int
    """How often it was answered on earlier days."""
    likely: float | None
    """The probability that it is known now; None for one that is new or was asked today."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts to choose from, in the order shown; empty for other kinds."""
        if isinstance(self.question, OneOf | SeveralOf):
            return tuple(choice.text for choice in self.question.choices)
        return ()

    @property
    def rubric(self) -> tuple[str, ...]:
        """What a full explanation mentions; empty for other kinds."""
        return self.question.rubric if isinstance(self.question, Explain) else ()

    def as_json(self) -> dict[str, Any]:
        """What `question --json` prints: nothing that gives the answer away."""
        return {
            "id": self.question.id,
            "lesson": self.lesson,
            "kind": self.question.kind,
            "topic": self.question.topic,
            "prompt": self.question.prompt,
            "choices": list(self.choices),
            "seen": self.seen,
            "likely": self.likely,
        }


@dataclass(frozen=True)
class Answered:
    """An answer, safe on the disk."""

    event: str
    question: str
    correct: bool
    rating: int
    message: str
    """What there is to say to this very answer; Markdown, may be empty."""
    intervals: Mapping[int, int]
    """For each rating, in how many days the question would come back; 0 is this sitting."""


class Quizzing:
    """The part of a study that has to do with questions."""

    def __init__(self, history: History) -> None:
        self._history = history

    def sitting(
        self, lesson: str | None = None, first: str | None = None, cram: bool = False
    ) -> Sitting | None:
        """What to ask now: what is due, then what is new within the day's number.

        With `lesson`, only its questions, new ones even if it was not begun; with `cram`, all of
        them whether due or not. `first` is asked first, due or not. None where nothing is to be asked.
        """
        history = self._history
        library = history.library
        lessons = [library.lesson(lesson)] if lesson else list(library.curriculum.lessons)
        if cram:
            asked = [question.id for entry in lessons for question in entry.questions]
        else:
            cards = history.question_cards()
            begun = lessons if lesson else [entry for entry in lessons if is_begun(entry, history.state)]
            asked = [
                *due_questions(lessons, cards, history.day),
                *new_questions(begun, cards, history.day, history.settings.new_a_day),
            ]
        if first:
            asked = [first, *(question for question in asked if question != first)]
        topics = {question: library.questions[question].topic for question in asked}
        return begin(asked, topics) if asked else None

    def ask(self, name: str) -> Asked:
        """The question as it is shown now. Raises UsageError where there is none of that id."""
        history = self._history
        question = history.library.question(name)
        card = history.card(question.id)
        likely = None
        if card and card.last_day < history.day:
            days = (history.day - card.last_day).days
            likely = history.schedule.model.retrievability(card.state, days)
        lesson = history.library.lesson_of[question.id].id
        answers = len(history.state.answers.get(question.id, ()))
        return Asked(as_shown(question, answers), lesson, card.reps if card else 0, likely)

    def mark(self, asked: Asked, given: str) -> Marking:
        """Marks an answer without counting it. Raises Unreadable where it is no answer at all."""
        return mark(asked.question, given)

    def answer(
        self,
        asked: Asked,
        given: str,
        rating: int | None = None,
        *,
        hinted: bool = False,
        seconds: float = 0.0,
        cram: bool = False,
    ) -> Answered:
        """Marks an answer and writes it down; it is safe on the disk when this returns.

        Without a `rating` it follows from the marking, as it does where the answer is wrong; an
        explanation, which the learner judges, needs one. Raises Unreadable where `given` is no
        answer: nothing is counted then.
        """
        marking = self.mark(asked, given)
        item = asked.question.id
        if marking.correct is None and rating is None:
            raise ValueError("the learner rates an explanation")
        correct = marking.correct if marking.correct is not None else rating != 1
        if rating is None or marking.correct is False:
            rating = rating_of_answer(correct, hinted)
        intervals = self.intervals(item)
        answer = Answer(
            given=marking.given,
            correct=correct,
            rating=rating,
            hinted=hinted,
            seconds=round(seconds, 3),
            cram=cram,
        )
        [event] = self._history.record((item, answer))
        return Answered(event.id, item, correct, rating, marking.message, intervals)

    def intervals(self, item: str) -> dict[int, int]:
        """For each rating, in how many days the question would come back; 0 is this sitting."""
        return self._history.schedule.preview(item, self._history.card(item), self._history.day)

    def rate(self, answered: Answered, rating: int, correct: bool | None = None) -> Answered:
        """Gives an answer another rating, or overrides its marking with `correct`."""
        correct = answered.correct if correct is None else correct
        self._history.record((answered.question, Rate(answer=answered.event, correct=correct, rating=rating)))
        return replace(answered, rating=rating, correct=correct)

    def due(self, item: str) -> str | None:
        """The ISO day on which a question comes back; None where it was never answered."""
        card = self._history.card(item)
        return card.due.isoformat() if card else None
