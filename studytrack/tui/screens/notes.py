"""The learner's own notes on a lesson, written in place."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import TextArea

from studytrack.curriculum.models import Lesson
from studytrack.times import at_time, clock_time
from studytrack.tui.widgets.file_editor import FileEditor
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp


class NotesScreen(Screen[None]):
    """An editor over `notes/<lesson>.md`."""

    HELP = """
Your own notes on the lesson, in Markdown. **escape** saves and goes back. **ctrl+t** writes a
link to the video at the time that has passed since you opened it from here (**ctrl+o**).
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Save and back", id="notes.leave", priority=True),
        Binding("ctrl+s", "save", "Save", id="notes.save", priority=True),
        Binding("ctrl+t", "stamp", "Time stamp", id="notes.stamp", priority=True),
        Binding("ctrl+o", "video", "Video", id="notes.video", priority=True),
    ]
    app: StudytrackApp

    def __init__(self, lesson: Lesson, file: Path) -> None:
        super().__init__()
        self._lesson = lesson
        self._text = FileEditor(file, f"notes/{file.name}", TextArea(soft_wrap=True))

    def compose(self) -> ComposeResult:
        yield TopBar(f"{self._lesson.title} · my notes")
        yield self._text
        yield KeyLine()

    def on_mount(self) -> None:
        editor = self._text.editor
        editor.focus()
        editor.move_cursor(editor.document.end)

    def action_save(self) -> None:
        self.app.safely(self._text.synchronise)

    async def action_leave(self) -> None:
        """Goes back, unless what was typed could not be saved."""
        self.action_save()
        if not self._text.typed:
            await self.app.action_back()

    def action_video(self) -> None:
        from studytrack.tui.web import open_web

        if self._lesson.video:
            self.app.video_opened[self._lesson.id] = time.monotonic()
            open_web(self.app, self._lesson.video)
        else:
            self.notify("This lesson has no video.")

    def action_stamp(self) -> None:
        """Where the video is now, if it has run on since it was opened from here."""
        if not self._lesson.video:
            self.notify("This lesson has no video.")
            return
        opened = self.app.video_opened.get(self._lesson.id)
        at = round(time.monotonic() - opened) if opened else 0
        self._text.editor.insert(f"[{clock_time(at)}]({at_time(self._lesson.video, at)}) ")
