"""The process table: who descends from whom, in which session and namespaces, and who is a stray."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORKER = "studytrack.grading.worker"
_MOST_BELOW_WORKER = 3
"""A keeper and a learner's process, each below the other, stand ready for the next attempt; one to spare."""


@dataclass(frozen=True)
class Process:
    """A row of the table, as far as this user may read it."""

    id: int
    parent: int
    session: int
    name: str
    command: tuple[str, ...]
    namespaces: frozenset[str]

    @property
    def is_worker(self) -> bool:
        """Whether it is Python running the worker; what sets a sandbox up has that in its command too."""
        return WORKER in self.command and Path(self.command[0]).name.startswith("python")

    def __str__(self) -> str:
        return f"{self.id} {self.name} {' '.join(self.command)[:60]}"


def processes() -> dict[int, Process]:
    """The whole table, by process id, of those that have not ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, fields = (folder / "stat").read_text().partition("(")[2].rpartition(")")
            state, parent, _, session = fields.split()[:4]
            command = tuple((folder / "cmdline").read_bytes().decode(errors="replace").split("\0")[:-1])
        except OSError:
            continue
        if state != "Z":
            spaces = frozenset(_namespaces(folder))
            found[int(folder.name)] = Process(
                int(folder.name), int(parent), int(session), name, command, spaces
            )
    return found


def _namespaces(folder: Path) -> Iterator[str]:
    for kind in ("pid", "user"):
        try:
            yield str((folder / "ns" / kind).readlink())
        except OSError:
            continue


def below(table: dict[int, Process], top: int) -> list[Process]:
    """All that descend from one, nearest first."""
    found = [process for process in table.values() if process.parent == top]
    for process in found:
        found += [other for other in table.values() if other.parent == process.id]
    return found


def strays(table: dict[int, Process], app: int) -> list[Process]:
    """Descendants of the app's that are neither its grader nor what stands ready for the next attempt.

    The app adopts orphans, so that everything it ever caused is below it. Below a grader, and below
    the worker, one process follows the other: a second child is one too many.
    """
    found: list[Process] = []
    place, under_worker = app, 0
    while children := [process for process in table.values() if process.parent == place]:
        kept, *others = sorted(children, key=lambda process: process.id)
        under_worker += 1 if under_worker or kept.is_worker else 0
        found += others
        if under_worker > 1 + _MOST_BELOW_WORKER:
            found.append(kept)
        place = kept.id
    return found


def of_attempt(table: dict[int, Process], session: int, namespace: str, name: str) -> list[Process]:
    """What is left of an attempt that told its session and namespace and that named its processes."""
    mine = str(Path("/proc/self/ns/pid").readlink())
    return [
        process
        for process in table.values()
        if process.name == name
        or (namespace != mine and namespace in process.namespaces)
        or (namespace == mine and process.session == session)
    ]
