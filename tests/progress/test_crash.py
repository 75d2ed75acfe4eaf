"""What was acknowledged is never lost: not by a kill, nor by others who write, nor by a full disk."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studytrack.progress.store import Store

RunWriter = Callable[..., list[str]]


def test_a_hundred_kills_lose_no_acknowledged_event(run_writer: RunWriter, database: Path) -> None:
    acknowledged = run_writer("crash", database, 100, 2026)

    with Store(database) as store:
        events, _ = store.since()
        assert store.problems() == []
    written = [event.id for event in events]
    assert len(acknowledged) > 500, "most processes are killed after some commits"
    assert set(acknowledged) <= set(written)
    assert len(written) - len(acknowledged) <= 2 * 100, "at most what was under way at each kill"
    assert written == sorted(set(written))


def test_a_killed_process_leaves_no_half_of_what_it_wrote_at_once(
    run_writer: RunWriter, database: Path
) -> None:
    run_writer("crash", database, 20, 7)

    with Store(database) as store:
        subjects = Counter(event.subject for event in store.since()[0])
    assert subjects["first"] == subjects["second"]


@pytest.mark.parametrize("attempt", range(5))
def test_processes_that_open_a_new_log_at_once_lose_nothing(
    run_writer: RunWriter, database: Path, attempt: int
) -> None:
    acknowledged = run_writer("together", database, 4, 25)

    with Store(database) as store:
        written = [event.id for event in store.since()[0]]
        assert len({event.device for event in store.since()[0]}) == 1
    assert len(acknowledged) == 4 * 25 * 2
    assert len(set(written)) == len(written)
    assert set(acknowledged) == set(written)
    assert written == sorted(written)


def test_a_full_disk_is_told_and_costs_nothing_that_was_acknowledged(
    run_writer: RunWriter, database: Path
) -> None:
    *acknowledged, message = run_writer("fill", database, 200_000)

    assert "room" in message
    assert str(database) in message
    assert len(acknowledged) > 20
    with Store(database) as store:
        assert [event.id for event in store.since()[0]] == acknowledged
        assert store.problems() == []


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that other users of the machine can look into; pytest's own are private."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_log_that_may_not_be_written_is_told(run_writer: RunWriter, public_folder: Path) -> None:
    database = public_folder / "progress.db"
    Store(database).close()
    before = database.read_bytes()
    database.chmod(0o444)
    public_folder.chmod(0o555)

    [message] = run_writer("forbidden", database)

    assert "cannot be opened or written to" in message
    assert "see that you may write" in message
    assert database.read_bytes() == before
