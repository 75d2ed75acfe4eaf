"""Somebody at the keyboard: presses keys, waits until the app has done what they ask, reads the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from textual import events
from textual.message import Message
from textual.notifications import Notify
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Markdown, Tree

from studytrack.study import Study
from studytrack.tui.app import StudytrackApp
from studytrack.tui.widgets.outline import Outline, key

LASTING = {"watch", "run"}
"""Groups of workers that last for as long as a screen is open, or as a test has its grader wait."""
QUIET_ROUNDS = 3
"""A message may have its effect only after the next frame, which one round draws."""
PATIENCE = 30.0
"""Seconds after which a test that waits for something gives up."""


class Keyboard:
    """Drives an app and tells what stands on its screen."""

    def __init__(self, app: StudytrackApp, pilot: Pilot[None], messages: list[Message]) -> None:
        self.app = app
        self._pilot = pilot
        self._messages = messages

    async def press(self, *keys: str) -> None:
        """Presses keys, each when the app is done with the one before."""
        for each in keys:
            await self._pilot.press(each)
            await self.settle()

    async def write(self, text: str) -> None:
        """Types a text."""
        await self._pilot.press(*text)
        await self.settle()

    async def click(self, selector: str, offset: tuple[int, int] = (0, 0)) -> None:
        await self._pilot.click(selector, offset)
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        await self._pilot.resize_terminal(columns, rows)
        await self.until(lambda: self.app.screen._compositor.size == (columns, rows))

    async def settle(self) -> None:
        """Waits until no worker is busy and nothing has happened for a few rounds."""
        deadline = monotonic() + PATIENCE
        quiet = 0
        while quiet < QUIET_ROUNDS:
            before = len(self._messages)
            await self._pilot.pause(0)
            if self._busy():
                await asyncio.sleep(0.005)  # leaves the interpreter to the threads that are waited for
                quiet = 0
            else:
                quiet = quiet + 1 if len(self._messages) == before else 0
            assert monotonic() < deadline, f"the app never came to rest: {self._messages[-5:]}"

    async def until(self, holds: Callable[[], object]) -> None:
        """Waits for something that another process or thread brings about."""
        deadline = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < deadline, f"waited in vain; the screen says:\n{self.picture()}"
            await self._pilot.pause(0)
            await asyncio.sleep(0.01)
        await self.settle()

    def _busy(self) -> bool:
        if isinstance(self.app.screen, ModalScreen):
            return False  # a worker may be waiting for what is chosen there
        working = any(not w.is_finished and w.group not in LASTING for w in self.app.workers)
        return working or any(text.lock.is_locked for text in self.app.screen.query(Markdown))

    def picture(self) -> str:
        """The screen as it is, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def sees(self, selector: str | None = None) -> str:
        """What can be read on the screen, or of one widget, with every gap as one space."""
        lines = self.picture().splitlines()
        if selector:
            region = self.widget(selector).region
            lines = [line[region.x : region.right] for line in lines[region.y : region.bottom]]
        return " ".join(" ".join(lines).split())

    def widget(self, selector: str, kind: type[Widget] = Widget) -> Any:
        return self.app.screen.query_one(selector, kind)

    @property
    def place(self) -> str:
        """The name of the screen that is shown."""
        return type(self.app.screen).__name__

    @property
    def footer(self) -> str:
        """The keys that the last line names."""
        return self.sees("KeyLine")

    @property
    def told(self) -> list[str]:
        """Every message that the app showed for a moment."""
        return [m.notification.message for m in self._messages if isinstance(m, Notify)]

    async def mark(self, subject: str) -> None:
        """Moves the mark in the outline of a lesson, as the arrow keys do."""
        outline = self.widget("#outline", Outline)
        outline.root.expand_all()
        await self.settle()
        line = next(n.line for n in _nodes(outline.root) if n.data and subject in (key(n.data), _id(n.data)))
        outline.cursor_line = line
        await self.settle()


@asynccontextmanager
async def at_keyboard(
    study: Study, size: tuple[int, int] = (100, 30), loaded: bool = True
) -> AsyncIterator[Keyboard]:
    """The app over a study, drawn, and loaded where that is not to be waited for in vain."""
    app = StudytrackApp(study)
    app.animation_level = "none"
    messages: list[Message] = []
    quiet = (events.Callback, events.Timer)

    def arrived(message: Message) -> None:
        if not isinstance(message, quiet):
            messages.append(message)

    async with app.run_test(size=size, notifications=True, message_hook=arrived) as pilot:
        keyboard = Keyboard(app, pilot, messages)
        await (keyboard.until(app._loaded.is_set) if loaded else pilot.pause(0))
        yield keyboard


def _nodes(root: Any) -> list[Any]:
    return [node for child in root.children for node in (child, *_nodes(child))]


def _id(entry: Any) -> str:
    return str(getattr(entry, "id", ""))


def tree_lines(tree: Tree[Any]) -> list[str]:
    """The labels of all entries of a tree, those in closed branches too."""
    return [str(node.label) for node in _nodes(tree.root)]
