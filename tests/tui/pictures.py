"""Screens compared with the pictures in `tests/snapshots/`, which were looked at and found good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from studytrack.tui.app import StudytrackApp

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"


@dataclass(frozen=True)
class Pictures:
    """Compares screens with pictures, or accepts them as the new ones."""

    accept: bool

    def compare(self, app: StudytrackApp, name: str) -> None:
        """Fails where the screen is not as in the picture of that name, and leaves the new one beside it."""
        accepted, new = SNAPSHOTS / f"{name}.svg", SNAPSHOTS / f"{name}.new.svg"
        picture = drawn(app)
        if self.accept:
            accepted.write_text(picture, encoding="utf-8")
            new.unlink(missing_ok=True)
        elif not accepted.exists() or accepted.read_text(encoding="utf-8") != picture:
            new.write_text(picture, encoding="utf-8")
            pytest.fail(
                f"the screen is not as in {accepted}\nLook at {new}; if it is as it should be, accept it:\n"
                f"    pytest {Path(__file__).with_name('test_pictures.py')} --snapshot-update",
                pytrace=False,
            )
        else:
            new.unlink(missing_ok=True)


def drawn(app: StudytrackApp) -> str:
    """The screen as SVG, without the number that is made from all of it and changes every line."""
    svg = app.export_screenshot(title="studytrack", simplify=True)
    return re.sub(r"terminal-\d+-", "t-", svg)
