"""Commands about exercises, but for `check`: the list, start, hint, solution, start over."""

from __future__ import annotations

import click

from studytrack.cli import parameters
from studytrack.cli.asking import ask_yes
from studytrack.cli.opening import complain_of_faults, opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_markdown, say_row
from studytrack.errors import UsageError


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
def hint(exercise: str) -> None:
    """The next hint."""
    with opened() as study:
        taken = study.practice.take_hint(exercise)
        if taken is None:
            say(f"There is no further hint. The solution: studytrack solution {exercise}")
        else:
            number, text = taken
            say(f"Hint {number} of {len(study.library.exercise(exercise).manifest.hints)}")
            say_markdown(text)


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.option("--yes", is_flag=True, help="Do not ask.")
def solution(exercise: str, yes: bool) -> None:
    """The solution, beside yours. Before you passed, it counts as a lapse."""
    with opened() as study:
        study.library.exercise(exercise)  # an unknown one is told before its price
        price = study.practice.solution_price(exercise)
        if price and not yes and not _agreed(price):
            say("Not shown.")
            return
        say_markdown(study.practice.show_solution(exercise))


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
