"""Which exercises may run: those shipped, those written here, and those that the learner trusts as they are.

The checks of an exercise are a program that runs with the learner's rights, outside the sandbox. One
that came from elsewhere is therefore left out until it is trusted, and again when a file of it changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from studytrack.errors import Fault
from studytrack.files import write_atomically
from studytrack.grading.exercises import Exercise
from studytrack.paths import Home

_OWN = "own"
"""Recorded in place of a digest for an exercise written here: it runs however its author changes it."""


def trusted_only(exercises: Mapping[str, Exercise], home: Home) -> tuple[dict[str, Exercise], list[Fault]]:
    """The exercises that may run, and what is said of each that may not."""
    recorded = _recorded(home)
    allowed: dict[str, Exercise] = {}
    withheld = []
    for name, exercise in exercises.items():
        if exercise.folder.parent != home.exercises or recorded.get(name) in (_OWN, digest(exercise.folder)):
            allowed[name] = exercise
        else:
            how = "has changed since it was trusted" if name in recorded else "came from elsewhere"
            problem = f"the exercise `{name}` {how}, and its checks run with your rights"
            remedy = f"read them, then: studytrack trust {name}"
            withheld.append(Fault(exercise.checks_file, 1, 1, problem, remedy))
    return allowed, withheld


def trust(exercise: Exercise, home: Home) -> None:
    """Lets an exercise run as it is now."""
    _record(exercise.id, digest(exercise.folder), home)


def trust_as_own(exercise: str, home: Home) -> None:
    """Lets an exercise that was written here run, now and when it changes."""
    _record(exercise, _OWN, home)


def digest(folder: Path) -> str:
    """A hash of the names and contents of all files in a folder."""
    total = sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            name, content = file.relative_to(folder).as_posix().encode(), sha256(file.read_bytes()).digest()
            total.update(b"%d %s %s" % (len(name), name, content))
    return total.hexdigest()


def _recorded(home: Home) -> dict[str, str]:
    """What is trusted; nothing where the file is missing or is not what was written here."""
    try:
        found = json.loads(home.trusted.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _record(exercise: str, what: str, home: Home) -> None:
    recorded = _recorded(home) | {exercise: what}
    write_atomically(home.trusted, json.dumps(recorded, indent=2, sort_keys=True) + "\n")
