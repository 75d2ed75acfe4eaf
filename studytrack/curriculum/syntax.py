"""What the YAML parser complains about, in words that tell an author what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from studytrack.errors import Fault

if TYPE_CHECKING:
    import yaml

_QUOTE = "put the text in quotes"
_COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "a colon stands where none can",
     "put a text that holds a colon in quotes, and indent a key as its neighbours are"),
    ("sequence entries are not allowed", "a list cannot begin behind its key",
     "begin it on the next line, or put a text that begins with `-` in quotes"),
    ("unexpected end of stream", "this quote is never closed", "close it"),
    ("unexpected document separator", "this quote is never closed", "close it"),
    ("',' or ']'", "this list is not closed, or lacks a comma", "look for the `]` or the `,` it lacks"),
    ("',' or '}'", "these braces are not closed, or lack a comma", "look for the `}` or the `,` they lack"),
    ("could not find expected ':'", "this line is neither a key nor part of a text",
     "write `key: value` with a space after the colon, or indent the line below its key"),
    ("'-' indicator", "this line stands among the items of a list and does not begin with `- `",
     "write `- ` before it, or indent it as its neighbours are"),
    ("unknown escape character", "in double quotes a backslash begins an escape, and this is none",
     "use single quotes"),
    ("while scanning an alias", "a text cannot begin with `*`", _QUOTE),
    ("while scanning an anchor", "a text cannot begin with `&`", _QUOTE),
    ("while scanning a tag", "a text cannot begin with `!`", _QUOTE),
    ("while parsing a tag", "a text cannot begin with `!`", _QUOTE),
    ("while scanning a directive", "a line cannot begin with `%`", _QUOTE),
    ("while scanning a block scalar", "nothing can follow `|` or `>` on its line",
     "begin the text on the next line, or put it in quotes"),
    ("expected key", "this does not fit what stands before it",
     "indent it as its neighbours are, and quote a text whole or not at all"),
    ("<block end>", "this does not fit what stands before it",
     "indent it as its neighbours are, and quote a text whole or not at all"),
    ("<document start>", "something follows the end of the file's keys and values",
     "write a space after the colon of a key, and all keys of the file at the same indentation"),
    ("incompatible YAML document", "the file asks for another version of YAML", "remove the line"),
)  # fmt: skip
_BLAME_THE_BEGINNING = (
    "end of stream", "document separator", "',' or", "expected ':'",
    "while scanning an", "while scanning a tag", "while parsing a tag", "while scanning a block",
)  # fmt: skip
"""Complaints whose cause stands where the parser began, not where it stopped."""


def syntax_fault(path: Path, text: str, error: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None) -> Fault:
    """The fault that stopped the parser, at the place which an author has to change.

    `last` is the scalar that was read before.
    """
    complaint = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(words in complaint for words in _BLAME_THE_BEGINNING):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if error.problem_mark and (tab := _tab_before(text, error.problem_mark.line)):
        return Fault(path, error.problem_mark.line + 1, tab, "a tab indents this line", "use spaces")
    if "cannot start any token" in complaint:
        found = text.split("\n")[line - 1][column - 1 : column]
        return Fault(path, line, column, f"a text cannot begin with {found!r}", _QUOTE)
    start, end = (last.start_mark, last.end_mark) if last and last.style in ("'", '"') else (None, None)
    if start and end and start.line < end.line == line - 1:
        problem = f"the quote that begins here is closed only in line {line}"
        return Fault(path, start.line + 1, start.column + 1, problem, "close it where its text ends")
    for words, problem, remedy in _COMPLAINTS:
        if words in complaint:
            return Fault(path, line, column, problem, remedy)
    return Fault(path, line, column, f"this is not YAML ({complaint.strip()})", _QUOTE)


def _tab_before(text: str, line: int) -> int:
    """The 1-based column of the tab in the indentation of a 0-based line, or 0."""
    lines = text.split("\n")
    found = re.match(r" *\t", lines[line]) if line < len(lines) else None
    return found.end() if found else 0
