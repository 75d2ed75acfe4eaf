"""Everything studytrack says when something is wrong, as one tree.

StudytrackError
├── UsageError              what was asked for does not exist or cannot be done now
├── CurriculumError         a lesson or an exercise has faults, each with file, line and column
├── SettingsError           settings.toml cannot be used
├── ProgressError           the learner's history cannot be read or written
│   └── NewerDatabaseError  it was written by a newer studytrack
└── GradingError            the grader itself failed; never the learner's fault

An error says what is wrong, where, and what to do, in one or two lines: it is
shown to a person as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


class StudytrackError(Exception):
    """Something that the person in front of the screen can understand and act on."""

    exit_status = 2

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}; {remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy


class UsageError(StudytrackError):
    """What was asked for does not exist, or cannot be done as things stand."""


class SettingsError(StudytrackError):
    """The learner's settings cannot be read or hold a value that makes no sense."""


class ProgressError(StudytrackError):
    """The learner's history cannot be read or written; nothing was changed."""


class NewerDatabaseError(ProgressError):
    """The history was written by a newer studytrack; it is left as it is."""


class GradingError(StudytrackError):
    """The grader failed. It costs the learner nothing."""

    exit_status = 3


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a file, at a 1-based line and column."""

    file: Path
    line: int
    column: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.problem}; {self.remedy}"


class CurriculumError(StudytrackError):
    """Files that an author wrote have faults; all of them are listed at once."""

    exit_status = 1

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the known word closest to `name`, or some of what is known."""
    names = sorted(known)
    begun = [known for known in names if name and known.startswith(name)]
    close = begun if len(begun) == 1 else get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"known: {shown}" if names else "there is none yet"
