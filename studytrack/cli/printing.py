"""How the commands print: clean, within the terminal's width, and whether or not anyone reads it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import click

from studytrack.errors import StudytrackError
from studytrack.grading.output import clean

_NARROWEST = 20
_WIDEST = 100
"""Longer lines are hard to read."""
_reader_gone = False
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def prepare_streams() -> None:
    """Lets what the terminal's encoding lacks be shown as `?` rather than end the program.

    In place of a standard stream that is closed nothing else is to be opened, least of all the history.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str = "", *, newline: bool = True) -> None:
    """Prints text without anything in it that steers the terminal.

    Where the reader has gone, as `head` does, the command goes on unheard: what it does for the
    learner is worth more than what it prints. Raises StudytrackError where the disk is full.
    """
    _write(clean(text), newline)


def say_row(text: str, indent: int = 0) -> None:
    """A row of a listing. In a terminal its rest hangs below it; for other programs it stays one line."""
    margin, hanging = " " * indent, " " * (indent + 4)
    say(_filled(text, hanging, margin) if _in_columns() else margin + text)


def say_prose(text: str, indent: int = 0) -> None:
    """Plain text, each of its lines wrapped to the terminal; for other programs they stay as they are."""
    margin = " " * indent
    for line in clean(text).splitlines():
        say(_filled(line, margin, margin) if _in_columns() else margin + line)


def say_labelled(rows: Sequence[tuple[str, str]], indent: int = 0) -> None:
    """Texts beside their labels, one below the other; a text without a label stands below the last."""
    widest = max((len(label) for label, _ in rows), default=0) + 2
    for label, text in rows:
        first = " " * indent + label.ljust(widest)
        text = " ".join(clean(text).split())
        say(_filled(text, " " * len(first), first) if _in_columns() else first + text)


def say_markdown(markdown: str, indent: int = 0, first: str = "") -> None:
    """A text of the curriculum without its markup, wrapped; `first` stands in its first indent."""
    from studytrack.markdown import plain

    text = textwrap.indent(plain(markdown, width() - indent), " " * indent)
    say(first + text[len(first) :])


def say_json(data: Any) -> None:
    """One JSON value. What would steer a terminal is escaped, so that nothing is lost."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    _write(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text), newline=True)


def complain(text: str) -> None:
    """A line on standard error."""
    click.echo(f"studytrack: {clean(text)}", err=True)


def width() -> int:
    """How wide text may run, in columns: as the terminal, and not too wide to read."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def columns() -> int | None:
    """How wide the terminal is; None where other programs read."""
    return max(_NARROWEST, shutil.get_terminal_size().columns) if _in_columns() else None


def heard() -> bool:
    """Whether whoever reads standard output is still there."""
    return not _reader_gone


def _write(text: str, newline: bool) -> None:
    try:
        click.echo(text, nl=newline)
    except BrokenPipeError:
        _stop_listening()
    except OSError as error:
        _stop_listening()
        raise StudytrackError(
            f"the output cannot be written ({error.strerror})", "see where it goes"
        ) from None


def _stop_listening() -> None:
    """Lets everything further, and what is left in the buffer, vanish."""
    global _reader_gone
    _reader_gone = True
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _in_columns() -> bool:
    return "COLUMNS" in os.environ or (sys.stdout is not None and sys.stdout.isatty())


def _filled(text: str, hanging: str, first: str) -> str:
    return textwrap.fill(
        text,
        max(_NARROWEST, shutil.get_terminal_size().columns),
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
