"""Where things are: the learner's home, and what studytrack ships."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Home:
    """The folder that holds everything which is the learner's own."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "progress.db"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def curriculum(self) -> Path:
        """The learner's own lessons, beside the shipped ones."""
        return self.root / "curriculum"

    @property
    def exercises(self) -> Path:
        """Exercises that were not shipped: the learner's own, and those of friends."""
        return self.root / "exercises"

    @property
    def trusted(self) -> Path:
        """Which of those may run."""
        return self.root / "trusted.json"

    @property
    def log(self) -> Path:
        """What went wrong inside studytrack itself, for a bug report."""
        return self.root / "studytrack.log"

    def work(self, exercise: str) -> Path:
        """The folder in which the learner works on an exercise."""
        return self.root / "work" / exercise

    def note(self, lesson: str) -> Path:
        """The learner's own notes on a lesson."""
        return self.root / "notes" / f"{lesson}.md"


def find_home(option: str | os.PathLike[str] | None = None) -> Home:
    """The home named by `--home`, else by `STUDYTRACK_HOME`, else the platform's data folder."""
    named = option or os.environ.get("STUDYTRACK_HOME")
    if named:
        return Home(Path(named).expanduser().resolve())
    from platformdirs import user_data_path  # 20 ms, needed only here

    return Home(user_data_path("studytrack", appauthor=False))


def _shipped(kind: str) -> Path:
    installed = PACKAGE / "shipped" / kind
    return installed if installed.is_dir() else PACKAGE.parent / kind


def shipped_curriculum() -> Path:
    """The lessons that come with studytrack: in the wheel, or beside the source."""
    return _shipped("curriculum")


def shipped_exercises() -> Path:
    """The exercises that come with studytrack: in the wheel, or beside the source."""
    return _shipped("exercises")
