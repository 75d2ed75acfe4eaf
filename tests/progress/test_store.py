"""The log keeps what is written, in order, for every instance, and says why where it cannot."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from studytrack.errors import ProgressError
from studytrack.progress import database as database_module
from studytrack.progress.events import (
    Answer,
    Attempt,
    Body,
    CheckOutcome,
    Hint,
    Rate,
    Solution,
    Tick,
    Undo,
    Untick,
    read_body,
)
from studytrack.progress.store import Store

AN_ID = "01890a5d-ac96-774b-bcce-b302099a8057"


def test_an_attempt_from_before_what_was_said_was_kept_is_read() -> None:
    old = (
        '{"kind":"attempt","state":"partial","score":1,"max_score":2,"seconds":0.3,"isolation":"process",'
        '"code":"","checks":[{"id":"mse","state":"passed","points":1}]}'
    )
    attempt = read_body("attempt", old)
    assert isinstance(attempt, Attempt)
    assert attempt.checks[0].message == ""


def test_every_kind_of_event_is_read_as_it_was_written(database: Path, now: datetime) -> None:
    attempt = Attempt(
        state="partial",
        score=1.5,
        max_score=5.0,
        checks=(CheckOutcome(id="mse", state="passed", points=1.5, message="Ja.\nÜ"),),
        seconds=0.31,
        isolation="bubblewrap",
        code="def mse(a, b):\n    return ((a - b) ** 2).mean()  # Größe\n",
        metrics={"loss": 0.125},
        curves={"loss": ((0.0, 2.5), (100.0, 0.125))},
    )
    bodies: list[Body] = [
        Tick(by=AN_ID),
        Untick(),
        Answer(given="½ 'loss'\n", correct=False, rating=1, hinted=True, seconds=2.5, cram=True),
        Rate(answer=AN_ID, correct=True, rating=4),
        attempt,
        Hint(number=2),
        Solution(),
        Undo(events=(AN_ID,)),
    ]
    with Store(database) as store:
        written = store.append([("lesson/step", body) for body in bodies], now)
    with Store(database) as store:
        read, _ = store.since()

    assert tuple(read) == written
    assert [event.body for event in read] == bodies
    assert {event.at for event in read} == {now}


def test_an_attempt_from_before_curves_were_kept_is_read() -> None:
    old = (
        '{"kind": "attempt", "state": "passed", "score": 5.0, "max_score": 5.0, "checks": [],'
        ' "seconds": 0.3, "isolation": "process", "code": "", "metrics": {"loss": 0.5}}'
    )
    body = read_body("attempt", old)
    assert isinstance(body, Attempt)
    assert (body.metrics, body.curves) == ({"loss": 0.5}, {})


def test_events_are_kept_in_utc(store: Store, answer: Answer) -> None:
    in_vienna = datetime(2026, 3, 2, 19, 30, tzinfo=timezone(timedelta(hours=1)))
    store.append([("derivative", answer)], in_vienna)

    [event], _ = store.since()
    assert event.at == in_vienna
    assert event.at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(store: Store, answer: Answer) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.append([("derivative", answer)], datetime(2026, 3, 2))
    assert store.since() == ([], 0)


def test_instances_see_each_others_events_once(database: Path, answer: Answer, now: datetime) -> None:
    with Store(database) as app, Store(database) as command:
        app.append([("a", answer)], now)
        seen, position = command.since()
        assert [event.subject for event in seen] == ["a"]
        assert command.position() == position

        command.append([("b", answer)], now)
        app.append([("c", answer), ("d", answer)], now)
        assert command.position() > position
        seen, position = command.since(position)
        assert [event.subject for event in seen] == ["b", "c", "d"]
        assert command.since(position) == ([], position)
        assert app.device == command.device


def test_events_can_be_neither_changed_nor_deleted(
    store: Store, database: Path, answer: Answer, now: datetime
) -> None:
    [event] = store.append([("derivative", answer)], now)

    with sqlite3.connect(database) as other:
        for statement in ("UPDATE events SET body = '{}'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                other.execute(statement)
    assert store.since()[0] == [event]


def test_a_home_that_is_missing_is_made_for_its_owner_only(tmp_path: Path) -> None:
    Store(tmp_path / "data" / "home" / "progress.db").close()
    assert stat.S_IMODE((tmp_path / "data" / "home").stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(ProgressError, match="--home"):
        Store(tmp_path / "home" / "progress.db")


def test_a_file_that_is_no_database_is_left_alone(database: Path) -> None:
    database.parent.mkdir()
    database.write_bytes(b"These are my notes on lesson 3.\n" * 200)
    before = database.read_bytes()

    with pytest.raises(ProgressError, match="move it away"):
        Store(database)

    assert database.read_bytes() == before
    assert list(database.parent.iterdir()) == [database]


def test_the_database_of_another_program_is_left_alone(database: Path) -> None:
    database.parent.mkdir()
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE cards (front, back)")
    before = database.read_bytes()

    with pytest.raises(ProgressError, match="another program"):
        Store(database)
    assert database.read_bytes() == before


def test_a_damaged_database_is_told(database: Path, answer: Answer, now: datetime) -> None:
    with Store(database) as store:
        store.append([(f"question-{number}", answer) for number in range(500)], now)
    page = 4096
    with database.open("r+b") as file:
        file.seek(page)
        file.write(b"\xff" * (database.stat().st_size - page))

    with pytest.raises(ProgressError, match="damaged"), Store(database) as store:
        store.since()


def test_a_database_that_another_program_holds_is_told(
    database: Path, answer: Answer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.01)
    with Store(database) as store:
        holder = sqlite3.connect(database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProgressError, match="close that program"):
            store.append([("derivative", answer)], now)
        holder.execute("ROLLBACK")
        holder.close()

        store.append([("derivative", answer)], now)
        assert store.position() == 1


def test_an_event_of_an_unknown_kind_is_told(store: Store, database: Path) -> None:
    with sqlite3.connect(database) as newer:
        newer.execute(
            "INSERT INTO events (id, at, device, kind, subject, body) VALUES (?, ?, 'd', 'dream', 's', '{}')",
            [AN_ID, "2026-03-02T18:30:00+00:00"],
        )
    with pytest.raises(ProgressError, match=r"dream.*newest"):
        store.since()


def test_a_view_is_given_back_for_its_key_only_until_a_rebuild(store: Store) -> None:
    assert store.cached_view("today", "monday") is None
    store.cache_view("today", "monday", "four due")
    assert store.cached_view("today", "monday") == "four due"
    assert store.cached_view("today", "tuesday") is None

    store.cache_view("today", "tuesday", "five due")
    assert store.cached_view("today", "monday") is None
    store.rebuild()
    assert store.cached_view("today", "tuesday") is None


def test_opening_and_looking_imports_nothing_heavy(database: Path) -> None:
    look = (
        "import sys; from pathlib import Path; from studytrack.progress.store import Store\n"
        "with Store(Path(sys.argv[1])) as store: store.position(), store.cached_view('today', 'key')\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, str(database)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert not {"pydantic", "yaml", "click", "numpy", "torch", "textual"} & set(done.stdout.split())
