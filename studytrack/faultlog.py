"""What went wrong inside studytrack itself, kept in the learner's home for a bug report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from studytrack import __version__


def keep_fault(log: Path, at: datetime, trace: str) -> bool:
    """Adds a traceback to `log`; whether it could be written."""
    try:
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{at.isoformat()} studytrack {__version__}\n{trace.rstrip()}\n\n")
    except OSError:
        return False
    return True
