"""The grader: holds the checks and the answers of one exercise and grades what the app sends.

Run as `python -m studytrack.grading.grader OPENING`; reads commands from standard input and writes
events to standard output until standard input ends.
"""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic

from studytrack.errors import GradingError
from studytrack.grading import confine
from studytrack.grading.channel import LearnerChannel
from studytrack.grading.commands import AppGone, Commands
from studytrack.grading.feed import Feed
from studytrack.grading.guarded import Guarded
from studytrack.grading.learner_errors import Listing
from studytrack.grading.messages import Event, Finished, Started
from studytrack.grading.opening import Opening, opening_from_json
from studytrack.grading.outcomes import AttemptOver, Unmet
from studytrack.grading.output import clean
from studytrack.grading.protocol import Run, RunEvent, to_line
from studytrack.grading.runner import Runner, all_as, load_checks
from studytrack.grading.source import fault, read_source, same_code
from studytrack.grading.standby import Standby
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import CheckResult, State, Verdict, aggregate


@dataclass(frozen=True)
class _Outcome:
    """What an attempt came to, before it is made a verdict."""

    state: State
    checks: tuple[CheckResult, ...]
    message: str = ""
    trace: str = ""
    printed: str = ""


class GraderProcess:
    """Serves one exercise: grades one run after the other."""

    def __init__(self, opening: Opening, commands: Commands, write: Callable[[bytes], None]) -> None:
        self._opening = opening
        self._commands = commands
        self._write = write
        self._standby = Standby(opening, commands, lambda state: write(to_line(state)))

    def serve(self) -> None:
        """Grade until the app has gone."""
        try:
            self._standby.warm_up()
            while True:
                if run := self._commands.next_run():
                    self._grade(run)
                    self._standby.note_use()
                else:
                    self._standby.wait()
                self._standby.refresh()
        except AppGone:
            pass
        finally:
            self._standby.close()

    def _grade(self, run: Run) -> None:
        start = monotonic()

        def emit(event: Event) -> None:
            self._write(to_line(RunEvent(run.number, event)))

        try:
            outcome = self._outcome(run, emit)
        except AttemptOver as over:
            outcome = _Outcome(over.state, all_as(self._opening, over.state), over.message)
        except GradingError as error:
            outcome = self._own_fault(str(error))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the top of the grader: never the learner's fault
            outcome = self._own_fault(f"{type(error).__name__}: {error}")
        verdict = Verdict(
            exercise=self._opening.exercise,
            file=run.file,
            state=outcome.state,
            score=sum(check.points for check in outcome.checks),
            max_score=sum(check.points for check in self._opening.checks),
            checks=outcome.checks,
            isolation=self._standby.isolation,
            seconds=round(monotonic() - start, 3),
            message=clean(outcome.message),
            output=outcome.printed,
        )
        emit(Finished(verdict, outcome.trace))

    def _own_fault(self, message: str) -> _Outcome:
        checks = all_as(self._opening, State.GRADER_ERROR)
        said = f"The grader failed; it costs you nothing. {message}"
        return _Outcome(State.GRADER_ERROR, checks, said, traceback.format_exc())

    def _outcome(self, run: Run, emit: Callable[[Event], None]) -> _Outcome:
        self._commands.check(run)
        source = run.code.removeprefix("\ufeff")
        listing = Listing(Path(run.file).name, tuple(source.split("\n")))
        if problem := fault(source):
            place = listing.place(problem.line, "", problem.columns)
            checks = all_as(self._opening, State.SKIPPED, "The file cannot be run.")
            return _Outcome(State.LEARNER_ERROR, checks, f"{problem.why}\n{place}")
        if same_code(source, read_source(self._opening.starter)):
            checks = all_as(self._opening, State.NOT_ATTEMPTED)
            return _Outcome(
                State.NOT_ATTEMPTED, checks, "The file is still the starter: write your part first."
            )
        return self._attempt(run, source, listing, emit)

    def _attempt(self, run: Run, source: str, listing: Listing, emit: Callable[[Event], None]) -> _Outcome:
        seed = secrets.randbits(62) if run.seed is None else run.seed
        runner = Runner(self._opening, load_checks(self._opening), seed, emit)
        feed = Feed(emit, self._opening.output_kb << 10)
        attempt, warm = self._standby.begin(run, feed, emit)
        isolation = self._standby.isolation
        guarded = Guarded(Path(self._opening.folder)) if isolation == PROCESS else None
        try:
            emit(Started(isolation, warm))
            channel = LearnerChannel(attempt, listing, isolation)
            outcome = self._run_checks(runner, channel, source, seed, feed)
        finally:
            attempt.end()
        feed.flush()
        if guarded and (changed := guarded.restore()):
            outcome = self._meddled(changed)
        return replace(outcome, printed=feed.printed)

    def _meddled(self, changed: list[str]) -> _Outcome:
        said = (
            f"Your code changed the exercise's own files ({', '.join(changed)}); they are as they were again."
        )
        return _Outcome(State.BLOCKED, all_as(self._opening, State.BLOCKED), said)

    def _run_checks(
        self, runner: Runner, channel: LearnerChannel, source: str, seed: int, feed: Feed
    ) -> _Outcome:
        try:
            channel.load(source, _learner_seed(seed))
        except (Unmet, AttemptOver) as ended:
            alike = ended.state in (State.CANCELLED, State.NOT_ATTEMPTED)
            checks = all_as(
                self._opening,
                ended.state if alike else State.SKIPPED,
                "" if alike else "The file cannot be run.",
            )
            return _Outcome(ended.state, checks, ended.message)
        checks = runner.run(channel, feed.flush)
        message = ""
        if runner.over:
            message = f"During “{runner.over_in}”: {runner.over.message.splitlines()[0]}"
        return _Outcome(aggregate(checks), checks, message, runner.trace)


def _learner_seed(seed: int) -> int:
    """A seed for the learner's generators that does not tell the grader's."""
    return int.from_bytes(sha256(f"learner {seed}".encode()).digest()[:4])


def main() -> None:
    """Keep standard input and output for the app, whatever the checks read, close and print, and serve."""
    confine.hide_memory()
    confine.adopt_orphans()
    commands, events = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)

    def write(line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[events.write(rest) or 0 :]

    GraderProcess(opening_from_json(sys.argv[1]), Commands(commands), write).serve()


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(1)
