"""Commands for those who write lessons and exercises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from studytrack.cli.common import echo_json, opened


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--fix", is_flag=True, help="Write down the ids that were left out.")
@click.pass_context
def validate(context: click.Context, paths: tuple[Path, ...], fix: bool) -> None:
    """Check lessons; without PATHS, the shipped ones and your own. A folder means the lessons in it."""
    from studytrack.curriculum.fixing import fix_ids
    from studytrack.curriculum.loading import read_lessons

    with opened() as study:
        folders = paths or study.library.curricula
        if fix:
            for file in _files(folders):
                for written in fix_ids(file):
                    click.echo(f"{file}: wrote {written}")
        reading = read_lessons(folders, study.library.exercises)
        faults = reading.faults if paths else study.library.faults
    for fault in faults:
        click.echo(str(fault))
    if not faults:
        count = len(reading.curriculum.lessons)
        click.echo(f"{count} lesson{'' if count == 1 else 's'}: no fault")
    context.exit(1 if faults else 0)


def _files(paths: Sequence[Path]) -> list[Path]:
    return [f for path in paths for f in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]


@click.command()
def schema() -> None:
    """The JSON Schema of a lesson, for editors that complete YAML."""
    from studytrack.curriculum.schema import lesson_schema

    echo_json(lesson_schema())


@click.group()
def author() -> None:
    """Write and prove exercises."""


@author.command()
@click.argument("exercises", nargs=-1)
@click.option("--seeds", type=click.IntRange(1, 10_000), default=3, show_default=True)
@click.pass_context
def verify(context: click.Context, exercises: tuple[str, ...], seeds: int) -> None:
    """Prove exercises: the solution passes, the starter does not count, every mutant is found out."""
    from studytrack.grading.verify import verify as prove

    failed = False
    with opened() as study:
        for name in exercises or tuple(study.library.exercises):
            findings = list(prove(study.library.exercise(name), seeds=seeds))
            click.echo(f"{'✗' if findings else '✓'} {name}")
            for finding in findings:
                click.echo(f"    {finding}")
            failed = failed or bool(findings)
    context.exit(1 if failed else 0)
