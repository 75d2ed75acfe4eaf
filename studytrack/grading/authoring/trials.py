"""An exercise put to the test: its solution, starter and mutants graded as a learner's file would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studytrack.curriculum.reading import read_source as read_yaml
from studytrack.errors import Fault
from studytrack.grading.authoring.code import check_places
from studytrack.grading.authoring.mutants import Mutant, read_mutant
from studytrack.grading.authoring.own_faults import place_of
from studytrack.grading.exercises import MANIFEST, Exercise
from studytrack.grading.messages import Finished
from studytrack.grading.session import BlockingSession
from studytrack.grading.source import read_source
from studytrack.grading.verdict import CheckResult, State, Verdict

Tell = Callable[[str], None]
"""Is told what is being done, for whoever waits."""

_MOST_MUTANT_SEEDS = 5
"""A mutant's mistake is the same on every seed; more seeds would only take longer."""
_HOPELESS = 5
"""After so many failures without one pass, more seeds say nothing new."""
_ROOM = 0.5
"""The share of its time limit that a solution may take: a learner's machine may be half as fast."""
_WAIT = 0.1
"""The share of the stated minutes that one run of the solution may take: a learner runs it many times."""
_TO_SAY = {State.INCORRECT, State.LEARNER_ERROR}
"""How a check ends that has something to teach."""


@dataclass
class _Misses:
    """The seeds with which something goes wrong, and what is said of the first."""

    seeds: list[int] = field(default_factory=list)
    said: str = ""

    def add(self, seed: int, said: str) -> None:
        self.said = self.said or said
        self.seeds.append(seed)

    def __str__(self) -> str:
        named = ", ".join(map(str, self.seeds[:5]))
        more = f" and {len(self.seeds) - 5} more" if len(self.seeds) > 5 else ""
        return f"{'seed' if len(self.seeds) == 1 else 'seeds'} {named}{more}"


class Trials:
    """Grades the files of one exercise in one session."""

    def __init__(self, exercise: Exercise, session: BlockingSession, tell: Tell) -> None:
        self._exercise = exercise
        self._session = session
        self._tell = tell
        self._manifest = read_yaml(exercise.folder / MANIFEST)
        self._places = {id: (line, column) for id, line, column in check_places(exercise.checks_file)}
        self._told: set[Fault] = set()
        self.slowest = 0.0
        """Seconds that the solution took at most."""
        self.tried = 0
        """Seeds on which the solution was graded."""
        self.isolation = ""
        """The tier in which that was."""
        self.checks_load = True
        """Whether `checks.py` could be imported; no further trial makes sense where it could not."""

    def starter(self) -> Iterator[Fault]:
        """The starter counts as not attempted, as it is and with a change that does nothing."""
        file, source = self._exercise.starter, read_source(self._exercise.starter)
        broken: dict[Fault, _Misses] = {}
        for text in (source, f"{source}\nNone\n"):
            self._tell("the starter")
            verdict = self._grade(file, text, 0, broken)
            if verdict.state not in (State.NOT_ATTEMPTED, State.GRADER_ERROR):
                missed = _first_missed(verdict)
                said = verdict.message or (missed.message if missed else "")
                problem = f"is {verdict.state} with {verdict.score:g} points: {said}"
                yield Fault(file, 1, 1, problem, "let what is to be written raise NotImplementedError")
        yield from self._faults_of_checks(broken)

    def solution(self, seeds: int) -> Iterator[Fault]:
        """The solution gets every point on every seed, in good time."""
        file, source = self._exercise.solution, read_source(self._exercise.solution)
        misses: dict[str | None, _Misses] = {}
        broken: dict[Fault, _Misses] = {}
        passed = 0
        for seed in range(seeds):
            self._tell(f"the solution, seed {seed + 1} of {seeds}")
            verdict = self._grade(file, source, seed, broken)
            self.tried, self.isolation = seed + 1, verdict.isolation
            self.slowest = max(self.slowest, verdict.seconds)
            if verdict.state is State.PASSED:
                passed += 1
            elif verdict.state is not State.GRADER_ERROR:
                missed = _first_missed(verdict)
                said = (missed.message if missed else "") or verdict.message
                misses.setdefault(missed.id if missed else None, _Misses()).add(seed, said)
            if not passed and seed + 1 == _HOPELESS:
                break
        yield from self._faults_of_checks(broken)
        for check, missed_on in misses.items():
            yield self._missed(check, missed_on, passed)
        yield from self._too_slow()

    def _missed(self, check: str | None, misses: _Misses, passed: int) -> Fault:
        what = f"`{check}`" if check else "the file"
        problem = (
            f"the solution passes {passed} of {self.tried} seeds; {what} fails with {misses}: {misses.said}"
        )
        if check is None or not passed:
            return Fault(self._exercise.solution, 1, 1, problem, "every point is its due")
        remedy = "draw inputs and set tolerances so that right answers always pass"
        return Fault(self._exercise.checks_file, *self._places[check], problem, remedy)

    def _too_slow(self) -> Iterator[Fault]:
        manifest = self._exercise.manifest
        if self.slowest > manifest.limits.seconds * _ROOM:
            problem = f"the solution takes {self.slowest:.1f} s of the {manifest.limits.seconds:g} s allowed"
            remedy = "raise limits.seconds or train less"
            yield self._manifest.fault(["limits", "seconds"], problem, remedy)
        if self.slowest > manifest.minutes * 60 * _WAIT:
            problem = f"one run takes {self.slowest:.1f} s of the {manifest.minutes} minutes stated"
            yield self._manifest.fault(["minutes"], problem, "train less, or state more minutes")

    def mutants(self, seeds: int) -> Iterator[Fault]:
        """Every mutant is found out in the words announced, and every check finds out one of them."""
        found_out: set[str] = set()
        for number, file in enumerate(self._exercise.mutants, 1):
            self._tell(f"mutant {number} of {len(self._exercise.mutants)}, {file.stem}")
            mutant = read_mutant(file, self._places)
            if isinstance(mutant, Fault):
                yield mutant
            else:
                yield from self._mutant(mutant, min(seeds, _MOST_MUTANT_SEEDS), found_out)
        for number, check in enumerate(self._exercise.manifest.checks):
            if check.id not in found_out and self._exercise.mutants:
                problem = f"no mutant fails the check `{check.id}`"
                yield self._manifest.fault(
                    ["checks", number, "id"], problem, "write a wrong answer that does"
                )

    def _mutant(self, mutant: Mutant, seeds: int, found_out: set[str]) -> Iterator[Fault]:
        broken: dict[Fault, _Misses] = {}
        for seed in range(seeds):
            verdict = self._grade(mutant.file, mutant.source, seed, broken)
            found_out.update(c.id for c in verdict.checks if c.state not in (State.PASSED, State.SKIPPED))
            faults = [*self._silent(verdict, mutant)]
            if verdict.state is not State.GRADER_ERROR:
                faults += self._not_found_out(verdict, mutant, seed)
            if faults:
                yield from faults
                break
        yield from self._faults_of_checks(broken)

    def _not_found_out(self, verdict: Verdict, mutant: Mutant, seed: int) -> Iterator[Fault]:
        """What is wrong where the check that is announced does not fail, or says something else."""
        result = next(check for check in verdict.checks if check.id == mutant.fails)
        if result.state in (State.PASSED, State.SKIPPED):
            why = verdict.message or result.message
            problem = f"the check `{mutant.fails}`, which is to fail, is {result.state} with seed {seed}"
            yield mutant.fault(f"{problem}: {why}" if why else problem, f"see {self._place(mutant.fails)}")
        elif mutant.says not in result.message:
            problem = f"the check `{mutant.fails}` says {result.message!r} with seed {seed}"
            remedy = f"it was to say {mutant.says!r}: see {self._place(mutant.fails)}"
            yield Fault(mutant.file, 2, mutant.says_column, problem, remedy)

    def _silent(self, verdict: Verdict, mutant: Mutant) -> Iterator[Fault]:
        for check in verdict.checks:
            if check.state in _TO_SAY and not check.message.strip():
                problem = f"`{check.id}` has nothing to say about mutants/{mutant.file.name}"
                place = self._places[check.id]
                yield Fault(self._exercise.checks_file, *place, problem, "say what is wrong with the answer")

    def _grade(self, file: Path, source: str, seed: int, broken: dict[Fault, _Misses]) -> Verdict:
        """The verdict; where the checks failed by themselves, that is entered into `broken`."""
        finished = self._session.grade(source, file, seed=seed)
        if finished.verdict.state is State.GRADER_ERROR:
            broken.setdefault(self._fault_of_checks(finished), _Misses()).add(seed, file.name)
        return finished.verdict

    def _fault_of_checks(self, finished: Finished) -> Fault:
        """Where in `checks.py` something arose that is not the learner's fault."""
        file, verdict, trace = self._exercise.checks_file, finished.verdict, finished.trace
        what = trace.strip().rpartition("\n")[2] if "Traceback" in trace else verdict.message
        line, column = place_of(trace, file.resolve()) or (1, 1)
        remedy = "a check has to stand whatever it is given"
        if verdict.message and all(check.state is State.GRADER_ERROR for check in verdict.checks):
            self.checks_load, remedy = False, "mend it: nothing can be graded before"
        return Fault(file, line, column, what.rstrip("."), remedy)

    def _faults_of_checks(self, broken: dict[Fault, _Misses]) -> Iterator[Fault]:
        """Each place in the checks once, with the file and the seeds that showed it first."""
        for fault, misses in broken.items():
            if fault not in self._told:
                self._told.add(fault)
                problem = f"{fault.problem} ({misses.said}, {misses})"
                yield Fault(fault.file, fault.line, fault.column, problem, fault.remedy)

    def _place(self, check: str) -> str:
        return f"{self._exercise.checks_file.name}:{self._places[check][0]}"


def _first_missed(verdict: Verdict) -> CheckResult | None:
    """The first check that ran and did not pass."""
    return next((c for c in verdict.checks if c.state not in (State.PASSED, State.SKIPPED)), None)
