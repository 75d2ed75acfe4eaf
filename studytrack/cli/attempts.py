"""Commands about earlier attempts at an exercise: listing, showing, comparing, taking one up again."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import columns, say, say_json, say_prose, say_row
from studytrack.difference import Row, compare, fold
from studytrack.side_by_side import WIDE, laid_out, titles

if TYPE_CHECKING:
    from studytrack.grading.exercises import Exercise
    from studytrack.practising import Comparison
    from studytrack.progress.records import Attempted
    from studytrack.study import Study

_SIGNS = {"passed": "✓", "partial": "◐", "skipped": "–", "not_attempted": "–"}
_number = click.IntRange(min=1)


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.argument("number", required=False, type=_number)
@as_json
def history(exercise: str, number: int | None, as_json: bool) -> None:
    """Your attempts at an exercise; with NUMBER one of them, with its checks and its code."""
    with opened() as study:
        attempts = study.practice.attempts(exercise)
        if number is None:
            if as_json:
                say_json([_summary(n, attempt) for n, attempt in enumerate(attempts, 1)])
                return
            for n, attempt in enumerate(attempts, 1):
                say_row(_row(n, attempt, study))
            if not attempts:
                say(f"There is no attempt yet. studytrack check {exercise} makes one.")
            return
        chosen = study.practice.attempt(exercise, number)
        if as_json:
            say_json(_summary(number, chosen) | {"checks": _checks(chosen), "code": chosen.code})
            return
        _print_attempt(number, chosen, study.library.exercise(exercise), study)


def _summary(number: int, attempt: Attempted) -> dict[str, Any]:
    return {
        "number": number,
        "id": attempt.id,
        "at": attempt.at.isoformat(),
        "state": attempt.state,
        "message": attempt.message,
        "score": attempt.score,
        "max_score": attempt.max_score,
        "seconds": attempt.seconds,
        "isolation": attempt.isolation,
        "metrics": attempt.metrics,
        "hints": attempt.hints,
        "solution_seen": attempt.solution_seen,
    }


def _checks(attempt: Attempted) -> list[dict[str, Any]]:
    return [check.model_dump(mode="json") for check in attempt.checks]


def _row(number: int, attempt: Attempted, study: Study) -> str:
    when, *facts = study.practice.facts(attempt)
    return "  ".join((f"{number:>3}", when, f"{attempt.state.replace('_', ' '):<13}", *facts))


def _print_attempt(number: int, attempt: Attempted, exercise: Exercise, study: Study) -> None:
    say_row(_row(number, attempt, study))
    say_prose(attempt.message)
    titles = {check.id: check.title for check in exercise.manifest.checks}
    for check in attempt.checks:
        say_row(f"{_SIGNS.get(check.state, '✗')} {check.points:g}  {titles.get(check.id, check.id)}")
        say_prose(check.message, indent=5)
    say(f"\n{attempt.code.rstrip()}")


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.argument("number", required=False, type=_number)
@click.argument("later", required=False, type=_number)
def diff(exercise: str, number: int | None, later: int | None) -> None:
    """What separates attempt NUMBER from your file, or from attempt LATER.

    Without a number it is the last attempt whose code is another than that of your file.
    """
    with opened() as study:
        print_difference(study.practice.compare(exercise, number, later))


def print_difference(found: Comparison, *, whole: bool = False) -> None:
    """Side by side in a wide terminal, else one below the other; for other programs as `diff -u` does."""
    if found.left == found.right:
        say(f"{found.left_name} and {found.right_name} are the same.")
        return
    width = columns()
    if width is None:
        left, right = (text.splitlines() for text in (found.left, found.right))
        for line in unified_diff(left, right, found.left_name, found.right_name, lineterm=""):
            say(line)
        return
    rows: Sequence[Row] = compare(found.left, found.right)
    say(titles(found.left_name, found.right_name, width))
    for shown in laid_out(rows if whole and width >= WIDE else fold(rows), width):
        say("".join(text for text, _ in shown).rstrip())


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.argument("number", type=_number)
def resume(exercise: str, number: int) -> None:
    """Take up the code of attempt NUMBER again; what you have now is kept beside it."""
    with opened() as study:
        kept = study.practice.resume(exercise, number)
        say(f"Your file is that of attempt {number} again{f'; the other is in {kept}' if kept else ''}.")
