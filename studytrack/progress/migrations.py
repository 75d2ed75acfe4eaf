"""The tables of `progress.db`, and how an older database becomes one of today.

`PRAGMA user_version` counts the migrations that a database has been through. A
migration is never edited once it was released; what changes is added as the next.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x53545459
"""Marks the file as studytrack's ("STTY"), see https://sqlite.org/pragma.html#pragma_application_id."""

_EVENT_LOG = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE events (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT
    """,
    """
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END
    """,
    """
    CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END
    """,
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO meta VALUES ('device', lower(hex(randomblob(8))))",
    "CREATE TABLE views (name TEXT PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_EVENT_LOG,)


def is_newer(connection: sqlite3.Connection) -> bool:
    """Whether the database went through migrations that this studytrack does not know."""
    return _version(connection) > len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the database up to date, each migration in a transaction of its own.

    Another process may be at the same work: the version is read again under the write lock.
    """
    while _version(connection) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)
            if version < len(MIGRATIONS):
                for statement in MIGRATIONS[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
