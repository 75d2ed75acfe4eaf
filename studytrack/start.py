"""Opening the app, or a study, from what was said on the command line. Light, for it comes first."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from studytrack.errors import StudytrackError, UsageError
from studytrack.paths import find_home
from studytrack.study import Clock, Study


@dataclass(frozen=True)
class Options:
    """What holds for the app and every command."""

    home: str | None = None
    now: str | None = None
    debug: bool = False


def app_options(arguments: Sequence[str]) -> Options | None:
    """The options, where nothing but options that the app takes was given; else None."""
    values: dict[str, str] = {}
    debug = False
    rest = list(arguments)
    while rest:
        name, separator, value = rest.pop(0).partition("=")
        if name == "--debug" and not separator:
            debug = True
        elif name in {"--home", "--now"} and (separator or rest):
            values[name[2:]] = value if separator else rest.pop(0)
        else:
            return None
    return Options(values.get("home"), values.get("now"), debug)


def clock_of(now: str | None) -> Clock:
    """The machine's clock, or one that stands at the moment given by `--now` or `STUDYTRACK_NOW`.

    Raises UsageError where that is not a moment in ISO 8601; without an offset it is local time.
    """
    given = now or os.environ.get("STUDYTRACK_NOW")
    if not given:
        return lambda: datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(given).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"{given!r} is not a moment", "write it like 2026-11-24T18:30:00") from None
    return lambda: moment


def open_study(options: Options) -> Study:
    """The study in the learner's home."""
    return Study(find_home(options.home), clock_of(options.now))


def open_app(options: Options) -> int:
    """Runs the app until it is left; the exit status."""
    try:
        study = open_study(options)
    except StudytrackError as error:
        report(error, options.debug)
        return error.exit_status
    from studytrack.tui.app import StudytrackApp

    app = StudytrackApp(study)
    try:
        app.run()
    finally:
        study.close()
    return app.return_code or 0


def report(error: StudytrackError, debug: bool) -> None:
    """Says what is wrong on standard error, in a line or two; the traceback with `--debug` only."""
    if debug:
        traceback.print_exception(error)
    else:
        print(f"studytrack: {error}", file=sys.stderr)
