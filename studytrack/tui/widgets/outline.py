"""The outline of a lesson: everything on its page, with boxes that can be ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from studytrack.curriculum.boxes import STAGE_TITLES
from studytrack.curriculum.models import Link, Note
from studytrack.page import ExerciseEntry, Page, QuestionEntry, StageBox, StepEntry
from studytrack.times import clock_time

GROUPS = {"website": "Website", "notebooks": "Notebooks", "book": "Book", "other": "Other"}
CALLOUTS = {"idea": "💡 Idea", "info": "ℹ  Info", "warning": "⚠  Warning", "try": "▶  Try it"}


@dataclass(frozen=True)
class OwnNotes:
    """The learner's own notes on the lesson."""

    text: str


@dataclass(frozen=True)
class Group:
    """A heading of the outline."""

    id: str
    title: str


Entry = Group | StepEntry | StageBox | Link | Note | OwnNotes | ExerciseEntry | QuestionEntry


class Outline(Tree[Entry]):
    """The tree on the left of the lesson's screen."""

    DEFAULT_CSS = """
    Outline { background: $background; padding: 0 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="outline.down"),
        Binding("k", "cursor_up", "Up", show=False, id="outline.up"),
        Binding("right", "expand", "Expand", show=False, id="outline.expand"),
        Binding("left", "collapse", "Collapse", show=False, id="outline.collapse"),
    ]

    def __init__(self) -> None:
        super().__init__("", id="outline")
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False

    def show(self, page: Page) -> None:
        """Draws the page, keeping the mark and what is open where they are."""
        opened = {key(n.data) for n in _all(self.root) if n.data and n.is_expanded} or {"steps", "exercises"}
        marked = key(self.cursor_node.data) if self.cursor_node and self.cursor_node.data else ""
        self.clear()
        self._fill(page)
        for node in _all(self.root):
            if node.data and key(node.data) in opened:
                node.expand()
        self.root.expand()
        if marked:
            self.mark(marked)

    def mark(self, subject: str) -> None:
        """Moves the mark to the entry of that key, opening what it lies in."""
        for node in _all(self.root):
            if node.data and key(node.data) == subject:
                parent = node.parent
                while parent:
                    parent.expand()
                    parent = parent.parent
                self.call_after_refresh(self.move_cursor, node)
                return

    def action_expand(self) -> None:
        if node := self.cursor_node:
            node.expand()

    def action_collapse(self) -> None:
        """Closes the marked entry, or goes to what it lies in where it is closed."""
        node = self.cursor_node
        if node and node.is_expanded and node.allow_expand:
            node.collapse()
        elif node and node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)

    def _fill(self, page: Page) -> None:
        ticked = sum(step.ticked for step in page.steps)
        steps = self._group("steps", "Learning steps", f"{ticked}/{len(page.steps)}")
        for step in page.steps:
            node = steps.add(Text(f"{box(step.ticked)} {step.title}"), step, allow_expand=bool(step.stages))
            for stage in step.stages:
                node.add_leaf(Text(f"{box(stage.ticked)} {STAGE_TITLES[stage.id]}"), stage)
        resources = self._group(
            "resources", "Resources", str(sum(len(g) for _, g in page.resources.groups()))
        )
        for name, links in page.resources.groups():
            heading = resources.add(GROUPS[name], Group(f"resources/{name}", GROUPS[name]), expand=True)
            for link in links:
                heading.add_leaf(Text(link.title), link)
        notes = self._group("notes", "Notes", "")
        for note in page.notes:
            _add_note(notes, note)
        self.root.add_leaf("My notes", OwnNotes(page.own_notes))
        done = sum(entry.ticked for entry in page.exercises)
        exercises = self._group("exercises", "Exercises", f"{done}/{len(page.exercises)}")
        for entry in page.exercises:
            exercises.add_leaf(Text(f"{box(entry.ticked)} {entry.title}{_standing(entry)}"), entry)
        seen = sum(question.state != "new" for question in page.questions)
        due = sum(question.state == "due" for question in page.questions)
        counts = f"{seen} seen of {len(page.questions)}" + (f", {due} due" if due else "")
        questions = self._group("questions", "Questions", counts)
        for question in page.questions:
            questions.add_leaf(Text(f"{_SIGNS[question.state]} {question.topic}"), question)

    def _group(self, id: str, title: str, count: str) -> TreeNode[Entry]:
        return self.root.add(Text.assemble((title, "bold"), f"  {count}"), Group(id, title))


_SIGNS = {"new": "·", "due": "!", "later": "✓"}


def box(ticked: bool) -> str:
    """A box as text."""
    return "[x]" if ticked else "[ ]"


def key(entry: Entry) -> str:
    """What an entry is found by when the page is drawn again."""
    if isinstance(entry, StepEntry | StageBox | ExerciseEntry):
        return entry.subject
    if isinstance(entry, OwnNotes):
        return "own-notes"
    if isinstance(entry, Link):
        return f"link/{entry.url}"
    if isinstance(entry, Note):
        return f"note/{entry.id}"
    return entry.id


def _add_note(parent: TreeNode[Entry], note: Note) -> None:
    title = note.title or CALLOUTS.get(note.callout or "", "Note")
    at = f"  {clock_time(int(note.at))}" if note.at is not None else ""
    children = [child for child in note.notes if child.title and not child.callout]
    node = parent.add(Text(f"{title}{at}"), note, allow_expand=bool(children))
    for child in children:
        _add_note(node, child)


def _standing(entry: ExerciseEntry) -> str:
    if entry.kind == "link":
        return ""
    if entry.state == "due":
        return f"  {entry.best} · due again"
    if entry.best:
        return f"  {entry.best}"
    return f"  {entry.minutes} min"


def _all(root: TreeNode[Entry]) -> Iterator[TreeNode[Entry]]:
    for child in root.children:
        yield child
        yield from _all(child)
