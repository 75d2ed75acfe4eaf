"""Opening `progress.db` so that what was committed stays, and saying why where it cannot be used."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studytrack.errors import NewerDatabaseError, ProgressError
from studytrack.progress.migrations import APPLICATION_ID, is_newer, migrate

BUSY_SECONDS = 10.0
"""How long to wait for another process that is writing; it holds the lock for milliseconds."""


def open_database(path: Path) -> sqlite3.Connection:
    """A connection to the database at `path`, which is made, with its folder, where there is none.

    A commit is on the disk when it returns (`synchronous=FULL`). Raises NewerDatabaseError
    where a newer studytrack wrote it, and ProgressError where it cannot be used; the file is
    then left as it is.
    """
    _make_folder(path.parent)
    with explained(path):
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _refuse_what_is_not_ours(connection, path)
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # Without it, INSERT OR REPLACE would delete an event and fire no trigger.
            connection.execute("PRAGMA recursive_triggers = ON")
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite raises within into a ProgressError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without the extension
        problem, remedy = _EXPLANATIONS.get(code, (f"cannot be used ({error})", "run `studytrack doctor`"))
        raise ProgressError(f"{path} {problem}", remedy) from error


_NO_ACCESS = (
    "cannot be opened or written to",
    "see that you may write to its folder, or choose another folder with --home",
)
_HELD = ("is held by another program", "close that program and try again")

_EXPLANATIONS = {
    sqlite3.SQLITE_FULL: ("cannot be written: the disk is full", "make room and do it again"),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: the disk reports an error",
        "see that the disk works and has room, then do it again",
    ),
    sqlite3.SQLITE_READONLY: _NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_CORRUPT: ("is damaged", "keep a copy of it, then put a backup in its place"),
    sqlite3.SQLITE_NOTADB: (
        "is not studytrack's history, or is damaged",
        "move it away to begin a new one, or choose another folder with --home",
    ),
}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ProgressError(
            f"the folder {folder} cannot be made ({error.strerror})", "choose another with --home"
        ) from error


def _refuse_what_is_not_ours(connection: sqlite3.Connection, path: Path) -> None:
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    # Only then the owner: another process may be making the tables, and it signs them as it does.
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION_ID and not empty:
        raise ProgressError(
            f"{path} is the database of another program",
            "move it away to begin a new one, or choose another folder with --home",
        )
    if is_newer(connection):
        raise NewerDatabaseError(
            f"{path} was written by a newer studytrack", "install the newest one; the file is left as it is"
        )


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switches a new database to WAL, so that readers and a writer do not wait for each other.

    SQLite does not wait for a lock here, as it does elsewhere: two that open a new database
    at once would fail. On a disk that cannot do it, the rollback journal serves as safely.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.005)
        else:
            return
