"""Where in an author's checks an exception arose, as Python's traceback tells."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

_FRAME = (
    r'^  File "{file}", line (?P<line>\d+)(?:, in [^\n]*)?\n'
    r"(?:    [^\n]*\n)?(?P<marks>    [ ~^]*\^[ ~^]*\n)?"
)


def place_of(trace: str, file: Path) -> tuple[int, int] | None:
    """The line and the column in `file` of its innermost frame, counted from 1.

    None where the exception never came through that file. The column is that of the marks under the
    line; without any it is the line's first.
    """
    frames = list(re.finditer(_FRAME.format(file=re.escape(str(file))), trace, flags=re.MULTILINE))
    if not frames:
        return None
    last = frames[-1]
    line = int(last["line"])
    before = len(last["marks"].rstrip("\n")) - len(last["marks"].strip()) - 4 if last["marks"] else 0
    return line, _indent(file, line) + before + 1


def _indent(file: Path, line: int) -> int:
    """How far a line is indented; the traceback shows it without."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return len(list(takewhile(str.isspace, lines[line - 1]))) if line <= len(lines) else 0
