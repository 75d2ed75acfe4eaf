"""An event as a row of the log, and back."""

from __future__ import annotations

from datetime import datetime

from studytrack.errors import ProgressError
from studytrack.progress.events import Event, read_body


def row_of(event: Event) -> tuple[str, str, str, str, str, str]:
    """Its id, moment, device, kind, subject, and body as JSON without the kind."""
    at = event.at.isoformat(timespec="microseconds")
    body = event.body.model_dump_json(exclude={"kind"})
    return event.id, at, event.device, event.kind, event.subject, body


def event_of(event_id: str, at: str, device: str, kind: str, subject: str, body: str) -> Event:
    """The event in a row. Raises ProgressError where the row cannot be understood."""
    try:
        return Event(event_id, datetime.fromisoformat(at), device, subject, read_body(kind, body))
    except ValueError as error:
        raise ProgressError(
            f"event {event_id} of the history cannot be understood ({error})",
            "it may come from a newer studytrack: install the newest one",
        ) from error
