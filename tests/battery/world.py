"""The world around the attempts: a learner's home, a machine, and what of it has changed."""

from __future__ import annotations

import ctypes
import os
import pty
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from studytrack.grading import confine
from studytrack.grading.battery.attack import Aims
from studytrack.grading.exercises import Exercise, read_exercises
from studytrack.grading.messages import Finished
from studytrack.paths import PACKAGE, Home
from studytrack.progress.events import Start
from studytrack.progress.store import Store
from studytrack.work import put_starter, work_file
from tests.battery import table

_SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
_SETTLE = 5.0
"""Seconds within which what is ending or being made ready has come to rest."""
_KEYS = ("shm", "sem", "msg")
_FIRST_KEY = 0x5AD0

Snapshot = dict[str, str]


class World:
    """A copy of one exercise, a home with progress and a file of the learner's, a terminal, two sockets.

    Everything lies in one folder, which is gone afterwards. This process adopts what its
    descendants leave behind, so that nothing of it can be overlooked.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._original = exercise

    def __enter__(self) -> Self:
        confine.adopt_orphans()
        self._before = dict(os.environ), tempfile.tempdir
        self._root = Path(tempfile.mkdtemp(prefix="battery-", dir="/tmp")).resolve()
        self._root.chmod(0o755)
        for name in ("home", "exercises", "tmp", "kept"):
            (self._root / name).mkdir()
        os.environ.update(STUDYTRACK_HOME=str(self._root / "home"), TMPDIR=str(self._root / "tmp"))
        tempfile.tempdir = None
        self.exercise = self._copied()
        self._furnish()
        self.aims = self._aims()
        self._saved = self._root / "kept"
        for name in ("home", "exercises"):
            shutil.copytree(self._root / name, self._saved / name)
        self._was = self._snapshot()
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._terminal:
            os.close(descriptor)
        for listener in self._listeners.values():
            listener.close()
        environment, tempfile.tempdir = self._before
        os.environ.clear()
        os.environ.update(environment)
        shutil.rmtree(self._root)

    def left(self) -> list[str]:
        """What is there after the last session has been closed, and should not be."""
        found = _settled(lambda: table.below(table.processes(), os.getpid()))
        left = [f"a process: {one}" for one in found]
        return left + [f"a file: {path}" for path in sorted((self._root / "tmp").rglob("*"))]

    def harm(self, finished: Finished) -> Sequence[str]:
        """What has changed, put back as it was."""
        return [*self._processes(finished), *self._files(), *self._arrived()]

    def _copied(self) -> Exercise:
        folder = self._root / "exercises" / self._original.id
        shutil.copytree(self._original.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
        sound, _ = read_exercises([folder.parent])  # it may need others, which are not there
        return sound[self._original.id]

    def _furnish(self) -> None:
        home = Home(self._root / "home")
        self._file = work_file(home, self.exercise)
        self._file.parent.mkdir(parents=True)
        put_starter(self._file, self.exercise)
        with Store(home.database) as store:
            store.append([(self.exercise.id, Start())], datetime.now(UTC))
        self._terminal = pty.openpty()
        os.set_blocking(self._terminal[0], False)
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(tcp.getsockname())
        abstract = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        abstract.bind(f"\0{self._root.name}")
        abstract.listen()
        self._listeners = {"a connection": tcp, "a datagram": udp, "a connection to a socket": abstract}

    def _aims(self) -> Aims:
        home = Home(self._root / "home")
        return Aims(
            home=str(home.root),
            database=str(home.database),
            file=str(self._file),
            exercise=str(self.exercise.folder),
            terminal=os.ttyname(self._terminal[1]),
            port=self._listeners["a connection"].getsockname()[1],
            socket=self._root.name,
            token=f"b{secrets.token_hex(4)}",
        )

    def _processes(self, finished: Finished) -> Iterator[str]:
        everything = table.processes()
        for words in map(str.split, finished.verdict.output.splitlines()):
            match words:
                case ["process", _, session, namespace] if session.isdecimal():
                    for one in table.of_attempt(everything, int(session), namespace, self.aims.token):
                        yield f"it left a process: {one}"
        for one in _settled(lambda: table.strays(table.processes(), os.getpid())):
            yield f"it left a process behind: {one}"

    def _files(self) -> Iterator[str]:
        now = self._snapshot()
        if now == self._was:
            return
        for path in sorted(now.keys() | self._was.keys()):
            if path not in now:
                yield f"it removed {path}"
            elif path not in self._was:
                yield f"it made {path}"
            elif now[path] != self._was[path]:
                yield f"it changed {path}"
        self._restore()

    def _restore(self) -> None:
        for name in ("home", "exercises"):
            shutil.rmtree(self._root / name)
            shutil.copytree(self._saved / name, self._root / name)
        for folder in _SHARED:
            for path in folder.glob(f"{self.aims.token}*"):
                path.unlink()
        _remove_segments()
        self._was = self._snapshot()

    def _snapshot(self) -> Snapshot:
        """Everything that an attack might change, as text by place."""
        found = {}
        for top in (self._root / "home", self._root / "exercises"):
            for path in top.rglob("*"):
                if "__pycache__" not in path.parts:
                    found[str(path)] = _described(path)
        for path in PACKAGE.rglob("*.py"):
            with suppress(OSError):
                found[str(path)] = str(path.stat().st_mtime_ns)
        for folder in _SHARED:
            found |= {str(path): "there" for path in folder.glob(f"{self.aims.token}*")}
        for kind in _KEYS:
            for line in Path("/proc/sysvipc", kind).read_text().splitlines()[1:]:
                if _FIRST_KEY <= int(line.split()[0]) < _FIRST_KEY + 8:
                    found[f"System V {kind}"] = "there"
        return found

    def _arrived(self) -> Iterator[str]:
        for what, listener in self._listeners.items():
            listener.setblocking(False)
            arrived = 0
            with suppress(BlockingIOError):
                while True:
                    if listener.type == socket.SOCK_DGRAM:
                        listener.recv(100)
                    else:
                        listener.accept()[0].close()
                    arrived += 1
            if arrived:
                yield f"{what} arrived"
        with suppress(BlockingIOError):
            if shown := os.read(self._terminal[0], 1000):
                yield f"a terminal was written to: {shown!r}"


def _settled(look: Callable[[], list[table.Process]]) -> list[table.Process]:
    """What is found once nothing is ending or being made ready any more."""
    end = monotonic() + _SETTLE
    while (found := look()) and monotonic() < end:
        sleep(0.01)
    return found


def _described(path: Path) -> str:
    if not path.is_file():
        return oct(path.lstat().st_mode)
    return f"{oct(path.stat().st_mode)} {sha256(path.read_bytes()).hexdigest()}"


def _remove_segments() -> None:
    libc = ctypes.CDLL(None)
    for key in range(_FIRST_KEY, _FIRST_KEY + 8):
        for get, control in ((libc.shmget, libc.shmctl), (libc.msgget, libc.msgctl)):
            if (number := get(key, 0, 0)) >= 0:
                control(number, 0, None)
        if (number := libc.semget(key, 0, 0)) >= 0:
            libc.semctl(number, 0, 0)
