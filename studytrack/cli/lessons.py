"""Commands about lessons: what is due, their pages, boxes, notes, and the log behind them."""

from __future__ import annotations

from datetime import date

import click

from studytrack.cli.common import as_json, complain_of_faults, echo_json, echo_text, opened
from studytrack.curriculum.boxes import STAGE_TITLES
from studytrack.page import ExerciseEntry, Page
from studytrack.plan import LessonRow
from studytrack.progress.events import Event
from studytrack.times import clock_time, seconds_of


@click.command()
@as_json
def today(as_json: bool) -> None:
    """What is due: reviews, exercises, the next step."""
    with opened() as study:
        plan = study.today()
        complain_of_faults(study)
        if as_json:
            echo_json(plan.as_json())
            return
        streak = f" · {plan.streak}-day streak" if plan.streak else ""
        click.echo(f"{date.fromisoformat(plan.day):%A %d %B}{streak}")
        due, new = len(plan.reviews), len(plan.new)
        asked = f"{due} due, {new} new, about {plan.review_minutes} min" if due or new else "nothing is due"
        click.echo(f"Review     {asked}")
        if step := plan.next_step:
            click.echo(f"Next step  {step.title} · {step.minutes} min  ({step.subject})")
        for practice in plan.practice:
            since = f" · due since {practice.due_since}" if practice.due_since else ""
            best = f" · best {practice.best}" if practice.best else ""
            click.echo(f"Practise   {practice.title} · {practice.minutes} min{since}{best}  ({practice.id})")
        click.echo()
        for row in plan.lessons:
            click.echo(_row(row))


@click.command()
@as_json
def lessons(as_json: bool) -> None:
    """Every lesson and how far it is."""
    with opened() as study:
        plan = study.today()
        complain_of_faults(study)
        if as_json:
            echo_json(
                [
                    row | {"progress": r.progress}
                    for row, r in zip(plan.as_json()["lessons"], plan.lessons, strict=True)
                ]
            )
            return
        for row in plan.lessons:
            click.echo(_row(row))


def _row(row: LessonRow) -> str:
    steps = sum(ticked for _, _, ticked in row.steps)
    return (
        f"{row.progress:4.0%}  {row.title}  ({row.id})\n"
        f"      steps {steps}/{len(row.steps)} · exercises {row.exercises_done}/{row.exercises} · "
        f"questions {row.questions_seen}/{row.questions} seen, {row.questions_due} due"
    )


@click.command()
@click.argument("lesson")
@as_json
def show(lesson: str, as_json: bool) -> None:
    """One lesson with its boxes, resources, notes, exercises and questions."""
    with opened() as study:
        page = study.page(lesson)
        if as_json:
            echo_json(page.as_json())
        else:
            _print_page(page)


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"


def _heading(text: str) -> None:
    click.echo(f"\n{text}\n{'-' * len(text)}")


def _print_page(page: Page) -> None:
    click.echo(f"{page.title}\n{'=' * len(page.title)}")
    echo_text(page.summary)
    _heading("Learning steps")
    for step in page.steps:
        click.echo(f"{_box(step.ticked)} {step.title} · {step.minutes} min  ({step.subject})")
        for stage in step.stages:
            click.echo(f"    {_box(stage.ticked)} {STAGE_TITLES[stage.id]}")
        for link in step.links:
            click.echo(f"    {link.url}")
    _heading("Resources")
    for name, links in page.resources.groups():
        click.echo(name)
        for link in links:
            click.echo(f"  {link.title}: {link.url}")
    _heading("Notes")
    for top in page.notes:
        for depth, note in top.walk():
            if note.title:
                at = f"  {clock_time(int(note.at))}" if note.at is not None else ""
                click.echo(f"{'  ' * depth}- {note.title}{at}")
    if page.own_notes.strip():
        _heading("My notes")
        click.echo(page.own_notes.rstrip())
    _heading("Exercises")
    for entry in page.exercises:
        click.echo(f"{_box(entry.ticked)} {entry.title}{_facts(entry)}")
    _heading("Questions")
    seen = sum(question.state != "new" for question in page.questions)
    due = sum(question.state == "due" for question in page.questions)
    click.echo(f"{seen} seen of {len(page.questions)}, {due} due.  studytrack quiz {page.id}")


def _facts(entry: ExerciseEntry) -> str:
    if entry.kind == "link":
        return f"  {entry.links[0].url}"
    facts = [f"{entry.minutes} min"]
    if entry.best:
        facts.append(f"best {entry.best}")
    if entry.due:
        facts.append(f"due {entry.due}")
    return f" · {' · '.join(facts)}  ({entry.exercise})"


@click.command()
@click.argument("step")
def tick(step: str) -> None:
    """Tick a box: LESSON/STEP, LESSON/STEP/STAGE or LESSON/EXERCISE."""
    with opened() as study:
        click.echo(f"[x] {study.tick(step).title}")


@click.command()
@click.argument("step")
def untick(step: str) -> None:
    """Empty a box."""
    with opened() as study:
        click.echo(f"[ ] {study.untick(step).title}")


@click.command()
def undo() -> None:
    """Take back the last tick, answer or attempt; again for the one before."""
    with opened() as study:
        undone = study.undo()
        click.echo(f"Taken back: {undone}" if undone else "There is nothing to take back.")


@click.command()
@click.argument("lesson")
@click.argument("text", required=False)
@click.option("--at", metavar="M:SS", help="Stamp the line with a time of the video.")
def note(lesson: str, text: str | None, at: str | None) -> None:
    """Your own notes on a lesson; with TEXT, adds a line to them."""
    with opened() as study:
        if text is None:
            click.echo(study.own_notes(lesson).rstrip() or f"No notes yet: studytrack note {lesson} TEXT")
        else:
            study.add_note(lesson, text, None if at is None else seconds_of(at))
            click.echo(f"Noted in {study.note_file(lesson)}")


@click.command()
@as_json
@click.option("-n", "number", type=click.IntRange(min=1), help="Only the newest N.")
def log(as_json: bool, number: int | None) -> None:
    """The events, as they are."""
    with opened() as study:
        events = study.events()[-(number or 0) :]
        if as_json:
            echo_json([event_as_json(event) for event in events])
            return
        for event in events:
            details = event.body.model_dump(
                mode="json", exclude={"kind", "code", "checks"}, exclude_defaults=True
            )
            told = "  ".join(f"{name}={value}" for name, value in details.items())
            click.echo(f"{event.at:%Y-%m-%d %H:%M:%S}  {event.kind:<8}  {event.subject}  {told}".rstrip())


def event_as_json(event: Event) -> dict[str, object]:
    """An event as `log --json` prints it."""
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "device": event.device,
        "kind": event.kind,
        "subject": event.subject,
        "body": event.body.model_dump(mode="json", exclude={"kind"}),
    }
