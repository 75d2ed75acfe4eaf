"""Whether everything is in order, for `doctor`. What is broken is found, not stumbled over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from studytrack.errors import GradingError, ProgressError, SettingsError, UsageError
from studytrack.library import library_of
from studytrack.paths import Home
from studytrack.progress.store import Store


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    fine: bool
    text: str
    grave: bool = False
    """Whether studytrack cannot do its work until it is mended."""


def examine(home: Home) -> Iterator[Finding]:
    """Looks at the history, the settings, the curriculum, the sandbox, the libraries and the editor."""
    yield _history(home)
    yield from _settings(home)
    yield from _curriculum(home)
    yield _sandbox()
    yield from _libraries()
    yield _torchvision()


def _history(home: Home) -> Finding:
    try:
        with Store(home.database) as store:
            if problems := store.problems():
                return Finding(False, f"{home.database}: {'; '.join(problems)}", grave=True)
            return Finding(True, f"history: {len(store.since()[0])} events, sound")
    except ProgressError as error:
        return Finding(False, str(error), grave=True)


def _settings(home: Home) -> Iterator[Finding]:
    from studytrack.settings import load_settings

    try:
        editor = load_settings(home.settings).editor_command()
    except SettingsError as error:
        yield Finding(False, str(error), grave=True)
        return
    yield Finding(True, "settings: sound")
    yield Finding(
        bool(editor), f"editor: {editor}" if editor else "no editor: set $EDITOR to open files in it"
    )


def _curriculum(home: Home) -> Iterator[Finding]:
    library = library_of(home)
    for fault in library.faults:
        yield Finding(False, str(fault), grave=True)
    if not library.faults:
        counts = f"lessons: {len(library.curriculum.lessons)}, exercises: {len(library.exercises)}"
        yield Finding(True, f"curriculum: sound; {counts}")


def _sandbox() -> Finding:
    from studytrack.grading.sandbox import probe
    from studytrack.grading.tiers import PROCESS

    try:
        tier = probe()
    except (GradingError, UsageError) as error:
        return Finding(False, str(error), grave=True)
    return Finding(tier.name != PROCESS, tier.explain())


def _libraries() -> Iterator[Finding]:
    for name in ("torch", "fastai"):
        try:
            yield Finding(True, f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding(
                False, f"{name} is missing: install studytrack again with its dependencies", grave=True
            )


def _torchvision() -> Finding:
    """Whether fastai's vision can be had; importing it takes seconds, and a process of its own."""
    tried = subprocess.run(
        [sys.executable, "-c", "import torchvision"], capture_output=True, text=True, check=False
    )
    if tried.returncode == 0:
        return Finding(True, "torchvision: its compiled operators load")
    if "nms does not exist" in tried.stderr:
        said = "torchvision: its compiled operators do not load beside this build of torch"
        return Finding(True, f"{said}; exercises define the two that fastai needs")
    why = tried.stderr.strip().rpartition("\n")[2] or "it cannot be imported"
    return Finding(False, f"torchvision: {why}; install it again, beside the torch that is there")
