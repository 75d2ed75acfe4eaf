"""Whether everything is in order, for `doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from studytrack.study import Study


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    fine: bool
    text: str
    grave: bool = False
    """Whether studytrack cannot do its work until it is mended."""


def examine(study: Study) -> Iterator[Finding]:
    """Looks at the history, the curriculum, the sandbox, the libraries and the editor."""
    problems = study.store.problems()
    yield Finding(
        not problems, "; ".join(problems) or f"history: {len(study.events())} events, sound", grave=True
    )
    faults = study.library.faults
    for fault in faults:
        yield Finding(False, str(fault), grave=True)
    if not faults:
        lessons, exercises = len(study.library.curriculum.lessons), len(study.library.exercises)
        yield Finding(True, f"curriculum: {lessons} lessons, {exercises} exercises")
    yield _sandbox()
    yield from _libraries()
    editor = study.settings.editor_command()
    yield Finding(
        bool(editor), f"editor: {editor}" if editor else "no editor: set $EDITOR to open files in it"
    )


def _sandbox() -> Finding:
    from studytrack.grading.sandbox import probe

    tier = probe()
    return Finding(tier.name != "process", tier.explain())


def _libraries() -> Iterator[Finding]:
    for name in ("torch", "fastai"):
        try:
            yield Finding(True, f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding(
                False, f"{name} is missing: install studytrack again with its dependencies", grave=True
            )
