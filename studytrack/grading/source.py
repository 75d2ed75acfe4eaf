"""The learner's source: reading it, and what can be said about it without running it."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from pathlib import Path

from studytrack.errors import UsageError

LONGEST = 1 << 19
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")


def read_source(file: Path) -> str:
    """The text of a learner's file, in the encoding that it declares.

    Bytes that do not fit it are kept as lone surrogates, which `fault` reports. Raises UsageError
    if there is no such file.
    """
    try:
        with tokenize.open(file) as text:
            return text.read()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}", "is it the right file?") from None
    except (SyntaxError, UnicodeDecodeError):
        return file.read_bytes().decode("utf-8-sig", "surrogateescape")


def fault(source: str) -> tuple[int, str] | None:
    """The line and the reason why the source is not Python, or None if it is."""
    found = fault_with_column(source)
    return found and (found[0], found[2])


def fault_with_column(source: str) -> tuple[int, int, str] | None:
    """The same with the column between the two, counted from 1."""
    if len(source) > LONGEST:
        return 1, 1, f"The file is longer than {LONGEST >> 10} kB."
    for number, line in enumerate(source.split("\n"), 1):
        if found := _NOT_UTF_8.search(line):
            column = found.start() + 1
            return number, column, "The line holds bytes that are not UTF-8: save the file as UTF-8."
        if "\0" in line:
            return number, line.index("\0") + 1, "The line holds a null byte."
    try:
        _parse(source)
    except SyntaxError as error:
        return error.lineno or 1, max(error.offset or 1, 1), f"{type(error).__name__}: {error.msg}"
    except (RecursionError, MemoryError, ValueError):
        return 1, 1, "The code is nested too deeply to be read."
    return None


def same_code(one: str, other: str) -> bool:
    """Whether two sources, both of them Python, differ in layout and comments at most."""
    return ast.dump(_parse(one)) == ast.dump(_parse(other))


def _parse(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)
