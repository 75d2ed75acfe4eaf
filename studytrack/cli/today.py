"""What is due, and how far every lesson is. As quick as the app's first frame, and for the same reason."""

from __future__ import annotations

from datetime import date

import click

from studytrack.cli.opening import complain_of, complain_of_faults, opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_row
from studytrack.plan import LessonRow, Practice, Today
from studytrack.study import Study


@click.command()
@as_json
def today(as_json: bool) -> None:
    """What is due: reviews, exercises, the next step."""
    with opened() as study:
        plan = _plan(study)
        if as_json:
            say_json(plan.as_json())
        else:
            _print_today(plan)


@click.command()
@as_json
def lessons(as_json: bool) -> None:
    """Every lesson and how far it is."""
    with opened() as study:
        plan = _plan(study)
        if as_json:
            rows = zip(plan.as_json()["lessons"], plan.lessons, strict=True)
            say_json([shown | {"progress": row.progress} for shown, row in rows])
        else:
            _print_lessons(plan)


def _plan(study: Study) -> Today:
    """What to do today, from the stored view where it holds; what was left out is told beside it."""
    stored = study.stored_today()
    if stored:
        complain_of(stored.faults)
        return stored.today
    plan = study.today()
    complain_of_faults(study.library)
    return plan


def _print_today(plan: Today) -> None:
    streak = f" · {plan.streak}-day streak" if plan.streak else ""
    say_row(f"{_day(plan.day)}{streak}")
    due, new = len(plan.reviews), len(plan.new)
    asked = f"{due} due, {new} new, about {plan.review_minutes} min" if due or new else "nothing is due"
    say_row(f"Review     {asked}")
    if step := plan.next_step:
        say_row(f"Next step  {step.title} · {step.minutes} min  ({step.subject})")
    for practice in plan.practice:
        say_row(f"Practise   {_facts(practice)}  ({practice.id})")
    say()
    _print_lessons(plan)


def _day(day: str) -> str:
    """A day as `Monday 23 November`."""
    return f"{date.fromisoformat(day):%A %d %B}".replace(" 0", " ")


def _facts(practice: Practice) -> str:
    facts = [practice.title, f"{practice.minutes} min"]
    if practice.due_since:
        facts.append(f"due since {practice.due_since}")
    if practice.best:
        facts.append(f"best {practice.best}")
    return " · ".join(facts)


def _print_lessons(plan: Today) -> None:
    for row in plan.lessons:
        _print_row(row)


def _print_row(row: LessonRow) -> None:
    steps = sum(ticked for _, _, ticked in row.steps)
    say_row(f"{row.progress:4.0%}  {row.title}  ({row.id})")
    say_row(
        f"steps {steps}/{len(row.steps)} · exercises {row.exercises_done}/{row.exercises} · "
        f"questions {row.questions_seen}/{row.questions} seen, {row.questions_due} due",
        indent=6,
    )
