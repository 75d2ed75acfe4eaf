"""The learner's own files of an exercise, in `work/<exercise>/`: plainly visible, never overwritten."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from studytrack.files import write_atomically
from studytrack.grading.exercises import Exercise
from studytrack.paths import Home


def work_file(home: Home, exercise: Exercise) -> Path:
    """Where the learner's file of an exercise is, or will be."""
    return home.work(exercise.id) / f"{exercise.id}.py"


def start(home: Home, exercise: Exercise) -> Path:
    """The learner's file, made from the starter where there is none yet."""
    file = work_file(home, exercise)
    if not file.exists():
        write_atomically(file, exercise.starter.read_text(encoding="utf-8"))
    return file


def reset(home: Home, exercise: Exercise) -> Path:
    """Puts the starter back; what was there is kept beside it under the name that is returned."""
    file = start(home, exercise)
    number = 1
    while (kept := file.with_name(f"{exercise.id}.{number}.py")).exists():
        number += 1
    file.rename(kept)
    write_atomically(file, exercise.starter.read_text(encoding="utf-8"))
    return kept


def comparison(code: str, solution: str) -> str:
    """The solution, and what separates the learner's code from it, as Markdown."""
    lines = unified_diff(code.splitlines(), solution.splitlines(), "yours", "solution", lineterm="", n=2)
    difference = "\n".join(lines) or "They are the same."
    return (
        f"```python\n{solution.strip()}\n```\n\n## What separates yours from it\n\n```diff\n{difference}\n```"
    )
