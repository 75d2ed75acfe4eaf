"""The text on the right of a lesson's screen: what is marked, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from studytrack.curriculum.boxes import STAGE_TITLES
from studytrack.curriculum.models import Link, Note
from studytrack.page import ExerciseEntry, Page, QuestionEntry, StageBox, StepEntry
from studytrack.times import at_time, clock_time
from studytrack.tui.widgets.outline import CALLOUTS, GROUPS, Group, OwnNotes, box

_KINDS = {
    "video": "Video",
    "notebook": "Notebook",
    "book": "Book",
    "reading": "Reading",
    "project": "Project",
    "other": "Step",
}
_STAGES = {
    "watch": "Watch or read it once from end to end, without stopping to type.",
    "run": "Run every cell and change things until the results hold no surprise.",
    "reproduce": "Start from a copy without outputs and prose, and write the code again.",
    "other-data": "Do the whole of it once more on other data.",
}


@singledispatch
def describe(entry: object, page: Page) -> str:  # noqa: ARG001 - the entries' own functions use it
    """The Markdown for an entry of the outline."""
    raise TypeError(f"no description for a {type(entry).__name__}")


@describe.register
def _(entry: Group, page: Page) -> str:
    match entry.id:
        case "steps":
            lines = [f"- {box(step.ticked)} {step.title} · {step.minutes} min" for step in page.steps]
            return f"# {page.title}\n\n{page.summary}\n\n" + "\n".join(lines)
        case "notes":
            return f"# Notes\n\n{page.title}: what the video and the chapter say, in our own words."
        case "questions":
            new = sum(question.state == "new" for question in page.questions)
            due = sum(question.state == "due" for question in page.questions)
            return (
                f"# Questions\n\n{due} are due, {new} were never asked. **r** asks them, **enter** asks one."
            )
        case "exercises":
            return (
                "# Exercises\n\nGraded ones are run and checked here, and come back when they are due. "
                "The others lead to a page on the web; tick them yourself."
            )
    links = [link for name, group in page.resources.groups() for link in group if GROUPS[name] in entry.title]
    return f"# {entry.title}\n\n{_links(tuple(links))}"


@describe.register
def _(entry: StepEntry, page: Page) -> str:
    boxes = "   ".join(f"{box(stage.ticked)} {STAGE_TITLES[stage.id]}" for stage in entry.stages)
    waits = [step.title for step in page.steps if step.id in entry.needs and not step.ticked]
    return _join(
        f"# {box(entry.ticked)} {entry.title}",
        f"{_KINDS[entry.kind]} · about {entry.minutes} min",
        boxes,
        f"*First: {', '.join(waits)}*" if waits else "",
        entry.text or "",
        _links(entry.links),
    )


@describe.register
def _(entry: StageBox, page: Page) -> str:
    step = next(step for step in page.steps if entry in step.stages)
    return _join(f"# {box(entry.ticked)} {STAGE_TITLES[entry.id]}", step.title, _STAGES[entry.id])


@describe.register
def _(entry: Link, _page: Page) -> str:
    return f"# {entry.title}\n\n{_links((entry,))}\n\nenter opens it in the browser."


@describe.register
def _(entry: Note, page: Page) -> str:
    return _join(*_note(entry, page, 1))


@describe.register
def _(entry: OwnNotes, _page: Page) -> str:
    hint = "*enter or n writes here, e opens your editor.*"
    return _join("# My notes", entry.text.strip() or "Nothing yet.", hint)


@describe.register
def _(entry: ExerciseEntry, page: Page) -> str:
    titles = {other.id: other.title for other in page.exercises}
    facts = [f"{entry.minutes} min" if entry.minutes else "on the web"]
    if entry.attempts:
        facts.append(f"{entry.attempts} attempt{'s' if entry.attempts > 1 else ''}, best {entry.best}")
    if entry.due:
        facts.append(f"comes back on {entry.due}" if entry.state == "passed" else f"due since {entry.due}")
    waits = [titles.get(need, need) for need in entry.waits_for]
    return _join(
        f"# {box(entry.ticked)} {entry.title}",
        " · ".join(facts),
        f"*Best after: {', '.join(waits)}*" if waits else "",
        entry.text or "",
        _links(entry.links),
        "enter opens it: task, code, checks." if entry.kind == "graded" else "",
    )


@describe.register
def _(entry: QuestionEntry, _page: Page) -> str:
    often = "once" if entry.seen == 1 else f"{entry.seen} times"
    stands = {
        "new": "Never asked.",
        "due": f"Asked {often}; due now.",
        "later": f"Asked {often}; comes back on {entry.due}.",
    }
    return _join(f"# {entry.topic}", stands[entry.state], "enter asks it now.")


def _note(note: Note, page: Page, level: int) -> Iterator[str]:
    if note.title:
        yield f"{'#' * min(level, 4)} {note.title}"
    if note.at is not None and page.video:
        at = int(note.at)
        yield f"[▶ {clock_time(at)} in the video]({at_time(page.video, at)})"
    if note.text:
        yield _quoted(f"**{CALLOUTS[note.callout]}**\n\n{note.text}") if note.callout else note.text
    for child in note.notes:
        yield from _note(child, page, level + 1)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _links(links: tuple[Link, ...]) -> str:
    return "\n".join(f"- [{link.title}]({link.url})" for link in links)


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
