"""What the commands share: the study they work on, and how they print."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from studytrack.start import Options, open_study
from studytrack.study import Study

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def opened() -> Iterator[Study]:
    """The study that the options name, closed at the end."""
    options = click.get_current_context().find_object(Options)
    assert options is not None  # noqa: S101 - the group sets it before any command runs
    study = open_study(options)
    try:
        yield study
    finally:
        study.close()


def echo_json(data: Any) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def echo_text(markdown: str) -> None:
    """A text of the curriculum, wrapped to the terminal."""
    from studytrack.markdown import plain

    click.echo(plain(markdown, width()))


def width() -> int:
    """How wide text may run: the terminal's width, at most 100."""
    return max(30, min(100, shutil.get_terminal_size().columns))


def complain_of_faults(study: Study) -> None:
    """Says on standard error what was left out of the curriculum, and why."""
    for fault in study.library.faults:
        click.echo(f"left out: {fault}", err=True)
