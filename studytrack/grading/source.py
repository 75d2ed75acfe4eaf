"""The learner's source: reading it, and what can be said about it without running it."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from pathlib import Path
from typing import NamedTuple

from studytrack.errors import UsageError

LONGEST = 1 << 17
"""Characters. Python takes its time for some sources: 26 s for an f-string of four times this length."""
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")


def read_source(file: Path) -> str:
    """The text of a learner's file, in the encoding that it declares.

    Bytes that do not fit it are kept as lone surrogates, which `fault` reports. Raises UsageError
    if there is no such file, or it is a pipe or a device, which may never end.
    """
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is not a file", "name a Python file")
    try:
        with tokenize.open(file) as text:
            return text.read()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}", "is it the right file?") from None
    except (SyntaxError, UnicodeDecodeError):
        return file.read_bytes().decode("utf-8-sig", "surrogateescape")


class SourceFault(NamedTuple):
    """Why a source is not Python."""

    line: int
    why: str
    columns: tuple[int, int] | None = None
    """What of the line it is about, in bytes of its UTF-8."""
    column: int = 1
    """Where in the line it begins, counted in characters from 1."""


def fault(source: str) -> SourceFault | None:
    """Where and why the source is not Python, or None if it is."""
    if len(source) > LONGEST:
        return SourceFault(1, f"The file is longer than {LONGEST >> 10} kB.")
    for number, line in enumerate(source.split("\n"), 1):
        if found := _NOT_UTF_8.search(line):
            why = "The line holds bytes that are not UTF-8: save the file as UTF-8."
            return SourceFault(number, why, column=found.start() + 1)
        if "\0" in line:
            return SourceFault(number, "The line holds a null byte.", column=line.index("\0") + 1)
    try:
        _parse(source)
    except SyntaxError as error:
        why = f"{type(error).__name__}: {error.msg}"
        return SourceFault(error.lineno or 1, why, _columns(error), max(error.offset or 1, 1))
    except (RecursionError, MemoryError, ValueError):
        return SourceFault(1, "The code is nested too deeply to be read.")
    return None


def _columns(error: SyntaxError) -> tuple[int, int] | None:
    if not error.text or not error.offset or error.lineno != error.end_lineno:
        return None
    first, after = error.offset - 1, max(error.end_offset or 0, error.offset + 1) - 1
    start, end = (len(error.text[:column].encode("utf-8", "replace")) for column in (first, after))
    return start, end


def same_code(one: str, other: str) -> bool:
    """Whether two sources, both of them Python, differ in layout and comments at most.

    Sources that are nested too deeply to be compared, or hold numbers of thousands of digits, count
    as different.
    """
    try:
        return ast.dump(_parse(one)) == ast.dump(_parse(other))
    except (RecursionError, ValueError):
        return False


def parameters(source: str) -> dict[str, tuple[str, ...]]:
    """The names of the parameters of each function that a source defines, by the function's name."""
    return {
        node.name: tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args))
        for node in _parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def _parse(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)
