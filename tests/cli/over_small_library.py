"""Runs a command as `python -m studytrack` does, but over the small library of the tests."""

from __future__ import annotations

from pathlib import Path

from studytrack import library
from studytrack.__main__ import main

if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "tui" / "library"
    for name, there in {
        "shipped_curriculum": folder / "lessons",
        "shipped_exercises": folder / "exercises",
    }.items():
        setattr(library, name, lambda there=there: there)
    main()
