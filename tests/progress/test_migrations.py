"""Databases of other versions: an older one is brought up to date, a newer one is left alone."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from studytrack.errors import NewerDatabaseError, ProgressError
from studytrack.progress import migrations
from studytrack.progress.events import Answer
from studytrack.progress.store import Store

MARKS = ("CREATE TABLE marks (event TEXT) STRICT", "INSERT INTO marks SELECT id FROM events")


@pytest.fixture
def old(database: Path, answer: Answer, now: datetime) -> Path:
    """A database with one event, from before `MARKS`."""
    with Store(database) as store:
        store.append([("derivative", answer)], now)
    return database


def add_migration(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, statements))


def test_an_older_database_is_brought_up_to_date(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_migration(monkeypatch, *MARKS)
    for _ in range(2):  # the second time there is nothing to do
        with Store(old) as store:
            [event], _ = store.since()
        with sqlite3.connect(old) as database:
            assert database.execute("SELECT event FROM marks").fetchall() == [(event.id,)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        add_migration(broken, *MARKS, "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(ProgressError, match="nowhere"):
            Store(old)

    with sqlite3.connect(old) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert "marks" not in tables
    with Store(old) as store:
        assert store.position() == 1


def test_a_newer_database_is_refused_and_left_as_it_is(old: Path) -> None:
    with sqlite3.connect(old) as database:
        database.execute("PRAGMA user_version = 99")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    before = old.read_bytes()

    with pytest.raises(NewerDatabaseError, match="newest"):
        Store(old)
    assert old.read_bytes() == before
