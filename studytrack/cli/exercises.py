"""Commands about exercises, but for `check`: the list, start, hint, solution, start over."""

from __future__ import annotations

import click

from studytrack.cli import parameters
from studytrack.cli.asking import ask_yes
from studytrack.cli.attempts import print_difference
from studytrack.cli.opening import complain_of_faults, opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import columns, say, say_json, say_markdown, say_prose, say_row
from studytrack.errors import UsageError
from studytrack.side_by_side import WIDE


@click.command()
@as_json
def exercises(as_json: bool) -> None:
    """The graded exercises, in learning order."""
    with opened() as study:
        complain_of_faults(study.library)
        entries = study.practice.listing()
        if as_json:
            say_json(entries)
            return
        for entry in entries:
            facts = [f"{entry['id']:<18}", entry["title"], f"{entry['minutes']} min", entry["state"]]
            facts += [f"best {entry['best']}"] if entry["best"] else []
            facts += [f"due {entry['due']}"] if entry["due"] else []
            say_row(" · ".join(facts))


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
def start(exercise: str) -> None:
    """Show the task and put the starter where you work on it."""
    with opened() as study:
        file = study.practice.start(exercise)
        say_markdown(study.library.exercise(exercise).task.read_text(encoding="utf-8"))
        say(f"\nWrite in {file}\nthen run: studytrack check {exercise}")


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.option("--again", is_flag=True, help="Those that you took, and no further one.")
@as_json
def hint(exercise: str, again: bool, as_json: bool) -> None:
    """The next hint; after the last comes the solution, at its price."""
    with opened() as study:
        hints = study.library.exercise(exercise).manifest.hints
        if again:
            taken = list(enumerate(hints[: study.practice.hints_taken(exercise)], 1))
        else:
            next_one = study.practice.take_hint(exercise)
            taken = [next_one] if next_one else []
        if as_json:
            say_json([{"number": number, "of": len(hints), "hint": text} for number, text in taken])
            return
        for number, text in taken:
            say(f"Hint {number} of {len(hints)}")
            say_markdown(text)
        if not taken:
            say_prose(_instead_of_a_hint(exercise, again, study.practice.solution_price(exercise)))


def _instead_of_a_hint(exercise: str, again: bool, price: str | None) -> str:
    if again:
        return f"No hint was taken since it was last passed. The first: studytrack hint {exercise}"
    return (
        f"There is no further hint. Those before: studytrack hint {exercise} --again\n"
        f"The solution: studytrack solution {exercise}{f'  ({price})' if price else ''}"
    )


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.option("--yes", is_flag=True, help="Do not ask.")
def solution(exercise: str, yes: bool) -> None:
    """The solution beside yours; seen before you passed, the exercise returns the day after you do."""
    with opened() as study:
        study.library.exercise(exercise)  # an unknown one is told before its price
        price = study.practice.solution_price(exercise)
        if price and not yes and not _agreed(price):
            say("Not shown.")
            return
        found = study.practice.show_solution(exercise)
        if (columns() or 0) < WIDE:
            say(f"{found.right.rstrip()}\n\nWhat separates yours from it\n")
        print_difference(found, whole=True)


def _agreed(price: str) -> bool:
    try:
        return ask_yes(f"{price} Look?")
    except EOFError:
        raise UsageError(price.split(".")[0].lower(), "--yes shows it all the same") from None


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
def reset(exercise: str) -> None:
    """Put the starter back; what you wrote is kept beside it."""
    with opened() as study:
        say(f"The starter is back; your earlier code is in {study.practice.reset(exercise)}")
