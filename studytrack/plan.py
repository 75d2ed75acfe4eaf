"""What to do today, and how long it takes: curriculum + progress + memory + now ► today.

`Today` is plain data that goes to and comes from JSON, so that the app can draw
its first frame from a stored copy before anything heavy is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studytrack.curriculum.models import Curriculum, Lesson
    from studytrack.grading.exercises import Exercise
    from studytrack.memory.schedule import Card
    from studytrack.progress.state import State

REVIEW_MINUTES = 0.4
"""How long a question takes that was seen before, until the learner's own times are known."""
NEW_MINUTES = 1.0
"""How long a question takes the first time, its explanation read."""


@dataclass(frozen=True)
class NextStep:
    """The first step that is not ticked in the first lesson that is not done."""

    lesson: str
    lesson_title: str
    subject: str
    title: str
    kind: str
    minutes: int


@dataclass(frozen=True)
class Practice:
    """An exercise to do: one that is due again, or the next new one."""

    id: str
    title: str
    minutes: int
    lesson: str
    due_since: str | None
    """The ISO day since which it is due again; None where it was never passed."""
    best: str | None
    """The best score so far, as `4/5`."""


@dataclass(frozen=True)
class LessonRow:
    """How far one lesson is."""

    id: str
    title: str
    steps: tuple[tuple[str, str, bool], ...]
    """Kind, title and whether it is ticked."""
    exercises_done: int
    exercises: int
    questions_seen: int
    questions: int
    questions_due: int

    @property
    def progress(self) -> float:
        """The mean of what is done of its steps, its exercises and its questions, from 0 to 1."""
        parts = [
            (sum(ticked for _, _, ticked in self.steps), len(self.steps)),
            (self.exercises_done, self.exercises),
            (self.questions_seen, self.questions),
        ]
        shares = [done / total for done, total in parts if total]
        return sum(shares) / len(shares)


@dataclass(frozen=True)
class Today:
    """Everything that the screen *Today* and the command `today` show."""

    day: str
    streak: int
    """Days in a row with something done, up to today or yesterday."""
    week: tuple[int, ...]
    """How much was done on each of the last seven days, today last."""
    reviews: tuple[str, ...]
    """Questions that are due, the longest overdue first."""
    new: tuple[str, ...]
    """Questions to be asked for the first time today."""
    practice: tuple[Practice, ...]
    """Exercises that are due again, else the next new one."""
    next_step: NextStep | None
    lessons: tuple[LessonRow, ...]

    @property
    def due_exercises(self) -> int:
        return sum(exercise.due_since is not None for exercise in self.practice)

    @property
    def review_minutes(self) -> int:
        """What the quiz takes, in whole minutes, at least one where anything is to be asked."""
        minutes = len(self.reviews) * REVIEW_MINUTES + len(self.new) * NEW_MINUTES
        return max(1, round(minutes)) if minutes else 0

    def as_json(self) -> dict[str, Any]:
        """What `today --json` prints."""
        return asdict(self) | {"minutes": self.review_minutes}


def today_from_json(data: dict[str, Any]) -> Today:
    """What `Today.as_json` made, read back."""
    data = {name: value for name, value in data.items() if name != "minutes"}
    return Today(
        **data
        | {
            "week": tuple(data["week"]),
            "reviews": tuple(data["reviews"]),
            "new": tuple(data["new"]),
            "practice": tuple(Practice(**row) for row in data["practice"]),
            "next_step": NextStep(**data["next_step"]) if data["next_step"] else None,
            "lessons": tuple(
                LessonRow(**row | {"steps": tuple(tuple(step) for step in row["steps"])})
                for row in data["lessons"]
            ),
        }
    )


def plan_today(
    curriculum: Curriculum,
    exercises: Mapping[str, Exercise],
    state: State,
    cards: Mapping[str, Card],
    exercise_cards: Mapping[str, Card],
    active_days: Mapping[date, int],
    day: date,
    new_a_day: int,
) -> Today:
    """What is due on the study day `day`.

    `active_days` counts the events of each study day. New questions come from lessons
    that were begun; those introduced earlier today count against `new_a_day`.
    """
    begun = [lesson for lesson in curriculum.lessons if is_begun(lesson, state)]
    return Today(
        day=day.isoformat(),
        streak=_streak(active_days, day),
        week=tuple(active_days.get(day - timedelta(days=back), 0) for back in range(6, -1, -1)),
        reviews=due_questions(curriculum.lessons, cards, day),
        new=new_questions(begun, cards, day, new_a_day),
        practice=_practice(curriculum, exercises, state, exercise_cards, day),
        next_step=_next_step(curriculum, state),
        lessons=tuple(_row(lesson, state, cards, day) for lesson in curriculum.lessons),
    )


def due_questions(lessons: Iterable[Lesson], cards: Mapping[str, Card], day: date) -> tuple[str, ...]:
    """The questions of `lessons` that are due on `day`, the longest overdue first."""
    asked = [question.id for lesson in lessons for question in lesson.questions if question.id in cards]
    due = [question for question in asked if cards[question].due <= day]
    return tuple(sorted(due, key=lambda question: cards[question].due))


def new_questions(
    lessons: Iterable[Lesson], cards: Mapping[str, Card], day: date, new_a_day: int
) -> tuple[str, ...]:
    """Questions of `lessons` never asked so far, in their order: what is left of the day's number."""
    introduced = sum(card.first_day == day for card in cards.values())
    new = [question.id for lesson in lessons for question in lesson.questions if question.id not in cards]
    return tuple(new[: max(0, new_a_day - introduced)])


def is_begun(lesson: Lesson, state: State) -> bool:
    """Whether a box of the lesson is ticked; from then on its questions are asked."""
    return any(subject.startswith(f"{lesson.id}/") for subject in state.ticks)


def _streak(active_days: Mapping[date, int], day: date) -> int:
    if day not in active_days:
        day -= timedelta(days=1)  # today may still come
    streak = 0
    while day in active_days:
        streak += 1
        day -= timedelta(days=1)
    return streak


def _next_step(curriculum: Curriculum, state: State) -> NextStep | None:
    for lesson in curriculum.lessons:
        for step in lesson.steps:
            subject = f"{lesson.id}/{step.id}"
            if not state.ticked(subject):
                return NextStep(lesson.id, lesson.title, subject, step.title, step.kind, step.minutes)
    return None


def _practice(
    curriculum: Curriculum,
    exercises: Mapping[str, Exercise],
    state: State,
    cards: Mapping[str, Card],
    day: date,
) -> tuple[Practice, ...]:
    """The exercises that are due again; where there is none, the next one that was never passed."""
    due, fresh = [], []
    for lesson in curriculum.lessons:
        for line in lesson.exercises:
            exercise = exercises.get(line.exercise or "")
            if exercise is None:
                continue
            card = cards.get(exercise.id)
            practice = Practice(
                id=exercise.id,
                title=line.title,
                minutes=exercise.manifest.minutes,
                lesson=lesson.id,
                due_since=card.due.isoformat() if card else None,
                best=best_score(state, exercise.id),
            )
            if card and card.due <= day:
                due.append(practice)
            elif not card and not state.ticked(f"{lesson.id}/{line.id}"):
                fresh.append(practice)
    return tuple(due) or tuple(fresh[:1])


def best_score(state: State, exercise: str) -> str | None:
    """The best score of all attempts at an exercise, as `4/5`; None where there was no attempt."""
    attempts = [attempt for attempt in state.attempts.get(exercise, ()) if attempt.max_score]
    if not attempts:
        return None
    best = max(attempts, key=lambda attempt: attempt.score / attempt.max_score)
    return f"{best.score:g}/{best.max_score:g}"


def standing(card: Card | None, attempts: int, day: date) -> str:
    """How an exercise stands on a day: `new`, `started`, `passed`, or `due` again."""
    if card:
        return "due" if card.due <= day else "passed"
    return "started" if attempts else "new"


def _row(lesson: Lesson, state: State, cards: Mapping[str, Card], day: date) -> LessonRow:
    return LessonRow(
        id=lesson.id,
        title=lesson.title,
        steps=tuple((step.kind, step.title, state.ticked(f"{lesson.id}/{step.id}")) for step in lesson.steps),
        exercises_done=sum(state.ticked(f"{lesson.id}/{line.id}") for line in lesson.exercises),
        exercises=len(lesson.exercises),
        questions_seen=sum(question.id in cards for question in lesson.questions),
        questions=len(lesson.questions),
        questions_due=len(due_questions([lesson], cards, day)),
    )
