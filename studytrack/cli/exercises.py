"""Commands about exercises: start, check, hint, solution, start over."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from studytrack.cli.common import as_json, complain_of_faults, echo_json, echo_text, opened
from studytrack.errors import UsageError
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import CheckDone, Event, Finished, Metrics, Started, Warming
from studytrack.grading.session import GraderSession
from studytrack.grading.verdict import CheckResult, State, Verdict
from studytrack.study import Study

STATUS = {State.PASSED: 0, State.GRADER_ERROR: 3, State.CANCELLED: 130}
SIGNS = {State.PASSED: "✓", State.PARTIAL: "◐", State.SKIPPED: "–", State.NOT_ATTEMPTED: "–"}


@click.command()
@as_json
def exercises(as_json: bool) -> None:
    """The graded exercises, in learning order."""
    with opened() as study:
        complain_of_faults(study)
        entries = study.practice.listing()
        if as_json:
            echo_json(entries)
            return
        for entry in entries:
            best = f" · best {entry['best']}" if entry["best"] else ""
            due = f" · due {entry['due']}" if entry["due"] else ""
            click.echo(
                f"{entry['id']:<20} {entry['title']} · {entry['minutes']} min · {entry['state']}{best}{due}"
            )


@click.command()
@click.argument("exercise")
def start(exercise: str) -> None:
    """Show the task and put the starter where you work on it."""
    with opened() as study:
        file = study.practice.start(exercise)
        echo_text(study.library.exercise(exercise).task.read_text(encoding="utf-8"))
        click.echo(f"\nWrite in {file}\nthen run: studytrack check {exercise}")


@click.command()
@click.argument("exercise")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Run again at every save.")
@as_json
@click.pass_context
def check(context: click.Context, exercise: str, file: Path | None, watch: bool, as_json: bool) -> None:
    """Run and grade an exercise: your file in the work folder, or FILE."""
    with opened() as study:
        chosen = study.library.exercise(exercise)
        path = (file or study.practice.start(exercise)).resolve()
        try:
            if watch:
                asyncio.run(_watch(study, chosen, path))
                return
            verdict = asyncio.run(_check(study, chosen, path, as_json))
        except KeyboardInterrupt:
            raise click.Abort from None
        context.exit(STATUS.get(verdict.state, 1))


async def _check(study: Study, exercise: Exercise, file: Path, as_json: bool) -> Verdict:
    async with GraderSession(exercise) as session:
        return await _run(study, session, file, as_json)


async def _watch(study: Study, exercise: Exercise, file: Path) -> None:
    """Grades at every save until ctrl+c; a save during a run takes its place."""
    from studytrack.grading.watching import saves

    async with GraderSession(exercise) as session:
        running = asyncio.create_task(_run(study, session, file, False))
        click.echo(f"Watching {file}; ctrl+c ends.")
        async for _ in saves(file):
            await session.cancel()
            await running
            click.echo()
            running = asyncio.create_task(_run(study, session, file, False))


async def _run(study: Study, session: GraderSession, file: Path, as_json: bool) -> Verdict:
    """One attempt: shown while it runs, written into the log, printed."""
    code = _read(file)
    metrics: dict[str, float | None] = {}
    progress = sys.stderr.isatty() and not as_json
    verdict: Verdict | None = None
    async for event in session.run(code, file):
        if isinstance(event, Metrics):
            metrics.update(event.points[-1])
        if isinstance(event, Finished):
            verdict = event.verdict
            if event.trace:
                study.log_fault(event.trace)
        if progress:
            _show_progress(event)
        if isinstance(event, CheckDone) and not as_json:
            _print_check(event.result)
    if verdict is None:
        raise RuntimeError("a session ends with a verdict")
    attempt = study.practice.record_attempt(verdict, code, metrics)
    if as_json:
        echo_json(verdict.as_json() | {"attempt": attempt})
    else:
        _print_verdict(verdict, study.practice.returns(session.exercise.id))
    return verdict


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", errors="surrogateescape")
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror})", "name a Python file") from error


def _show_progress(event: Event) -> None:
    """The newest numbers on a line of its own, which the next text takes the place of."""
    match event:
        case Warming(what):
            line = f"loading {what} …"
        case Started():
            line = "running …"
        case Metrics(points):
            line = "  ".join(f"{name} {value:.4g}" for name, value in points[-1].items() if value is not None)
        case _:
            line = ""
    click.echo(f"\r\x1b[2K{line}", nl=False, err=True)


def _print_check(result: CheckResult) -> None:
    click.echo(f"{SIGNS.get(result.state, '✗')} {result.points:g}/{result.max_points:g}  {result.title}")
    for line in result.message.splitlines():
        click.echo(f"      {line}")


def _print_verdict(verdict: Verdict, returns: str | None) -> None:
    if verdict.output.strip():
        click.echo(f"\nOutput\n{verdict.output.rstrip()}")
    words = verdict.state.value.replace("_", " ")
    click.echo(f"\n{words}: {verdict.score:g}/{verdict.max_score:g} points in {verdict.seconds:.1f} s")
    if verdict.message:
        click.echo(verdict.message)
    if verdict.isolation == "process":
        click.echo("Not sandboxed: studytrack doctor says what to install.")
    if verdict.state is State.PASSED and returns:
        click.echo(returns)


@click.command()
@click.argument("exercise")
def hint(exercise: str) -> None:
    """The next hint."""
    with opened() as study:
        taken = study.practice.take_hint(exercise)
        if taken is None:
            click.echo("There is no further hint. The solution: studytrack solution " + exercise)
        else:
            number, text = taken
            click.echo(f"Hint {number} of {len(study.library.exercise(exercise).manifest.hints)}")
            echo_text(text)


@click.command()
@click.argument("exercise")
@click.option("--yes", is_flag=True, help="Do not ask.")
def solution(exercise: str, yes: bool) -> None:
    """The solution, beside yours. Before you passed, it counts as a lapse."""
    with opened() as study:
        price = study.practice.solution_price(exercise)
        if price and not yes:
            click.confirm(f"{price} Look?", abort=True)
        echo_text(study.practice.show_solution(exercise))


@click.command()
@click.argument("exercise")
def reset(exercise: str) -> None:
    """Put the starter back; what you wrote is kept beside it."""
    with opened() as study:
        click.echo(f"The starter is back; your earlier code is in {study.practice.reset(exercise)}")
