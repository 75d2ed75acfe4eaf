"""Opening the app, or a study, from what was said on the command line. Light, for it comes first."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from studytrack.errors import StudytrackError, UsageError
from studytrack.history import Clock
from studytrack.paths import Home, find_home
from studytrack.study import Study

INTERNAL_ERROR = 70
"""The exit status of a fault of studytrack's own: EX_SOFTWARE of sysexits.h."""
_FIRST_YEAR, _LAST_YEAR = 1971, 9000
"""Moments that leave room for time zones and for what comes back years later."""


@dataclass
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
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise UsageError(f"{given!r} is too far away", f"stay between {_FIRST_YEAR} and {_LAST_YEAR}")
    return lambda: moment


def home_of(options: Options) -> Home:
    """The learner's home. Raises UsageError where it is named by a path that leads nowhere."""
    try:
        return find_home(options.home)
    except RuntimeError as error:  # an unknown ~user, or links in a circle
        raise UsageError(f"the home cannot be found ({error})", "name a folder with --home") from None


def open_study(options: Options) -> Study:
    """The study in the learner's home."""
    return Study(home_of(options), clock_of(options.now))


def open_app(options: Options) -> int:
    """Runs the app until it is left; the exit status."""
    try:
        if not (_is_terminal(sys.stdin) and _is_terminal(sys.stderr)):
            raise UsageError("the app needs a terminal", "`studytrack --help` lists the commands")
        study = open_study(options)
    except StudytrackError as error:
        report(error, options.debug)
        return error.exit_status
    from studytrack.tui.app import StudytrackApp

    try:
        app = StudytrackApp(study)
        app.run()
    except Exception as error:  # noqa: BLE001 - the top of the program
        return report_fault(error, options)
    finally:
        study.close()
    return app.return_code or 0


def report(error: StudytrackError, debug: bool) -> None:
    """Says what is wrong on standard error, in a line or two; the traceback with `--debug` only."""
    if debug:
        traceback.print_exception(error)
    else:
        _complain(str(error))


def report_fault(error: Exception, options: Options) -> int:
    """Says that studytrack itself is at fault and keeps the traceback; the exit status."""
    if options.debug:
        traceback.print_exception(error)
        return INTERNAL_ERROR
    from studytrack.faultlog import keep_fault

    try:
        log = home_of(options).log
        kept = keep_fault(log, datetime.now(UTC), "".join(traceback.format_exception(error)))
    except StudytrackError:
        kept = False
    where = f"it is written to {log}, please report it" if kept else "--debug shows where, please report it"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    _complain(f"internal error ({what[:200]}); {where}")
    return INTERNAL_ERROR


def _complain(text: str) -> None:
    from studytrack.grading.output import clean

    if sys.stderr:
        print(f"studytrack: {clean(text)}", file=sys.stderr)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
