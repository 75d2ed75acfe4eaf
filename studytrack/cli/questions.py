"""Commands about one question at a time, for scripts."""

from __future__ import annotations

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_markdown
from studytrack.errors import UsageError
from studytrack.memory.fsrs import AGAIN, GOOD
from studytrack.quiz.marking import right_answer
from studytrack.quizzing import Answered, Asked
from studytrack.study import Study


@click.command()
@click.argument("question", shell_complete=parameters.questions)
@click.option("--hint", is_flag=True, help="Its hint as well.")
@as_json
def question(question: str, hint: bool, as_json: bool) -> None:
    """Show one question as it would be asked now."""
    with opened() as study:
        asked = study.quiz.ask(question)
        if as_json:
            say_json(asked.as_json() | ({"hint": asked.question.hint} if hint else {}))
            return
        print_question(asked)
        if hint:
            print_hint(asked)


@click.command(context_settings=parameters.takes_text)
@click.argument("question", shell_complete=parameters.questions)
@click.argument("answer", callback=parameters.as_text)
@click.option("--rating", type=click.IntRange(1, 4), help="1 again, 2 hard, 3 good, 4 easy.")
@click.option("--hinted", is_flag=True, help="The hint was seen: a right answer counts as hard.")
@click.option("--overrule", is_flag=True, help="The marking is wrong: count the opposite.")
@as_json
def answer(
    question: str, answer: str, rating: int | None, hinted: bool, overrule: bool, as_json: bool
) -> None:
    """Answer one question. A choice is given by its number as `question` shows it, or its text."""
    with opened() as study:
        asked = study.quiz.ask(question)
        if asked.rubric and rating is None:
            raise UsageError("you rate this one yourself", "add --rating 1 to 4 after reading the rubric")
        answered = study.quiz.answer(asked, answer, rating, hinted=hinted)
        if overrule:
            answered = overruled(study, answered)
        due = study.quiz.due(asked.question.id)
        if as_json:
            say_json(
                {
                    "question": asked.question.id,
                    "given": answer,
                    "correct": answered.correct,
                    "rating": answered.rating,
                    "message": answered.message,
                    "right_answer": right_answer(asked.question),
                    "explanation": asked.question.explanation,
                    "due": due,
                    "event": answered.event,
                }
            )
            return
        print_marking(asked, answered)
        say(f"Comes back {due}.")


def overruled(study: Study, answered: Answered) -> Answered:
    """The answer, counted as the opposite of what the marking said."""
    right = not answered.correct
    return study.quiz.rate(answered, GOOD if right else AGAIN, correct=right)


def print_question(asked: Asked) -> None:
    """The question with its choices."""
    say_markdown(asked.question.prompt)
    for number, choice in enumerate(asked.choices, 1):
        say_markdown(choice, indent=5, first=f"  {number}  ")
    if asked.question.kind == "choices":
        say("All that are right, such as 1,3.")


def print_hint(asked: Asked) -> None:
    """The hint of the question, if it has one."""
    say_markdown(asked.question.hint or "There is no hint for this one.")


def print_rubric(asked: Asked) -> None:
    """What the learner's own explanation is to be judged by."""
    say("A full answer mentions:")
    for line in asked.rubric:
        say_markdown(line, indent=4, first="  - ")


def print_marking(asked: Asked, answered: Answered) -> None:
    """Whether the answer was right, what is right, and why."""
    say("✓ Right." if answered.correct else "✗ Not right.")
    if answered.message:
        say_markdown(answered.message)
    if not answered.correct and not asked.rubric:
        say_markdown(_the_answer(right_answer(asked.question)))
    say_markdown(asked.question.explanation)


def _the_answer(right: str) -> str:
    return f"The answer:\n\n{right}" if right.startswith("- ") else f"The answer: {right}"
