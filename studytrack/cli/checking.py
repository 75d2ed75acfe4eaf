"""The command `check`: running the learner's file, once or at every save, and saying what came of it."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import complain, heard, say, say_json, say_labelled, say_prose, say_row
from studytrack.cli.progress_line import ProgressLine
from studytrack.errors import GradingError, StudytrackError, UsageError
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import CheckDone, Finished, Metrics
from studytrack.grading.session import GraderSession
from studytrack.grading.source import LONGEST, read_source
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import CheckResult, State, Verdict
from studytrack.study import Study
from studytrack.training.picture import Picture

_STATUS = {State.PASSED: 0, State.GRADER_ERROR: 3, State.CANCELLED: 130}
_NOT_PASSED = 1
_SIGNS = {State.PASSED: "✓", State.PARTIAL: "◐", State.SKIPPED: "–", State.NOT_ATTEMPTED: "–"}


@click.command()
@click.argument("exercise", shell_complete=parameters.exercises)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Run again at every save, until ctrl+c.")
@as_json
@click.pass_context
def check(context: click.Context, exercise: str, file: Path | None, watch: bool, as_json: bool) -> None:
    """Run and grade an exercise: your file in the work folder, or FILE."""
    if watch and as_json:
        raise click.UsageError("--json prints one object, --watch never ends: leave one of them out")
    with opened() as study:
        chosen = study.library.exercise(exercise)
        path = Path(os.path.abspath(file)) if file else study.practice.start(exercise)  # noqa: PTH100
        code = _read(path)
        if watch:
            asyncio.run(_watch(study, chosen, path, code))
        else:
            verdict = asyncio.run(_once(study, chosen, path, code, as_json))
            context.exit(_STATUS.get(verdict.state, _NOT_PASSED))


def _read(file: Path) -> str:
    """The source. Raises UsageError where the file is none that could hold an exercise."""
    try:
        status = file.stat()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror})", "name a Python file") from None
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{file} is not a file", "name a Python file")
    if file.suffix == ".ipynb":
        raise UsageError(f"{file} is a notebook", "save its code as a Python file and name that")
    if status.st_size > LONGEST * 4:
        raise UsageError(f"{file} is too large to be an exercise", "name a Python file")
    return read_source(file)


async def _once(study: Study, exercise: Exercise, file: Path, code: str, as_json: bool) -> Verdict:
    async with GraderSession(exercise) as session:
        with _interrupt_cancels(session):
            return await _Attempt(study, session, file).run(code, as_json)


@contextmanager
def _interrupt_cancels(session: GraderSession) -> Iterator[None]:
    """Lets ctrl+c end the attempt rather than the program, which has yet to tell of it."""
    loop = asyncio.get_running_loop()
    cancelling: list[asyncio.Task[None]] = []
    loop.add_signal_handler(signal.SIGINT, lambda: cancelling.append(loop.create_task(session.cancel())))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)


async def _watch(study: Study, exercise: Exercise, file: Path, code: str) -> None:
    """Grades at every save until ctrl+c; a save during an attempt takes its place."""
    from studytrack.grading.watching import saves

    async with GraderSession(exercise) as session:
        say_row(f"Watching {file}; ctrl+c ends.")
        attempt = _Attempt(study, session, file)
        running = asyncio.create_task(attempt.run_on(code))
        try:
            async for saved in saves(file, code):
                await session.cancel()
                await running
                if not heard():
                    return
                say()
                running = asyncio.create_task(attempt.run_on(saved))
        finally:
            await session.cancel()
            await running


class _Attempt:
    """Attempts at one file, each shown while it runs, written into the log, and told."""

    def __init__(self, study: Study, session: GraderSession, file: Path) -> None:
        self._study = study
        self._session = session
        self._file = file
        checks = session.exercise.manifest.checks
        self._line = ProgressLine({check.id: check.title for check in checks})

    async def run(self, code: str, as_json: bool) -> Verdict:
        """One attempt; with `as_json` nothing is printed but its object."""
        verdict, training = await self._graded(code, quiet=as_json)
        attempt = self._study.practice.record_attempt(verdict, code, training.metrics, training.kept())
        if as_json:
            say_json(verdict.as_json() | {"attempt": attempt})
        else:
            _print_verdict(verdict, self._study)
        return verdict

    async def run_on(self, code: str) -> None:
        """One attempt of many: what goes wrong is told, and the next save is waited for."""
        try:
            verdict, training = await self._graded(code, quiet=False)
            if verdict.state is State.CANCELLED:
                return
            self._study.practice.record_attempt(verdict, code, training.metrics, training.kept())
        except StudytrackError as error:
            complain(str(error))
        else:
            _print_verdict(verdict, self._study)

    async def _graded(self, code: str, *, quiet: bool) -> tuple[Verdict, Picture]:
        """The verdict, and what was trained."""
        training = Picture()
        finished: Finished | None = None
        async with self._line.moving():
            async for event in self._session.run(code, self._file):
                match event:
                    case Metrics():
                        training.add(event, monotonic())
                    case Finished():
                        finished = event
                    case CheckDone(result) if not quiet and result.state is not State.CANCELLED:
                        self._line.clear()
                        _print_check(result)
                if not quiet:
                    self._line.show(event)
        if finished is None:
            raise GradingError("the grader gave no verdict", "run `studytrack doctor`")
        if finished.trace:
            self._study.log_fault(finished.trace)
        return finished.verdict, training


def _print_check(result: CheckResult) -> None:
    say_row(f"{_SIGNS.get(result.state, '✗')} {result.points:g}/{result.max_points:g}  {result.title}")
    found = result.finding
    if found is None:
        say_prose(result.message, indent=6)
        return
    rows = found.rows()
    if not rows[0][0]:
        say_prose(f"{rows.pop(0)[1]}:", indent=6)
    say_labelled(rows, indent=6)
    if found.mistake:
        say_prose(f"→ {found.mistake}", indent=6)


def _print_verdict(verdict: Verdict, study: Study) -> None:
    if verdict.output.strip():
        say(f"\nOutput\n{verdict.output.rstrip()}")
    words = verdict.state.value.replace("_", " ")
    say(f"\n{words}: {verdict.score:g}/{verdict.max_score:g} points in {verdict.seconds:.1f} s")
    say_prose(verdict.message)
    if verdict.state is State.NOT_ATTEMPTED:
        say_row(f"Write in {verdict.file}")
    if verdict.state is State.GRADER_ERROR:
        say_prose(f"What happened is in {study.home.log}; please report it.")
    if verdict.isolation == PROCESS:
        say_prose(
            "Not sandboxed: `studytrack doctor` says what that leaves open, and how to get a better one."
        )
    if verdict.state is State.PASSED and (returns := study.practice.returns(verdict.exercise)):
        say(returns)
