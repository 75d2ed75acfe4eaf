"""Every hostile submission to an exercise, in the order of the fourteen lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studytrack.grading.battery import endings, lying, patches, reaching, streams
from studytrack.grading.battery.attack import BREACH, Aims, Attack, Moment, Reach, joined
from studytrack.grading.battery.weaving import weave
from studytrack.grading.battery.whole_files import whole_files
from studytrack.grading.exercises import Exercise
from studytrack.grading.source import read_source
from studytrack.grading.verdict import State

ATTACKS: tuple[Attack, ...] = tuple(
    sorted(
        endings.ATTACKS + streams.ATTACKS + lying.ATTACKS + patches.ATTACKS + reaching.ATTACKS,
        key=lambda attack: attack.line,
    )
)


@dataclass(frozen=True)
class Submission:
    """A file of a learner's, as bytes, and how grading it has to end."""

    name: str
    line: int
    data: bytes
    ends: frozenset[State]
    called: str = "mine.py"
    beside: dict[str, str] = field(default_factory=dict)
    reach: Reach | None = None
    ends_the_app: bool = False
    earns: bool = False


_PREAMBLE = f"""
def breached(what):
    print({BREACH!r}, what, flush=True)
given = []
import os
if os.path.islink("/proc/self/ns/pid"):
    print("process", os.getpid(), os.getsid(0), os.readlink("/proc/self/ns/pid"), flush=True)
"""
"""What every attack begins with: it tells which processes are its own."""


def hostile(exercise: Exercise, aims: Aims) -> Iterator[Submission]:
    """What all attacks make of an exercise's starter; none of it answers anything right."""
    starter = read_source(exercise.starter)
    for attack in ATTACKS:
        for moment in attack.moments:
            yield _submission(attack, moment, starter, aims)
    for file in whole_files(starter):
        yield Submission(file.name, 6, file.data, file.ends, file.called, file.beside)


def plainly_wrong(exercise: Exercise) -> str:
    """A harmless submission whose answers are all wrong."""
    return weave(read_source(exercise.starter))


def _submission(attack: Attack, moment: Moment, starter: str, aims: Aims) -> Submission:
    preamble = f"{aims.as_code()}\n{_PREAMBLE}"
    if moment is Moment.IMPORT:
        code = weave(starter, preamble + joined(attack.code), "", attack.answer)
    else:
        code = weave(starter, preamble, attack.code, attack.answer)
    name = attack.name if len(attack.moments) == 1 else f"{attack.name}, {moment}"
    return Submission(
        name,
        attack.line,
        code.encode("utf-8", "surrogatepass"),
        attack.ends,
        reach=attack.reach,
        ends_the_app=attack.ends_the_app,
        earns=attack.earns,
    )
