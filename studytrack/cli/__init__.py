"""The commands: parse, call, print. No rule lives here."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from studytrack import __version__
from studytrack.cli.group import Commands
from studytrack.cli.printing import complain, prepare_streams, width
from studytrack.errors import StudytrackError
from studytrack.start import Options, open_app, report, report_fault

CANCELLED = 130


@click.group(
    cls=Commands,
    sections={
        "Learn": {
            "today": "today",
            "lessons": "today",
            "show": "lessons",
            "tick": "lessons",
            "untick": "lessons",
            "note": "lessons",
        },
        "Questions": {"quiz": "quiz", "question": "questions", "answer": "questions"},
        "Exercises": {
            "exercises": "exercises",
            "start": "exercises",
            "check": "checking",
            "hint": "exercises",
            "solution": "exercises",
            "reset": "exercises",
            "history": "attempts",
            "diff": "attempts",
            "resume": "attempts",
            "trust": "trusting",
        },
        "What you did": {"undo": "history", "log": "history"},
        "For authors": {"validate": "authors", "schema": "authors", "author": "authors"},
        "The program": {"settings": "house", "keys": "house", "doctor": "house", "locate": "house"},
    },
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--home", metavar="DIR", help="Your home; else $STUDYTRACK_HOME.")
@click.option("--now", metavar="ISO8601", help="The moment it is taken to be; else $STUDYTRACK_NOW.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="studytrack")
@click.pass_context
def cli(context: click.Context, home: str | None, now: str | None, debug: bool) -> None:
    """Learn deep learning from a terminal. Without a command, the app opens."""
    options = context.ensure_object(Options)
    options.home, options.now, options.debug = home, now, debug
    if context.invoked_subcommand is None:
        context.exit(open_app(options))


def run(arguments: Sequence[str]) -> int:
    """Runs a command; the exit status. Errors go to standard error, for people."""
    prepare_streams()
    options = Options()
    try:
        status = cli.main(
            list(arguments),
            prog_name="studytrack",
            standalone_mode=False,
            obj=options,
            terminal_width=width(),
        )
    except Exception as error:  # noqa: BLE001 - the top of the program
        return _told(error, options)
    return status if isinstance(status, int) else 0


def _told(error: Exception, options: Options) -> int:
    """The exit status of what went wrong, which is told."""
    if isinstance(error, click.exceptions.Abort):
        complain("cancelled")
        return CANCELLED
    if isinstance(error, click.ClickException):
        complain(_in_a_line(error))
        return error.exit_code
    if isinstance(error, OSError) and error.filename:
        problem = f"{os.fsdecode(error.filename)} cannot be used ({error.strerror})"
        error = StudytrackError(problem, "see that it is there, and yours to read and to write")
    if isinstance(error, StudytrackError):
        report(error, options.debug)
        return error.exit_status
    return report_fault(error, options)


def _in_a_line(error: click.ClickException) -> str:
    """What click has to say, as studytrack says it: what is wrong; what to do."""
    problem = " ".join(error.format_message().split()).rstrip(".")
    problem = problem[:1].lower() + problem[1:]
    if problem.endswith("?"):
        return problem  # it says already what might be meant
    context = getattr(error, "ctx", None)
    return f"{problem}; see `{context.command_path if context else 'studytrack'} --help`"
