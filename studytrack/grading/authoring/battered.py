"""An exercise under attack: every hostile submission and every odd but right one, made from its own files.

A copy of it is attacked, in a home made for that: on a tier that leaves files open, the author's own must
not be what is lost.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from studytrack.errors import Fault
from studytrack.grading.authoring.trials import Tell
from studytrack.grading.battery.attack import Aims
from studytrack.grading.battery.running import attacked, odd_but_right
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import Finished
from studytrack.grading.sandbox import probe


@dataclass(frozen=True)
class _Copy:
    """What there is to aim at; what becomes of it is of no account."""

    aims: Aims

    def harm(self, finished: Finished) -> Sequence[str]:  # noqa: ARG002 - it is given to all surroundings
        """Nothing."""
        return ()


class Battered:
    """The battery fired at an exercise; `fired` tells how many submissions that were."""

    def __init__(self, exercise: Exercise, tier: str | None, tell: Tell) -> None:
        self._exercise = exercise
        self._tier = tier
        self._tell = tell
        self.fired = 0

    def faults(self) -> Iterator[Fault]:
        """What an attack earned or broke, and what was right and is refused."""
        tier = probe(self._tier)
        with tempfile.TemporaryDirectory(prefix="studytrack-") as folder:
            copy = replace(self._exercise, folder=Path(folder, "exercises", self._exercise.id))
            home = Path(folder, "home")
            home.mkdir()
            shutil.copytree(self._exercise.folder, copy.folder)
            around = _Copy(Aims(home=str(home), exercise=str(copy.folder)))
            for outcome in chain(attacked(copy, tier, around), odd_but_right(self._exercise, tier)):
                self.fired += 1
                self._tell(f"the battery, {self.fired}: {outcome.submission}")
                for fault in outcome.faults:
                    yield self._fault(f"under attack by “{outcome.submission}”, {fault}")

    def _fault(self, problem: str) -> Fault:
        remedy = "see what the checks take for right; where they are not to blame, report it"
        return Fault(self._exercise.checks_file, 1, 1, problem, remedy)
