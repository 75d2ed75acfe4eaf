"""Line 13: the solution's answers, written down in one attempt and given again in another."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from studytrack.grading.battery.judging import Outcome
from studytrack.grading.battery.weaving import public_functions, weave
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import CheckDone, Event, Output
from studytrack.grading.session import BlockingSession
from studytrack.grading.source import LONGEST, read_source
from studytrack.grading.tiers import Tier
from studytrack.grading.verdict import State

_MARK = "answer:"
_LEARNT, _ASKED = 1, 2
"""Seeds."""
_FILE = Path("mine.py")


@dataclass
class _Record:
    """What the solution was asked and answered in one attempt, as text; empty where it cannot be kept."""

    by_function: dict[str, list[str]] = field(default_factory=dict)
    by_arguments: dict[str, str] = field(default_factory=dict)
    by_check: dict[str, list[str]] = field(default_factory=dict)


def replayed(exercise: Exercise, tier: Tier) -> Outcome:
    """Answers learnt by heart under one seed, given under another.

    Points for a check to which the answers are the same under both are a limit: what it asks is
    public, and what is right once is right for good. Any other point is a fault.
    """
    with BlockingSession(exercise, tier=tier.name) as session:
        learnt, asked = _recorded(exercise, session, _LEARNT), _recorded(exercise, session, _ASKED)
        verdict = session.grade(_parrot(exercise, learnt), _FILE, seed=_ASKED).verdict
    public = {
        check
        for check, answers in learnt.by_check.items()
        if all(answers) and answers == asked.by_check[check]
    }
    passed = {check.id for check in verdict.checks if check.state is State.PASSED}
    faults = [f"answers learnt by heart earned the points of {check}" for check in sorted(passed - public)]
    if verdict.state is State.PASSED:
        faults.append("answers learnt by heart passed")
    limit = (
        f"questions that are always the same: {', '.join(sorted(passed & public))}" if passed & public else ""
    )
    return Outcome("answers learnt by heart", 13, verdict, tuple(faults), limit)


def _recorded(exercise: Exercise, session: BlockingSession, seed: int) -> _Record:
    record, printed = _Record(), ""

    def take(event: Event) -> None:
        nonlocal printed
        if isinstance(event, Output):
            printed += event.text
        elif isinstance(event, CheckDone):
            *whole, printed = printed.split("\n")
            answers = record.by_check[event.result.id] = []
            for line in whole:
                if line.startswith(_MARK):
                    function, arguments, digest, answer = line.removeprefix(_MARK).split("=", 3)
                    answers.append(digest if answer.strip("=") else "")
                    record.by_function.setdefault(function, []).append(answer)
                    record.by_arguments[function + arguments] = answer

    session.grade(_recorder(exercise), _FILE, take, seed=seed)
    return record


_HELPERS = """
import base64, hashlib, pickle, sys

def _digest(*values):
    return hashlib.md5(repr(values).encode()).hexdigest()

def _write(name, args, value):
    try: text = base64.b32encode(pickle.dumps(value)).decode()
    except Exception: text = ""
    text = text if len(text) < 1800 else ""
    print(MARK + "=".join([name, _digest(*args), _digest(value), text]))
    return value
"""


def _recorder(exercise: Exercise) -> str:
    """The solution, which prints what it answers to the grader."""
    solution = read_source(exercise.solution)
    lines = [f"MARK = {_MARK!r}", _HELPERS, f"_own = {{'__name__': 'own'}}\nexec({solution!r}, _own)"]
    for name in public_functions(solution):
        lines.append(
            f"def {name}(*args, **kwargs): return _write({name!r}, args, _own[{name!r}](*args, **kwargs))"
        )
    return "\n".join(lines) + "\n"


def _parrot(exercise: Exercise, learnt: _Record) -> str:
    """A file that answers what was answered to the same question, else what comes next."""
    code = f"{_HELPERS}\n_next, _known = {learnt.by_function!r}, {learnt.by_arguments!r}\n"
    code += """
def _answer(name, given):
    waiting = _next.get(name) or [""]
    text = waiting.pop(0) if len(waiting) > 1 else waiting[0]
    text = _known.get(name + _digest(*given), text)
    return pickle.loads(base64.b32decode(text)) if text else None
"""
    source = weave(read_source(exercise.starter), code, "", "_answer(sys._getframe().f_code.co_name, given)")
    return source if len(source) < LONGEST else weave(read_source(exercise.starter))
