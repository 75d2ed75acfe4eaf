"""The log of everything the learner did: one append-only table that several processes share.

It lies on the way to the app's first frame, so pydantic is imported only where
events are made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from studytrack.progress.database import explained, open_database
from studytrack.progress.ids import next_id

if TYPE_CHECKING:
    from studytrack.progress.events import Body, Event

    Entry = tuple[str, Body]
    """A subject and what befell it."""
    Follow = Callable[[Event], Iterable[Entry]]
    """What follows from an event and refers to it by its id."""


class Store:
    """The events in one `progress.db`, and texts derived from them.

    Every method may be called from any thread, and other processes may use the same file.
    Each raises ProgressError, with what to do, where the database cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path)
        self._lock = RLock()

    @property
    def device(self) -> str:
        """The name of this device, made once with the database."""
        return str(self._value("SELECT value FROM meta WHERE name = 'device'"))

    def append(
        self, entries: Iterable[Entry], at: datetime, follow: Follow | None = None
    ) -> tuple[Event, ...]:
        """Writes what happened at the moment `at`, and what `follow` says follows from the last of it.

        All of them or none: they are on the disk when this returns. Raises ProgressError
        where they could not be written; nothing was changed then.
        """
        from studytrack.progress.events import Event
        from studytrack.progress.rows import row_of

        if at.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        at = at.astimezone(UTC)
        device = self.device
        events: list[Event] = []
        with self._transaction():
            last = self._value("SELECT max(id) FROM events")
            pending = deque(entries)
            while pending:
                subject, body = pending.popleft()
                last = next_id(last, at)
                events.append(Event(id=last, at=at, device=device, subject=subject, body=body))
                if follow and not pending:
                    pending.extend(follow(events[-1]))
                    follow = None
            self._connection.executemany(
                "INSERT INTO events (id, at, device, kind, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
                [row_of(event) for event in events],
            )
        return tuple(events)

    def since(self, position: int = 0) -> tuple[list[Event], int]:
        """The events that came into the log after `position`, in the order in which they came,
        and the new position to go on from."""
        from studytrack.progress.rows import event_of

        with self._lock, explained(self.path):
            rows = self._connection.execute(
                "SELECT id, at, device, kind, subject, body, position FROM events"
                " WHERE position > ? ORDER BY position",
                [position],
            ).fetchall()
        return [event_of(*row[:-1]) for row in rows], rows[-1][-1] if rows else position

    def position(self) -> int:
        """How far the log reaches; it grows with every event."""
        return int(self._value("SELECT max(position) FROM events") or 0)

    def cached_view(self, name: str, key: str) -> str | None:
        """The text that was stored under `name`, if it was stored for this `key`."""
        body: str | None = self._value("SELECT body FROM views WHERE name = ? AND key = ?", name, key)
        return body

    def cache_view(self, name: str, key: str, body: str) -> None:
        """Stores a derived text under `name`, in place of the one before."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO views VALUES (?, ?, ?)", [name, key, body])

    def rebuild(self) -> None:
        """Drops everything that was derived; it is made anew from the events when next needed."""
        with self._transaction():
            self._connection.execute("DELETE FROM views")

    def problems(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing where it is sound."""
        with self._lock, explained(self.path):
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _value(self, query: str, *values: str) -> Any:
        """The first column of the first row that a query gives, None where it gives no row."""
        with self._lock, explained(self.path):
            row = self._connection.execute(query, values).fetchone()
        return row[0] if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Writes all or nothing. The write lock is taken first, so that what is read within holds."""
        with self._lock, explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back on a full disk
                    self._connection.execute("ROLLBACK")
                raise
