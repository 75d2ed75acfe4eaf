"""Writes to a log from processes that are killed, compete, or run out of room.

Run by the tests as `python writer.py MODE DATABASE …`; prints the ids that were acknowledged.
"""

from __future__ import annotations

import math
import os
import random
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parents[2]))

from studytrack.errors import ProgressError
from studytrack.progress.events import Answer, Body
from studytrack.progress.store import Store

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
PAIR: list[tuple[str, Body]] = [
    ("first", Answer(given="0.1", correct=True, rating=3)),
    ("second", Answer(given="0.2", correct=False, rating=1)),
]


def write(database: Path, count: float, acknowledge: Callable[[str], object]) -> None:
    """Appends pairs of events; each id is acknowledged after the commit."""
    with Store(database) as store:
        written = 0
        while written < count:
            for event in store.append(PAIR, NOW):
                acknowledge(event.id)
            written += 1


def in_child(work: Callable[[], None]) -> int:
    """Forks a process that does this work and ends; gives its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


def _send(pipe: int, event_id: str) -> None:
    os.write(pipe, f"{event_id}\n".encode())


def crash(database: Path, times: int, seed: int) -> None:
    """Kills a writing process at random moments: while it opens the log, and after some commits."""
    moments = random.Random(seed)
    for _ in range(times):
        reading, writing = os.pipe()
        child = in_child(partial(write, database, math.inf, partial(_send, writing)))
        os.close(writing)
        heard = listen(reading, lines=moments.randrange(20))
        heard += listen(reading, seconds=moments.uniform(0, 0.005))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        heard += listen(reading)
        os.close(reading)
        print(heard.decode(), end="")


def listen(reading: int, lines: float = math.inf, seconds: float = math.inf) -> bytes:
    """What comes through a pipe: so many lines, or for so long, or until it is closed."""
    heard = b""
    until = time.monotonic() + seconds
    while heard.count(b"\n") < lines and (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], min(left, 60.0))[0]:
            part = os.read(reading, 1 << 16)
            if not part:
                break
            heard += part
    return heard


def together(database: Path, processes: int, count: int) -> None:
    """Lets several processes open the log at the same moment and write to it at once."""
    waiting, go = os.pipe()

    def start() -> None:
        os.close(go)
        os.read(waiting, 1)  # returns when the parent closes its end
        write(database, count, partial(_send, 1))

    children = [in_child(start) for _ in range(processes)]
    os.close(go)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    if any(statuses):
        sys.exit("a writer failed")


def fill(database: Path, room: int) -> None:
    """Writes until the disk has no more room, says so, gets room and writes once more."""
    with Store(database) as store:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            while True:
                for event in store.append(PAIR, NOW):
                    print(event.id)
        except ProgressError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            for event in store.append(PAIR, NOW):
                print(event.id)
            print(error)


def forbidden(database: Path) -> None:
    """Opens a log as someone who may read it and not write it."""
    if os.getuid() == 0:
        os.setuid(65534)
    try:
        write(database, 1, print)
    except ProgressError as error:
        print(error)


def main(mode: str, database: str, *numbers: str) -> NoReturn:
    modes: dict[str, Callable[..., None]] = {
        "crash": crash,
        "together": together,
        "fill": fill,
        "forbidden": forbidden,
    }
    modes[mode](Path(database), *map(int, numbers))
    sys.exit()


if __name__ == "__main__":
    main(*sys.argv[1:])
