"""A sitting in the plain terminal."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from studytrack.cli import parameters
from studytrack.cli.asking import ask, ask_number
from studytrack.cli.opening import opened
from studytrack.cli.printing import say, say_prose
from studytrack.cli.questions import overruled, print_hint, print_marking, print_question, print_rubric
from studytrack.memory.fsrs import AGAIN, EASY, GOOD, HARD, RATINGS
from studytrack.quiz.reading import Unreadable
from studytrack.quiz.sitting import Sitting
from studytrack.quizzing import Answered, Asked
from studytrack.study import Study
from studytrack.times import in_days

_NAMES = {AGAIN: "again", HARD: "hard", GOOD: "good", EASY: "easy"}
_OVERRULE = 0


@dataclass
class _Tally:
    """How many answers were given, and how many of them were right."""

    given: int = 0
    right: int = 0

    def count(self, answered: Answered) -> None:
        self.given += 1
        self.right += answered.correct

    def __str__(self) -> str:
        return f"{self.right} of {self.given} answers were right."


@click.command()
@click.argument("lesson", required=False, shell_complete=parameters.lessons)
@click.option("--cram", is_flag=True, help="Practise what is not due, leaving the schedule alone.")
def quiz(lesson: str | None, cram: bool) -> None:
    """Ask what is due, and what is new in a lesson that was begun. `?` shows a hint, ctrl+d ends it."""
    with opened() as study:
        sitting = study.quiz.sitting(lesson, cram=cram)
        if sitting is None:
            say("No question is due." + ("" if cram else " --cram practises all the same."))
            return
        tally = _Tally()
        try:
            _sit(study, sitting, cram, tally)
        except (EOFError, KeyboardInterrupt) as end:
            say(
                f"\nEnded early: {tally} What you answered is kept."
                if tally.given
                else "\nNothing was answered."
            )
            if isinstance(end, KeyboardInterrupt):
                raise
        else:
            say(f"\nDone: {tally}")


def _sit(study: Study, sitting: Sitting, cram: bool, tally: _Tally) -> None:
    while (question_id := sitting.next) is not None:
        asked = study.quiz.ask(question_id)
        say(f"\n{sitting.done + 1} of {sitting.total} · {asked.question.topic}")
        print_question(asked)
        answered = _answer(study, asked, cram)
        tally.count(answered)
        if not (cram or asked.rubric):
            marked, answered = answered, _rate(study, answered)
            tally.right += answered.correct - marked.correct
        sitting = sitting.answered(question_id, answered.rating)


def _answer(study: Study, asked: Asked, cram: bool) -> Answered:
    """Asks until the answer can be read. It is written down before anything more is asked."""
    started = time.monotonic()
    hinted = False
    while True:
        given = ask("> ")
        if given.strip() == "?":
            hinted = True
            print_hint(asked)
            continue
        try:
            study.quiz.mark(asked, given)
        except Unreadable as error:
            say_prose(str(error))
            continue
        rating = _own_rating(study, asked) if asked.rubric else None
        seconds = round(time.monotonic() - started, 1)
        answered = study.quiz.answer(asked, given, rating, hinted=hinted, seconds=seconds, cram=cram)
        print_marking(asked, answered)
        return answered


def _own_rating(study: Study, asked: Asked) -> int:
    """How the learner judges an explanation of their own."""
    print_rubric(asked)
    intervals = study.quiz.intervals(asked.question.id)
    return ask_number(_offers(intervals, RATINGS), RATINGS, GOOD)


def _rate(study: Study, answered: Answered) -> Answered:
    """Lets the learner rate the answer or overrule its marking; enter keeps it as it is."""
    offered = RATINGS if answered.correct else (AGAIN,)
    overrule = f"{_OVERRULE} I was {'wrong' if answered.correct else 'right'}"
    prompt = f"{_offers(answered.intervals, offered)}  {overrule}"
    rating = ask_number(prompt, (*offered, _OVERRULE), answered.rating)
    if rating == _OVERRULE:
        return overruled(study, answered)
    return answered if rating == answered.rating else study.quiz.rate(answered, rating)


def _offers(intervals: Mapping[int, int], ratings: Sequence[int]) -> str:
    """The ratings, each with when the question returns."""
    return "  ".join(
        f"{rating} {_NAMES[rating]}" + (f" {in_days(intervals[rating])}" if intervals[rating] else "")
        for rating in ratings
    )
