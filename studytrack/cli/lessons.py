"""Commands about one lesson: its page, its boxes, and the learner's own notes."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_markdown, say_prose, say_row
from studytrack.curriculum.boxes import STAGE_TITLES
from studytrack.curriculum.models import Note
from studytrack.page import ExerciseEntry, Page, StepEntry
from studytrack.times import clock_time, seconds_of


@click.command()
@click.argument("lesson", shell_complete=parameters.lessons)
@click.option("--notes", is_flag=True, help="The notes in full, and nothing else.")
@as_json
def show(lesson: str, notes: bool, as_json: bool) -> None:
    """One lesson with its boxes, resources, notes, exercises and questions."""
    with opened() as study:
        page = study.page(lesson)
        if as_json:
            say_json(page.as_json())
        elif notes:
            _print_notes(page)
        else:
            _print_page(page)


@click.command()
@click.argument("step", shell_complete=parameters.steps)
def tick(step: str) -> None:
    """Tick a box: LESSON/STEP, LESSON/STEP/STAGE or LESSON/EXERCISE."""
    with opened() as study:
        say(f"[x] {study.tick(step).title}")


@click.command()
@click.argument("step", shell_complete=parameters.steps)
def untick(step: str) -> None:
    """Empty a box."""
    with opened() as study:
        say(f"[ ] {study.untick(step).title}")


@click.command(context_settings=parameters.takes_text)
@click.argument("lesson", shell_complete=parameters.lessons)
@click.argument("text", required=False, callback=parameters.as_text)
@click.option("--at", metavar="M:SS", help="Stamp the line with a time of the video.")
def note(lesson: str, text: str | None, at: str | None) -> None:
    """Your own notes on a lesson; with TEXT, adds a line to them."""
    with opened() as study:
        if text is not None:
            study.add_note(lesson, text, None if at is None else seconds_of(at))
            say(f"Noted in {study.note_file(lesson)}")
        elif at is not None:
            raise click.UsageError("--at stamps a new line, so TEXT is needed")
        else:
            say(study.own_notes(lesson).rstrip() or f"No notes yet: studytrack note {lesson} TEXT")


def _print_page(page: Page) -> None:
    say(f"{page.title}\n{'=' * len(page.title)}")
    say_markdown(page.summary)
    _heading("Learning steps")
    for step in page.steps:
        _print_step(step)
    _heading("Resources")
    for name, links in page.resources.groups():
        say(name)
        for link in links:
            say_row(f"{link.title}: {link.url}", indent=2)
    _heading("Notes")
    _print_outline(page.notes)
    say(f"In full: studytrack show {page.id} --notes")
    if page.own_notes.strip():
        _heading("My notes")
        say(page.own_notes.rstrip())
    _heading("Exercises")
    for entry in page.exercises:
        say_row(f"{_box(entry.ticked)} {entry.title}{_facts(entry)}")
    _heading("Questions")
    seen = sum(question.state != "new" for question in page.questions)
    due = sum(question.state == "due" for question in page.questions)
    say_row(f"{seen} seen of {len(page.questions)}, {due} due.  studytrack quiz {page.id}")


def _heading(text: str) -> None:
    say(f"\n{text}\n{'-' * len(text)}")


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"


def _print_step(step: StepEntry) -> None:
    say_row(f"{_box(step.ticked)} {step.title} · {step.minutes} min  ({step.subject})")
    if step.text:
        say_markdown(step.text, indent=4)
    for stage in step.stages:
        say_row(f"{_box(stage.ticked)} {STAGE_TITLES[stage.id]}", indent=4)
    for link in step.links:
        say(f"    {link.url}")


def _print_outline(notes: Sequence[Note]) -> None:
    for top in notes:
        for depth, note in top.walk():
            if note.title:
                say_row(f"- {note.title}{_at(note)}", indent=2 * depth)


def _print_notes(page: Page) -> None:
    say(f"{page.title}\n{'=' * len(page.title)}")
    for top in page.notes:
        for depth, note in top.walk():
            say()
            margin = 2 * depth
            if note.title:
                say_row(f"{note.title}{_at(note)}", indent=margin)
            if note.text:
                sign = f"{note.callout.capitalize()}: " if note.callout else ""
                say_markdown(sign + note.text, indent=margin + 2)
    if page.own_notes.strip():
        _heading("My notes")
        say_prose(page.own_notes.rstrip())


def _at(note: Note) -> str:
    return "" if note.at is None else f"  {clock_time(int(note.at))}"


def _facts(entry: ExerciseEntry) -> str:
    if entry.kind == "link":
        return f"  {entry.links[0].url}"
    facts = [f"{entry.minutes} min"]
    if entry.best:
        facts.append(f"best {entry.best}")
    if entry.due:
        facts.append(f"due {entry.due}")
    if entry.waits_for:
        facts.append(f"after {', '.join(entry.waits_for)}")
    return f" · {' · '.join(facts)}  ({entry.exercise})"
