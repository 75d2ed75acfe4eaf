"""The battery's own eyes: they see what an attack does, so that seeing nothing means something."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.grading.battery.attack import BREACH
from studytrack.grading.messages import Finished
from studytrack.grading.verdict import State, Verdict
from tests.battery import table
from tests.battery.world import World
from tests.grading.conftest import write_exercise


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(write_exercise(tmp_path / "exercises" / "small", {})) as world:
        yield world


def finished(output: str = "") -> Finished:
    return Finished(Verdict("small", "mine.py", State.INCORRECT, 0, 1, (), "process", 0.1, output=output))


def test_nothing_has_happened_to_an_untouched_world(world: World) -> None:
    assert list(world.harm(finished(f"{BREACH} nothing"))) == []


@pytest.mark.parametrize("what", ["database", "file"])
def test_a_changed_file_is_seen_and_put_back(world: World, what: str) -> None:
    path = Path(getattr(world.aims, what))
    before = path.read_bytes()
    path.write_bytes(b"gone")
    assert [said for said in world.harm(finished()) if str(path) in said]
    assert path.read_bytes() == before
    assert list(world.harm(finished())) == []


def test_files_that_are_left_are_seen_and_removed(world: World) -> None:
    places = [Path(folder, f"{world.aims.token}-left") for folder in ("/tmp", world.aims.exercise)]
    for place in places:
        place.touch()
    assert list(world.harm(finished())) == sorted(f"it made {place}" for place in places)
    assert not any(place.exists() for place in places)


def test_what_reaches_the_network_or_the_terminal_is_seen(world: World) -> None:
    with socket.create_connection(("127.0.0.1", world.aims.port)):
        assert list(world.harm(finished())) == ["a connection arrived"]
    with Path(world.aims.terminal).open("w") as terminal:
        terminal.write("owned")
    assert [said for said in world.harm(finished()) if "owned" in said]


SLEEPER = "import sys; print(flush=True); sys.stdin.read()"


def sleeper(start_new_session: bool = False) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLEEPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=start_new_session,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_a_process_in_the_session_of_an_attempt_is_seen(world: World) -> None:
    with sleeper(start_new_session=True) as one:
        namespace = str(Path("/proc/self/ns/pid").readlink())
        assert [p.id for p in table.of_attempt(table.processes(), one.pid, namespace, "x")] == [one.pid]
        one.communicate()


def test_a_second_child_is_a_stray(world: World) -> None:
    with sleeper() as first, sleeper() as second:
        strays = [process.id for process in table.strays(table.processes(), os.getpid())]
        assert strays == [second.pid]
        second.communicate()
        assert table.strays(table.processes(), os.getpid()) == []
        first.communicate()
