"""Commands for those who write lessons and exercises."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened_library
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json
from studytrack.errors import Fault


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--fix", is_flag=True, help="Write down the ids that were left out of lessons.")
@as_json
@click.pass_context
def validate(context: click.Context, paths: tuple[Path, ...], fix: bool, as_json: bool) -> None:
    """Check lessons and exercises: those in PATHS, or all there are."""
    from studytrack.validation import examine, write_ids

    written: list[tuple[Path, str]] = []
    unwritten: set[Fault] = set()
    with opened_library() as library:
        for result in write_ids(paths, library) if fix else ():
            if isinstance(result, Fault):
                unwritten.add(result)
            else:
                written.append(result)
        findings = examine(paths, library)
    faults = sorted(unwritten.union(findings.faults))
    if as_json:
        found = [asdict(fault) | {"file": str(fault.file)} for fault in faults]
        say_json({"lessons": findings.lessons, "exercises": findings.exercises, "faults": found})
    else:
        for file, name in written:
            say(f"{file}: wrote {name}")
        for fault in faults:
            say(str(fault))
        if not faults:
            seen = _counted(findings.lessons, "lesson"), _counted(findings.exercises, "exercise")
            say(f"{' and '.join(filter(None, seen))}: no fault")
    context.exit(1 if faults else 0)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


@click.command()
def schema() -> None:
    """The JSON Schema of a lesson, for editors that complete YAML."""
    from studytrack.curriculum.schema import lesson_schema

    say_json(lesson_schema())


@click.group(no_args_is_help=False)
def author() -> None:
    """Write and prove exercises."""


@author.command()
@click.argument("exercises", nargs=-1, shell_complete=parameters.exercises)
@click.option("--seeds", type=click.IntRange(1, 10_000), default=3, show_default=True)
@click.pass_context
def verify(context: click.Context, exercises: tuple[str, ...], seeds: int) -> None:
    """Prove exercises: the solution passes, the starter does not count, every mutant is found out."""
    from studytrack.grading.exercises import read_exercises
    from studytrack.grading.verify import verify as prove

    with opened_library() as library:
        chosen = [library.exercise(name) for name in exercises or library.exercises]
        unread = [] if exercises else read_exercises(library.exercise_folders)[1]
    for fault in unread:
        say(str(fault))
    sound = not unread
    for exercise in chosen:
        faults = 0
        for fault in prove(exercise, seeds=seeds):
            say(str(fault))
            faults += 1
        say(f"{'✗' if faults else '✓'} {exercise.id}")
        sound = sound and not faults
    context.exit(0 if sound else 1)
