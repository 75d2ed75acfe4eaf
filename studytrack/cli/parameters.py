"""What the commands take: texts, and the names of things, which the shell completes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from studytrack.cli.opening import options_of
from studytrack.errors import StudytrackError
from studytrack.library import Library, library_of
from studytrack.start import home_of

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
"""Gives the shell what can be written in place of the incomplete last word."""

takes_text = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""The context settings of a command whose arguments may begin with a dash, as -0.5 does."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def as_text(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The value; bytes in it that are no text, which could not be stored, are replaced."""
    return None if value is None else value.encode("utf-8", errors="replace").decode("utf-8")


def _names(names: Callable[[Library], Iterable[str]]) -> Complete:
    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            library = library_of(home_of(options_of(context)))
        except StudytrackError:
            return []
        return [CompletionItem(name) for name in names(library) if name.startswith(begun)]

    return complete


def _boxes(library: Library) -> Iterable[str]:
    from studytrack.curriculum.boxes import boxes_of

    return (box.subject for lesson in library.curriculum.lessons for box in boxes_of(lesson))


lessons = _names(lambda library: (lesson.id for lesson in library.curriculum.lessons))
steps = _names(_boxes)
exercises = _names(lambda library: library.exercises)
questions = _names(lambda library: library.questions)
