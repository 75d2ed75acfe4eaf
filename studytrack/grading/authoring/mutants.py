"""The mutants of an exercise: typical wrong answers, each with the check that finds it out and its words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from studytrack.errors import Fault, nearest
from studytrack.grading.authoring.code import syntax_fault
from studytrack.grading.source import read_source

FEWEST = 4
_HEADER = re.compile(r"# fails: *(?P<fails>\S+) *\n# says: *(?P<says>\S.*?) *\n")


@dataclass(frozen=True)
class Mutant:
    """A wrong answer, and what its first two lines announce."""

    file: Path
    source: str
    fails: str
    """The id of the check that is to fail."""
    says: str
    """A part of what that check is to say."""
    fails_column: int
    says_column: int

    def fault(self, problem: str, remedy: str) -> Fault:
        """A fault at the check that is announced."""
        return Fault(self.file, 1, self.fails_column, problem, remedy)


def read_mutant(file: Path, checks: Collection[str]) -> Mutant | Fault:
    """A mutant, or what is wrong with its file; `checks` are the ids that there are."""
    if fault := syntax_fault(file):
        return fault
    source = read_source(file)
    header = _HEADER.match(source)
    if header is None:
        remedy = "begin with `# fails: <check id>` and `# says: <a part of its message>`"
        return Fault(file, 1, 1, "does not say which check it fails", remedy)
    mutant = Mutant(
        file,
        source,
        fails=header["fails"],
        says=header["says"],
        fails_column=header.start("fails") + 1,
        says_column=header.start("says") - source.index("\n"),
    )
    if mutant.fails not in checks:
        return mutant.fault(f"there is no check `{mutant.fails}`", nearest(mutant.fails, checks))
    return mutant
