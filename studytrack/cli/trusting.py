"""The command `trust`: letting an exercise run that was not shipped."""

from __future__ import annotations

import click

from studytrack.cli.opening import options_of
from studytrack.cli.printing import say_row
from studytrack.errors import UsageError, nearest
from studytrack.start import home_of


@click.command()
@click.argument("exercise")
@click.pass_context
def trust(context: click.Context, exercise: str) -> None:
    """Let an exercise in your home that came from elsewhere run, as it is now.

    Its checks run on your machine with your rights: read them first. When a file of it changes, it
    waits to be trusted again.
    """
    from studytrack.grading.exercises import read_exercises
    from studytrack.grading.trust import trust as let_run

    home = home_of(options_of(context))
    found, faults = read_exercises([home.exercises])
    if exercise not in found:
        own = [str(fault) for fault in faults if fault.file.is_relative_to(home.exercises / exercise)]
        if own:
            raise UsageError(own[0])
        raise UsageError(f"there is no exercise {exercise!r} in {home.exercises}", nearest(exercise, found))
    let_run(found[exercise], home)
    say_row(f"{exercise} may run as it is now: studytrack start {exercise}")
