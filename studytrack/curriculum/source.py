"""A file as plain data in which every piece knows its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studytrack.curriculum.yaml_text import Place
from studytrack.errors import Fault

Key = str | int


@dataclass(slots=True, eq=False)
class Node:
    """A piece of a file: a scalar, a list of nodes, or keys with a node each."""

    place: Place
    value: Any
    plain: str | None = None
    """What a scalar without quotes looks like in the file."""
    keys: dict[str, Place] = field(default_factory=dict)
    flow: bool = False
    """Written in brackets or braces."""
    size: int = 0
    """How many nodes it is, with all below it; 0 while it is being read."""
    height: int = 1

    def data(self) -> Any:
        """The same as plain values; lists become tuples, as frozen models hold them."""
        if isinstance(self.value, list):
            return tuple([node.data() for node in self.value])
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        return self.value


@dataclass
class Source:
    """One file that was read, with the faults that did not stop the reading."""

    file: Path
    text: str
    root: Node
    faults: list[Fault] = field(default_factory=list)

    def nodes(self, location: Iterable[Key]) -> list[Node]:
        """The nodes from the root along the keys and indices, as far as there are any."""
        nodes = [self.root]
        for key in location:
            below = child(nodes[-1], key)
            if below is None:
                break
            nodes.append(below)
        return nodes

    def fault(self, location: Iterable[Key], problem: str, remedy: str) -> Fault:
        """A fault at the value to which the keys and indices lead, or at the last of them that there is."""
        place = self.nodes(location)[-1].place
        return Fault(self.file, place.line, place.column, problem, remedy)


def child(node: Node, key: Key) -> Node | None:
    """The node below by its key or index, if there is one."""
    if isinstance(node.value, dict):
        found = node.value.get(key)
        return found if isinstance(found, Node) else None
    if isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
        below = node.value[key]
        return below if isinstance(below, Node) else None
    return None


def shown(text: str) -> str:
    """A piece of a file as a message can hold it: short, and with nothing that steers the terminal."""
    line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:41])
    return line if len(line) <= 40 else f"{line[:40]}…"


def describe(value: Any) -> str:
    """What kind of thing a value is, for people."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list | tuple):
        return "a list"
    return "keys and values" if isinstance(value, dict) else "a date"
