"""The study that a command works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from studytrack.cli.printing import complain
from studytrack.errors import UsageError
from studytrack.library import Library, library_of
from studytrack.start import Options, home_of, open_study
from studytrack.study import Study

_MOST_FAULTS = 5


@contextmanager
def opened() -> Iterator[Study]:
    """The study that the options name, closed at the end.

    Where something was asked for that is not there, it is told what the curriculum left out.
    """
    study = open_study(options_of(click.get_current_context()))
    try:
        yield study
    except UsageError:
        complain_of_faults(study.library)
        raise
    finally:
        study.close()


@contextmanager
def opened_library() -> Iterator[Library]:
    """What there is to learn, for commands that have nothing to do with a learner; else as `opened`."""
    library = library_of(home_of(options_of(click.get_current_context())))
    try:
        yield library
    except UsageError:
        complain_of_faults(library)
        raise


def options_of(context: click.Context) -> Options:
    """What was said before the command."""
    return context.find_object(Options) or Options()


def complain_of_faults(library: Library) -> None:
    """Says on standard error what was left out of the curriculum, and why."""
    complain_of([str(fault) for fault in library.faults])


def complain_of(faults: Sequence[str]) -> None:
    """The same for faults that were found earlier."""
    for fault in faults[:_MOST_FAULTS]:
        complain(f"left out: {fault}")
    if len(faults) > _MOST_FAULTS:
        complain(f"and {len(faults) - _MOST_FAULTS} more: studytrack validate")
