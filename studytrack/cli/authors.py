"""Commands for those who write lessons and exercises."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened_library, options_of
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_row
from studytrack.cli.progress_line import ProgressLine
from studytrack.errors import Fault, UsageError
from studytrack.grading.tiers import TIERS
from studytrack.start import home_of

if TYPE_CHECKING:
    from studytrack.grading.authoring.verify import Verification
    from studytrack.grading.exercises import Exercise


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
        found = [_as_data(fault) for fault in faults]
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
@click.argument("kind", type=click.Choice(["lesson", "exercise"]), default="lesson")
def schema(kind: str) -> None:
    """The JSON Schema of a lesson, or of an exercise, for editors that complete YAML."""
    from studytrack.curriculum.schema import lesson_schema
    from studytrack.grading.manifest import exercise_schema

    say_json(lesson_schema() if kind == "lesson" else exercise_schema())


@click.group(no_args_is_help=False)
def author() -> None:
    """Write and prove exercises."""


@author.command()
@click.argument("exercise", callback=parameters.as_text)
@click.option("--lesson", shell_complete=parameters.lessons, help="The lesson it belongs to.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write it; else with your own exercises.",
)
@click.pass_context
def new(context: click.Context, exercise: str, lesson: str | None, folder: Path | None) -> None:
    """Write a small exercise that is whole and sound, to be turned into yours."""
    from studytrack.grading.authoring.new import write_skeleton
    from studytrack.grading.trust import trust_as_own

    home = home_of(options_of(context))
    with opened_library() as library:
        lessons = [lesson.id for lesson in library.curriculum.lessons]
        belongs = library.lesson(lesson).id if lesson else next(iter(lessons), "my-lesson")
        if exercise in library.exercises:
            raise UsageError(f"there is an exercise {exercise!r}", "choose another id")
    written = write_skeleton(folder or home.exercises, exercise, belongs)
    name: str | Path = written
    if written.parent.resolve() == home.exercises.resolve():
        trust_as_own(exercise, home)
        name = exercise
    say(f"Written: {written}")
    say_row("It is a small exercise that is sound as it stands. Make it yours, file by file, and prove it:")
    say_row(f"studytrack author verify {name}", indent=2)
    if name == exercise:
        say_row("Try it as a learner does:")
        say_row(f"studytrack start {exercise}", indent=2)
        say_row(f"It appears in a lesson whose `exercises` name it: - {{title: …, exercise: {exercise}}}")


@author.command()
@click.argument("exercises", nargs=-1, shell_complete=parameters.exercises)
@click.option("--seeds", type=click.IntRange(1, 10_000), default=3, show_default=True)
@click.option("--tier", type=click.Choice(list(TIERS)), help="The isolation to use; else the best there is.")
@click.option("--battery", is_flag=True, help="Attack it, too, with hundreds of hostile submissions.")
@as_json
@click.pass_context
def verify(
    context: click.Context,
    exercises: tuple[str, ...],
    seeds: int,
    tier: str | None,
    battery: bool,
    as_json: bool,
) -> None:
    """Prove exercises: the solution passes, the starter does not count, every mutant is found out.

    EXERCISES are ids, or folders elsewhere, whose checks then run with your rights. All without any.
    """
    from studytrack.grading.sandbox import probe
    from studytrack.validation import chosen_exercises

    if tier:
        probe(tier)  # where it does not work here, that is no fault of an exercise
    with opened_library() as library:
        chosen, unread = chosen_exercises(exercises, library)
    if not as_json:
        for fault in unread:
            say(str(fault))
    proofs = [_prove(exercise, seeds, tier, battery, quiet=as_json) for exercise in chosen]
    sound = not unread and all(proof["sound"] for proof in proofs)
    if as_json:
        say_json({"sound": sound, "exercises": proofs, "faults": [_as_data(fault) for fault in unread]})
    elif len(proofs) > 1:
        good = sum(proof["sound"] for proof in proofs)
        say(f"{good} of {_counted(len(proofs), 'exercise')} sound, {_counted(seeds, 'seed')} each")
    context.exit(0 if sound else 1)


def _prove(exercise: Exercise, seeds: int, tier: str | None, battery: bool, quiet: bool) -> dict[str, Any]:
    """The proof of one exercise as data, told while it is found unless `quiet`."""
    from studytrack.grading.authoring.verify import Verification

    line = ProgressLine({})
    start = monotonic()
    proof = Verification(
        exercise,
        seeds=seeds,
        tier=tier,
        battery=battery,
        tell=lambda what: line.tell(f"{exercise.id}: {what}"),
    )
    faults = []
    try:
        for fault in proof.faults():
            faults.append(fault)
            line.clear()
            if not quiet:
                say(str(fault))
    finally:
        line.clear()
    seconds = monotonic() - start
    if not quiet:
        say_row(f"{'✗' if faults else '✓'} {exercise.id}: {_facts(proof, seconds)}")
    return {
        "exercise": exercise.id,
        "sound": not faults,
        "seeds": proof.tried,
        "slowest_seconds": proof.slowest,
        "mutants": len(exercise.mutants),
        "attacks": proof.attacks,
        "isolation": proof.isolation,
        "seconds": round(seconds, 3),
        "faults": [_as_data(fault) for fault in faults],
    }


def _facts(proof: Verification, seconds: float) -> str:
    """What a proof consisted of, in a line."""
    if not proof.tried:
        return "not run"
    facts = (
        _counted(proof.tried, "seed"),
        f"slowest {proof.slowest:.2f} s",
        _counted(len(proof.exercise.mutants), "mutant"),
        _counted(proof.attacks, "attack"),
        proof.isolation,
        f"{seconds:.0f} s in all",
    )
    return ", ".join(filter(None, facts))


def _as_data(fault: Fault) -> dict[str, Any]:
    return asdict(fault) | {"file": str(fault.file)}
