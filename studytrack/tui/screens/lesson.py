"""A lesson: its outline on the left, what is marked in it on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Tree

from studytrack.curriculum.models import Link, Note
from studytrack.page import ExerciseEntry, Page, QuestionEntry, StageBox, StepEntry
from studytrack.times import at_time
from studytrack.tui.describe import describe
from studytrack.tui.web import open_web
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.outline import Entry, Group, Outline, OwnNotes
from studytrack.tui.widgets.prose import Prose
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp


class LessonScreen(Screen[None]):
    """The page of one lesson, alive."""

    CSS = """
    LessonScreen {
        Outline { width: 45%; max-width: 56; border-right: solid $panel; }
        #detail { width: 1fr; padding: 1 1 0 1; }
        &.-narrow Horizontal { layout: vertical; }
        &.-narrow Outline { width: 100%; max-width: 100%; height: 55%; border-right: none;
                            border-bottom: solid $panel; }
        &.-narrow #detail { height: 1fr; padding: 0; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal")]
    HELP = """
The page of a lesson. **space** ticks the step, stage or exercise that is marked; **enter**
opens it: a link in the browser, an exercise to work on, a question to answer, a note to
read. **o** opens the first link, or the video at the time of the note. ← and → close and
open parts of the outline; tab goes to the text on the right.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", id="lesson.tick", priority=True),
        Binding("enter", "open", "Open", id="lesson.open", priority=True),
        Binding("o", "link", "Link", id="lesson.link"),
        Binding("n", "notes", "My notes", id="lesson.notes"),
        Binding("e", "edit_notes", "Editor", id="lesson.edit_notes", show=False),
        Binding("r", "quiz", "Quiz", id="lesson.quiz"),
        Binding("escape", "leave", "Back", id="lesson.back"),
    ]
    app: StudytrackApp

    def __init__(self, page: Page, subject: str = "") -> None:
        super().__init__()
        self.page = page
        self._subject = subject
        self._described = ""

    def compose(self) -> ComposeResult:
        yield TopBar(self.page.title)
        with Horizontal():
            yield Outline()
            with VerticalScroll(id="detail"):
                yield Prose(id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        outline = self.query_one(Outline)
        outline.show(self.page)
        outline.focus()
        outline.mark(self._subject or "steps")

    def on_screen_resume(self) -> None:
        self.redraw()

    def redraw(self) -> None:
        """Draws the page as it is now, after a tick, an undo, an attempt."""
        page = self.app.safely(lambda: self.app.study.page(self.page.id))
        if page and page != self.page:
            self.page = page
            self.query_one(Outline).show(page)
            self._describe()

    @on(Tree.NodeHighlighted)
    def _marked(self) -> None:
        self._describe()
        self.query_one("#detail").scroll_home(animate=False)

    def _describe(self) -> None:
        """Says on the right what is marked, unless that stands there already."""
        text = describe(self.entry, self.page) if self.entry else ""
        if text != self._described:
            self._described = text
            self.query_one(Prose).show(text)

    @property
    def entry(self) -> Entry | None:
        """What is marked."""
        node = self.query_one(Outline).cursor_node
        return node.data if node else None

    def action_tick(self) -> None:
        entry = self.entry
        if isinstance(entry, StepEntry | StageBox | ExerciseEntry):
            self.app.toggle(entry.subject, entry.ticked)
            self.redraw()
        else:
            self.app.notify("There is no box here: steps, their stages and exercises can be ticked.")

    def action_open(self) -> None:
        entry = self.entry
        if isinstance(entry, ExerciseEntry) and entry.kind == "graded" and entry.exercise:
            self.app.open_exercise(entry.exercise)
        elif isinstance(entry, QuestionEntry):
            self.app.open_quiz(self.page.id, entry.id)
        elif isinstance(entry, OwnNotes):
            self.action_notes()
        elif isinstance(entry, Group):
            outline = self.query_one(Outline)
            if outline.cursor_node:
                outline.cursor_node.toggle()
        elif isinstance(entry, Note):
            self.query_one("#detail").focus()
        else:
            self.action_link()

    @on(Tree.NodeSelected)
    def _clicked(self, event: Tree.NodeSelected[Entry]) -> None:
        """A click marks; a group it opens or closes."""
        if isinstance(event.node.data, Group):
            event.node.toggle()

    def action_link(self) -> None:
        if url := self._url():
            open_web(self.app, url)
        else:
            self.app.notify("There is no link here.")

    def _url(self) -> str | None:
        entry = self.entry
        if isinstance(entry, StageBox):
            entry = next(step for step in self.page.steps if entry in step.stages)
        if isinstance(entry, Link):
            return entry.url
        if isinstance(entry, StepEntry | ExerciseEntry) and entry.links:
            return entry.links[0].url
        if isinstance(entry, Note) and entry.at is not None and self.page.video:
            return at_time(self.page.video, int(entry.at))
        return None

    def action_notes(self) -> None:
        self.app.open_notes(self.page.id)

    def action_edit_notes(self) -> None:
        self.app.edit_outside(self.app.study.note_file(self.page.id))
        self.redraw()

    async def action_leave(self) -> None:
        """From the text on the right to the outline; from there back."""
        outline = self.query_one(Outline)
        if outline.has_focus:
            await self.app.action_back()
        else:
            outline.focus()

    def action_quiz(self) -> None:
        self.app.open_quiz(self.page.id)
