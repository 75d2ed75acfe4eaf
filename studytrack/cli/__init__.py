"""The commands: parse, call, print. No rule lives here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from studytrack import __version__
from studytrack.cli.authors import author, schema, validate
from studytrack.cli.exercises import check, exercises, hint, reset, solution, start
from studytrack.cli.house import doctor, keys, locate, settings
from studytrack.cli.lessons import lessons, log, note, show, tick, today, undo, untick
from studytrack.cli.questions import answer, question, quiz
from studytrack.errors import StudytrackError
from studytrack.start import Options, open_app, report

CANCELLED = 130


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--home", metavar="DIR", help="The learner's home; else $STUDYTRACK_HOME.")
@click.option("--now", metavar="ISO8601", help="The moment it is taken to be; else $STUDYTRACK_NOW.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="studytrack")
@click.pass_context
def cli(context: click.Context, home: str | None, now: str | None, debug: bool) -> None:
    """Learn deep learning from a terminal. Without a command, the app opens."""
    context.obj = Options(home, now, debug)
    if context.invoked_subcommand is None:
        context.exit(open_app(context.obj))


for command in (
    *(today, lessons, show, tick, untick, undo, note, log),
    *(quiz, question, answer),
    *(exercises, start, check, hint, solution, reset),
    *(validate, schema, author),
    *(settings, keys, doctor, locate),
):
    cli.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Runs a command; the exit status. Errors go to standard error, for people."""
    try:
        status = cli.main(list(arguments), prog_name="studytrack", standalone_mode=False)
    except click.exceptions.Abort:
        print("studytrack: cancelled", file=sys.stderr)
        return CANCELLED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except StudytrackError as error:
        report(error, "--debug" in arguments)
        return error.exit_status
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nothing is left to say, nor anyone to say it to
        return 0
    return status if isinstance(status, int) else 0
