"""What the learner did: the log, and taking the last of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studytrack.cli.opening import opened
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_row

if TYPE_CHECKING:
    from studytrack.progress.events import Event

_TOO_LONG_FOR_A_ROW = {"kind", "code", "checks", "metrics", "curves"}


@click.command()
def undo() -> None:
    """Take back the last tick, answer or attempt; again for the one before."""
    with opened() as study:
        undone = study.undo()
        say(f"Taken back: {undone}" if undone else "There is nothing to take back.")


@click.command()
@as_json
@click.option("-n", "number", type=click.IntRange(min=1), help="Only the newest N.")
def log(as_json: bool, number: int | None) -> None:
    """The events, as they are."""
    with opened() as study:
        events = study.events()[-(number or 0) :]
    if as_json:
        say_json([event_as_json(event) for event in events])
        return
    for event in events:
        say_row(_row(event))


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


def _row(event: Event) -> str:
    details = event.body.model_dump(mode="json", exclude=_TOO_LONG_FOR_A_ROW, exclude_defaults=True)
    told = "  ".join(f"{name}={_in_a_line(value)}" for name, value in details.items())
    return f"{event.at:%Y-%m-%d %H:%M:%S}  {event.kind:<8}  {event.subject}  {told}".rstrip()


def _in_a_line(value: object) -> str:
    return " ".join(str(value).split())
