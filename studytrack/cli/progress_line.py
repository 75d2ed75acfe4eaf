"""One line on standard error that tells what an attempt is doing, written over again and again."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import monotonic

from studytrack.grading.messages import CheckDone, CheckStarted, Event, Metrics, Started, Warming
from studytrack.grading.output import clean
from studytrack.training.loading import loading
from studytrack.training.picture import Picture
from studytrack.training.words import told

_TO_START_AND_ERASE = "\r\x1b[K"
_EVERY = 0.2
"""Seconds after which the time is told anew where nothing else happens."""
_LONGEST_TITLE = 30
_LEAST_FOR_TITLE = 60
"""Columns below which the numbers of a training have the line to themselves."""
_BAR = 10


class ProgressLine:
    """The line; it shows nothing where standard error is no terminal that could be written over."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles  # of the checks, by id
        terminal = sys.stderr is not None and sys.stderr.isatty()
        self._on = terminal and os.environ.get("TERM") != "dumb"
        self._shown = False
        self._phase = ""
        self._warming: tuple[Warming, float] | None = None
        """What is loaded, and since when."""
        self._picture: Picture | None = None
        """What the running check trains."""

    @asynccontextmanager
    async def moving(self) -> AsyncIterator[None]:
        """Lets the times on the line go on by themselves; at the end the line is gone."""
        ticking = asyncio.create_task(self._tick())
        try:
            yield
        finally:
            ticking.cancel()
            self.clear()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            if self._shown:
                self._write()

    def show(self, event: Event) -> None:
        """Tells what an event means; those that mean nothing here leave the line as it is."""
        match event:
            case Warming():
                self._warming = (event, monotonic())
            case Started():
                self._warming, self._phase = None, "running"
            case CheckStarted(check):
                self._phase, self._picture = self._titles.get(check, check), None
            case CheckDone():
                self._picture = None
                return
            case Metrics():
                self._picture = self._picture or Picture()
                self._picture.add(event, monotonic())
            case _:
                return
        self._write()

    def tell(self, text: str) -> None:
        """Tells what no event does."""
        self._warming, self._phase, self._picture = None, text, None
        self._write()

    def clear(self) -> None:
        """Makes room for what is to stay."""
        if self._shown:
            sys.stderr.write(_TO_START_AND_ERASE)
            sys.stderr.flush()
            self._shown = False

    def _write(self) -> None:
        if self._on:
            room = shutil.get_terminal_size().columns - 1  # a line that wraps cannot be erased
            sys.stderr.write(_TO_START_AND_ERASE + clean(self._text(room))[:room])
            sys.stderr.flush()
            self._shown = True

    def _text(self, room: int) -> str:
        if self._warming:
            warming, since = self._warming
            return loading(warming, monotonic() - since)
        if self._picture is None:
            return f"{self._phase} …"
        start = ""
        if room >= _LEAST_FOR_TITLE:
            start = f"{_cut(self._phase, min(_LONGEST_TITLE, room // 3))}  {_bar(self._picture)}"
        return start + told(self._picture, room - len(start), monotonic())


def _bar(picture: Picture) -> str:
    share = picture.progress.share if picture.progress else None
    if share is None:
        return ""
    done = int(share * _BAR)
    return f"{'█' * done}{'░' * (_BAR - done)}  "


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
