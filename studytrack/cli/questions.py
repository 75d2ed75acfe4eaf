"""Commands about questions: a sitting in the plain terminal, and one question at a time for scripts."""

from __future__ import annotations

import time

import click

from studytrack.cli.common import as_json, echo_json, echo_text, opened
from studytrack.errors import UsageError
from studytrack.quiz.reading import Unreadable
from studytrack.quizzing import Answered, Asked
from studytrack.study import Study
from studytrack.times import in_days

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


@click.command()
@click.argument("lesson", required=False)
@click.option("--cram", is_flag=True, help="Practise what is not due, leaving the schedule alone.")
def quiz(lesson: str | None, cram: bool) -> None:
    """Ask what is due, and what is new in a lesson that was begun."""
    with opened() as study:
        sitting = study.quiz.sitting(lesson, cram=cram)
        if sitting is None:
            click.echo("No question is due." + ("" if cram else " --cram practises all the same."))
            return
        answers = right = 0
        while (question_id := sitting.next) is not None:
            asked = study.quiz.ask(question_id)
            click.echo(f"\n{sitting.done + 1} of {sitting.total} · {asked.question.topic}")
            answered = _ask(study, asked, cram)
            sitting = sitting.answered(question_id, answered.rating)
            answers += 1
            right += answered.correct
        click.echo(f"\nDone: {right} of {answers} answers were right.")


def _ask(study: Study, asked: Asked, cram: bool) -> Answered:
    """Asks until the answer can be read; the learner may then rate it."""
    _print_question(asked)
    started = time.monotonic()
    while True:
        given = click.prompt(">", prompt_suffix=" ", type=str)
        try:
            marking = study.quiz.mark(asked, given)
        except Unreadable as error:
            click.echo(str(error))
            continue
        rating = None
        if marking.correct is None:
            _print_rubric(asked)
            rating = click.prompt("1 again, 2 hard, 3 good, 4 easy", type=click.IntRange(1, 4), default=3)
        answered = study.quiz.answer(asked, given, rating, seconds=time.monotonic() - started, cram=cram)
        _print_answer(asked, answered)
        return _rated(study, answered) if marking.correct and not cram else answered


def _rated(study: Study, answered: Answered) -> Answered:
    """Lets the learner say that it was hard or easy; enter keeps what is offered."""
    offers = "  ".join(f"{n} {RATINGS[n]} {in_days(answered.intervals[n])}" for n in (2, 3, 4))
    rating = click.prompt(offers, type=click.IntRange(2, 4), default=answered.rating)
    return answered if rating == answered.rating else study.quiz.rate(answered, rating)


def _print_question(asked: Asked) -> None:
    echo_text(asked.question.prompt)
    for number, choice in enumerate(asked.choices, 1):
        click.echo(f"  {number}  ", nl=False)
        echo_text(choice)
    if asked.question.kind == "choices":
        click.echo("All that are right, such as 1,3.")


def _print_rubric(asked: Asked) -> None:
    click.echo("A full answer mentions:")
    for line in asked.rubric:
        click.echo(f"  - {line}")


def _print_answer(asked: Asked, answered: Answered) -> None:
    click.echo(f"{'✓ Right.' if answered.correct else '✗ Wrong.'} {answered.message}".rstrip())
    echo_text(asked.question.explanation)


@click.command()
@click.argument("question")
@as_json
def question(question: str, as_json: bool) -> None:
    """Show one question as it would be asked now."""
    with opened() as study:
        asked = study.quiz.ask(question)
        if as_json:
            echo_json(asked.as_json())
        else:
            _print_question(asked)


@click.command()
@click.argument("question")
@click.argument("answer")
@click.option("--rating", type=click.IntRange(1, 4), help="1 again, 2 hard, 3 good, 4 easy.")
@as_json
def answer(question: str, answer: str, rating: int | None, as_json: bool) -> None:
    """Answer one question. A choice is given by its number as `question` shows it, or its text."""
    with opened() as study:
        asked = study.quiz.ask(question)
        marking = study.quiz.mark(asked, answer)
        if marking.correct is None and rating is None:
            raise UsageError("you rate this one yourself", "add --rating 1 to 4 after reading the rubric")
        answered = study.quiz.answer(asked, answer, rating)
        if as_json:
            echo_json(
                {
                    "question": asked.question.id,
                    "given": answer,
                    "correct": answered.correct,
                    "rating": answered.rating,
                    "message": answered.message,
                    "explanation": asked.question.explanation,
                    "due": study.quiz.due(asked.question.id),
                    "event": answered.event,
                }
            )
            return
        _print_answer(asked, answered)
        click.echo(f"Comes back {study.quiz.due(asked.question.id)}.")
