"""The outline of a lesson: everything on its page, with boxes that can be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Outline {
        background: $background; padding: 0 0 0 1; overflow-x: hidden;
        &:focus { background-tint: transparent; }
    }
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
        """Draws the page; drawn again, what is marked and what is open stay as they are."""
        rows = list(_rows(page))
        nodes = list(_all(self.root))
        if [key(node.data) for node in nodes if node.data] == [key(row.entry) for row in rows]:
            for node, row in zip(nodes, rows, strict=True):
                node.data = row.entry
                node.set_label(row.label)
        else:
            self._grow(rows)

    def _grow(self, rows: Iterable[Row]) -> None:
        self.clear()
        parents: list[TreeNode[Entry]] = [self.root]
        for row in rows:
            del parents[row.depth + 1 :]
            node = parents[-1].add(row.label, row.entry, expand=row.opened, allow_expand=row.has_children)
            parents.append(node)
        self.root.expand()

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


@dataclass(frozen=True)
class Row:
    """One line of the outline."""

    depth: int
    label: Text
    entry: Entry
    has_children: bool = False
    opened: bool = False


def _rows(page: Page) -> Iterator[Row]:
    """The lines of the outline, from top to bottom."""
    ticked = sum(step.ticked for step in page.steps)
    yield _heading("steps", "Learning steps", f"{ticked}/{len(page.steps)}", opened=True)
    for step in page.steps:
        yield Row(1, Text(f"{box(step.ticked)} {step.title}"), step, bool(step.stages))
        for stage in step.stages:
            yield Row(2, Text(f"{box(stage.ticked)} {STAGE_TITLES[stage.id]}"), stage)
    groups = list(page.resources.groups())
    yield _heading("resources", "Resources", str(sum(len(links) for _, links in groups)))
    for name, links in groups:
        yield Row(1, Text(GROUPS[name]), Group(f"resources/{name}", GROUPS[name]), True, opened=True)
        for link in links:
            yield Row(2, Text(link.title), link)
    yield _heading("notes", "Notes")
    for note in page.notes:
        yield from _note_rows(note, 1)
    yield Row(0, Text("My notes", "bold"), OwnNotes(page.own_notes))
    done = sum(entry.ticked for entry in page.exercises)
    yield _heading("exercises", "Exercises", f"{done}/{len(page.exercises)}", opened=True)
    for entry in page.exercises:
        yield Row(1, Text(f"{box(entry.ticked)} {entry.title}{_standing(entry)}"), entry)
    seen = sum(question.state != "new" for question in page.questions)
    due = sum(question.state == "due" for question in page.questions)
    counts = f"{seen} seen of {len(page.questions)}" + (f", {due} due" if due else "")
    yield _heading("questions", "Questions", counts)
    for question in page.questions:
        yield Row(1, Text(f"{_SIGNS[question.state]} {question.topic}"), question)


def _heading(id: str, title: str, count: str = "", opened: bool = False) -> Row:
    label = Text.assemble((title, "bold"), f"  {count}")
    return Row(0, label, Group(id, title), has_children=True, opened=opened)


def _note_rows(note: Note, depth: int) -> Iterator[Row]:
    """A note and the titled ones below it; callouts are read where they stand."""
    title = note.title or CALLOUTS.get(note.callout or "", "Note")
    at = f"  {clock_time(int(note.at))}" if note.at is not None else ""
    children = [child for child in note.notes if child.title and not child.callout]
    yield Row(depth, Text(f"{title}{at}"), note, bool(children))
    for child in children:
        yield from _note_rows(child, depth + 1)


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
        return f"note/{entry.id or entry.title}"
    return entry.id


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
