"""One line on standard error that tells what an attempt is doing, written over again and again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping

from studytrack.grading.messages import CheckStarted, Event, Metrics, Started, Warming
from studytrack.grading.output import clean

_TO_START_AND_ERASE = "\r\x1b[K"


class ProgressLine:
    """The line; it shows nothing where standard error is no terminal that could be written over."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles  # of the checks, by id
        terminal = sys.stderr is not None and sys.stderr.isatty()
        self._on = terminal and os.environ.get("TERM") != "dumb"
        self._shown = False

    def show(self, event: Event) -> None:
        """Tells what an event means; those that mean nothing here leave the line as it is."""
        match event:
            case Warming(what):
                self._write(f"loading {what} …")
            case Started():
                self._write("running …")
            case CheckStarted(check):
                self._write(f"{self._titles.get(check, check)} …")
            case Metrics(points):
                numbers = ((name, value) for name, value in points[-1].items() if value is not None)
                self._write("  ".join(f"{name} {value:.4g}" for name, value in numbers))

    def clear(self) -> None:
        """Makes room for what is to stay."""
        if self._shown:
            sys.stderr.write(_TO_START_AND_ERASE)
            sys.stderr.flush()
            self._shown = False

    def _write(self, text: str) -> None:
        if self._on:
            room = shutil.get_terminal_size().columns - 1  # a line that wraps cannot be erased
            sys.stderr.write(_TO_START_AND_ERASE + clean(text)[:room])
            sys.stderr.flush()
            self._shown = True
