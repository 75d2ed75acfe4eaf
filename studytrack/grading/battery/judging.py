"""What is wrong with how a submission ended, if anything is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studytrack.grading.battery.attack import BREACH, Reach
from studytrack.grading.battery.submissions import Submission
from studytrack.grading.messages import Finished
from studytrack.grading.verdict import State, Verdict


@dataclass(frozen=True)
class Outcome:
    """How one submission ended."""

    submission: str
    line: int
    verdict: Verdict | None
    """None where it was not tried."""
    faults: tuple[str, ...] = ()
    """What must not have happened."""
    limit: str = ""
    """What the tier does not cover, says so, and therefore let happen."""


def judged(submission: Submission, finished: Finished, open_: frozenset[Reach]) -> Outcome:
    """The outcome of grading a submission in a tier that leaves `open_` open."""
    verdict = finished.verdict
    reached = _reached(verdict)
    excused = submission.reach in open_
    limit = f"{submission.reach}: {', '.join(reached)}" if excused and reached else ""
    faults = [*_faults(submission, finished, excused and bool(reached))]
    if reached and not excused:
        faults.append(f"it reached {', '.join(reached)}")
    return Outcome(submission.name, submission.line, verdict, tuple(faults), limit)


def _faults(submission: Submission, finished: Finished, excused: bool) -> Iterator[str]:
    verdict = finished.verdict
    ends = submission.ends | {State.INCORRECT} if excused else submission.ends
    if verdict.score and not (excused and submission.earns):
        passed = ", ".join(check.id for check in verdict.checks if check.points)
        yield f"it earned {verdict.score:g} of {verdict.max_score:g} points ({passed})"
    elif verdict.state not in ends and not (excused and submission.earns):
        said = verdict.message or next((check.message for check in verdict.checks if check.message), "")
        yield f"it ended as {verdict.state} and not as {' or '.join(sorted(ends))}: {said[:300]}"
    if verdict.state is State.GRADER_ERROR:
        yield f"the grader failed: {finished.trace.strip()[-600:]}"
    if any(character in str(verdict.as_json()) for character in _HARMFUL):
        yield "the verdict holds control characters"


_HARMFUL = "\x1b\x07\x9b\x90\u202e\u2066\ud800"


def _reached(verdict: Verdict) -> list[str]:
    lines = verdict.output.splitlines()
    return sorted({line.removeprefix(BREACH).strip() for line in lines if line.startswith(BREACH)})
