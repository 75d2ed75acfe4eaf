"""Runs an exercise's checks, in order, against one attempt."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from studytrack.errors import GradingError
from studytrack.grading.calls import Calls
from studytrack.grading.cases import run_cases
from studytrack.grading.checks import Channel, Check, Grader, Learner
from studytrack.grading.messages import CheckDone, CheckStarted, Event
from studytrack.grading.opening import CheckPlan, Opening
from studytrack.grading.outcomes import AttemptOver, Unmet
from studytrack.grading.output import clean
from studytrack.grading.source import parameters, read_source
from studytrack.grading.verdict import CheckResult, Finding, State


def load_checks(opening: Opening) -> dict[str, Check]:
    """The functions of `checks.py` by the id of their check.

    Raises GradingError where they and the manifest's checks are not the same.
    """
    found: dict[str, Check] = {}
    for value in _execute(opening.checks_file).values():
        if isinstance(value, Check):
            if value.id in found:
                raise GradingError(f"{opening.checks_file}: two functions check {value.id!r}", "rename one")
            found[value.id] = value
    planned = {plan.id for plan in opening.checks}
    for missing in sorted(planned - found.keys()):
        raise GradingError(f"{opening.checks_file}: no function checks {missing!r}", "write it")
    for extra in sorted(found.keys() - planned):
        raise GradingError(f"{opening.checks_file}: the manifest has no check {extra!r}", "add it there")
    return found


def _execute(file: Path) -> dict[str, Any]:
    """What a file defines; from its source, for a compiled one beside it may be anybody's."""
    module = ModuleType("exercise_checks")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module  # where dataclasses look for the names in annotations
    exec(compile(file.read_bytes(), file, "exec", dont_inherit=True), vars(module))  # noqa: S102
    return vars(module)


class Runner:
    """One pass over the checks of an exercise."""

    def __init__(
        self, opening: Opening, checks: dict[str, Check], seed: int, emit: Callable[[Event], None]
    ) -> None:
        self._opening = opening
        self._checks = checks
        self._seed = seed
        self._emit = emit
        self._calls = Calls(parameters(read_source(opening.starter)))
        self._shared: dict[str, Any] = {}
        self._results: dict[str, CheckResult] = {}
        self.over: AttemptOver | None = None
        """What ended the attempt before its last check, if something did."""
        self.over_in = ""
        """The title of the check during which it ended."""
        self.trace = ""
        """The tracebacks of the checks' own faults."""

    def run(self, channel: Channel, settle: Callable[[], None]) -> tuple[CheckResult, ...]:
        """Run every check that can be run.

        `settle` is called before a result is emitted, so that what a check showed comes before it.
        """
        learner = Learner(channel, self._calls)
        for plan in self._opening.checks:
            result = self._result_without_running(plan)
            if result is None:
                self._emit(CheckStarted(plan.id))
                result = self._run_one(plan, learner)
            settle()
            self._results[plan.id] = result
            self._emit(CheckDone(result))
        return tuple(self._results.values())

    def _result_without_running(self, plan: CheckPlan) -> CheckResult | None:
        if self.over and self.over.state is State.CANCELLED:
            return outcome(plan, State.CANCELLED, self.over.message)
        if self.over:
            return outcome(plan, State.SKIPPED, f"Not run. {self.over.message.splitlines()[0]}")
        unmet = [self._results[need] for need in plan.needs if self._results[need].state is not State.PASSED]
        if unmet:
            titles = ", ".join(f"“{result.title}”" for result in unmet)
            return outcome(plan, State.SKIPPED, f"Needs {titles}.")
        return None

    def _run_one(self, plan: CheckPlan, learner: Learner) -> CheckResult:
        def grader_for(case: int | None) -> Grader:
            return Grader(self._seed, plan.id, self._shared, self._calls, case)

        try:
            run_cases(self._checks[plan.id], grader_for, learner)
        except Unmet as unmet:
            return outcome(plan, unmet.state, unmet.message, unmet.finding)
        except AttemptOver as over:
            self.over, self.over_in = over, plan.title
            return outcome(plan, over.state, over.message)
        except (Exception, SystemExit):  # noqa: BLE001 - the boundary to the author's code
            self.trace += traceback.format_exc()
            return outcome(plan, State.GRADER_ERROR, "The check itself failed. It costs you nothing.")
        return outcome(plan, State.PASSED)


def outcome(plan: CheckPlan, state: State, message: str = "", finding: Finding | None = None) -> CheckResult:
    """The result of a check: all of its points or none, and texts that are safe to show."""
    points = plan.points if state is State.PASSED else 0.0
    safe = _cleaned(finding) if finding else None
    return CheckResult(plan.id, plan.title, state, points, plan.points, clean(message), safe)


def _cleaned(finding: Finding) -> Finding:
    return Finding(
        what=clean(finding.what),
        call=clean(finding.call),
        given=tuple(map(clean, finding.given)),
        got=clean(finding.got),
        expected=clean(finding.expected),
        mistake=clean(finding.mistake),
    )


def all_as(opening: Opening, state: State, message: str = "") -> tuple[CheckResult, ...]:
    """Every check of an exercise with the same result."""
    return tuple(outcome(plan, state, message) for plan in opening.checks)
