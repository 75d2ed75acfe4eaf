"""A YAML file as plain data in which every piece knows its line and column.

The parser's events are read one by one, so that neither deep nesting nor aliases that
stand for aliases can cost more than a fixed amount of memory and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from studytrack.curriculum.syntax import syntax_fault
from studytrack.curriculum.yaml_text import Place, read_text
from studytrack.errors import CurriculumError, Fault, nearest

MAX_DEPTH = 40
MAX_NODES = 200_000
"""How many keys and values a file may hold once its aliases are written out."""
Key = str | int

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_READ_AS_DATA = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp")}
_LATEX_ESCAPES = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:nabla|neq?|neg|not|notin|nu|tanh?|tau|text\w*|theta|times|tilde|to|top|tfrac)\b)"
)
"""Commands whose backslash double quotes turn into a line end or a tab without a word."""


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


def read_source(path: Path) -> Source:
    """Reads one YAML file.

    Equal keys, keys that are not text and tags are collected in the source's `faults`;
    where one stands the rest is still read. Raises CurriculumError for what leaves nothing
    to go on with: no such file, an encoding other than UTF-8, broken YAML, an empty file.
    """
    return parse_source(path, read_text(path))


def parse_source(path: Path, text: str) -> Source:
    """The same for text that was read already."""
    reader = _Reader(path, text)
    try:
        root = reader.read(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise CurriculumError([*reader.faults, syntax_fault(path, text, error)]) from None
    except yaml.YAMLError as error:
        fault = Fault(path, 1, 1, f"this is not YAML ({error})", "look at the file in an editor")
        raise CurriculumError([fault]) from None
    return Source(path, text, root, reader.faults)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Node
    count_before: int
    key: Node | None = None


class _Reader:
    """Builds the tree of nodes from the parser's events."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Fault] = []
        self.resolver = _Loader("")
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.count = 0
        self.root: Node | None = None

    def read(self, events: Iterator[Any]) -> Node:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self.place(self.scalar(event), event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                ended = self.open.pop()
                ended.node.size = self.count - ended.count_before
                self.attach(ended.node)
            elif isinstance(event, yaml.AliasEvent):
                self.attach(self.aliased(event))
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self.stop(event, "a second document begins here", "keep one, and remove the line `---`")
        if self.root is None or (self.root.value is None and self.root.plain == ""):
            fault = Fault(self.file, 1, 1, "the file is empty", "write it, or delete it")
            raise CurriculumError([fault])
        return self.root

    def fault(self, place: Place, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, place.line, place.column, problem, remedy))

    def stop(self, event: Any, problem: str, remedy: str) -> NoReturn:
        self.fault(_place(event), problem, remedy)
        raise CurriculumError(self.faults)

    def begin(self, event: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            self.stop(event, f"this is nested more than {MAX_DEPTH} deep", "nest it less")
        is_list = isinstance(event, yaml.SequenceStartEvent)
        node = Node(_place(event), [] if is_list else {}, flow=bool(event.flow_style))
        self.open.append(_Open(node, self.count))
        self.seen(node, event)

    def place(self, node: Node, event: Any) -> None:
        self.seen(node, event)
        self.attach(node)

    def seen(self, node: Node, event: Any) -> None:
        """Counts a node, and keeps it for the aliases that may follow."""
        self.add(1, event)
        if event.anchor:
            self.anchors[event.anchor] = node
        if event.tag:
            self.fault(
                node.place, f"tags such as `{event.tag[:40]}` are not used here", "put the text in quotes"
            )

    def add(self, nodes: int, event: Any) -> None:
        self.count += nodes
        if self.count > MAX_NODES:
            problem = f"with its aliases written out the file holds more than {MAX_NODES:,} values"
            self.stop(event, problem, "use fewer aliases, or split the file")

    def scalar(self, event: Any) -> Node:
        text: str = event.value
        node = Node(_place(event), text, plain=text if event.implicit[0] else None, size=1)
        if node.plain is not None:
            node.value = self.resolve(text)
        elif event.style == '"':
            raw = self.text[event.start_mark.index : event.end_mark.index]
            if found := _LATEX_ESCAPES.search(raw):
                problem = (
                    f"`{found[1]}` in double quotes is not read as maths: the backslash begins an escape"
                )
                self.fault(node.place, problem, "use single quotes")
        return node

    def resolve(self, text: str) -> Any:
        """What YAML makes of a scalar without quotes: `no` is false, `38:20` is 2300, `1e-3` is text."""
        tag = self.resolver.resolve(yaml.ScalarNode, text, (True, False))
        if tag not in _READ_AS_DATA:
            return text
        try:
            return self.resolver.construct_object(yaml.ScalarNode(tag, text))
        except (ValueError, OverflowError):  # a day that no month has, a number of thousands of digits
            return text

    def aliased(self, event: Any) -> Node:
        target = self.anchors.get(event.anchor)
        if target is None:
            remedy = (
                nearest(event.anchor, self.anchors)
                if self.anchors
                else "put a text that begins with `*` in quotes"
            )
            self.stop(event, f"`*{event.anchor}` names nothing that stands above", remedy)
        if target.size == 0:
            self.stop(event, f"`*{event.anchor}` stands inside what it stands for", "write it out")
        if len(self.open) + target.height > MAX_DEPTH:
            self.stop(event, f"this is nested more than {MAX_DEPTH} deep", "nest it less")
        self.add(target.size, event)
        return target

    def attach(self, node: Node) -> None:
        """Puts a node that is complete where it belongs."""
        if not self.open:
            self.root = node
            return
        around = self.open[-1]
        around.node.height = max(around.node.height, node.height + 1)
        if isinstance(around.node.value, list):
            around.node.value.append(node)
        elif around.key is None:
            around.key = node
        else:
            self.enter(around.node, around.key, node)
            around.key = None

    def enter(self, mapping: Node, key: Node, node: Node) -> None:
        name = key.value
        if not isinstance(name, str):
            shown = key.plain or "…"
            remedy = f'write "{shown}" in quotes' if key.plain else "write a name"
            self.fault(key.place, f"the key `{shown}` is read as {describe(name)}, not as a name", remedy)
        elif name == "<<":
            self.fault(key.place, "merging with `<<` is not supported", "write the keys out")
        elif name in mapping.keys:
            problem = (
                f"the key `{name}` stands here for the second time (first in line {mapping.keys[name].line})"
            )
            self.fault(key.place, problem, "remove one of them")
        else:
            mapping.keys[name] = key.place
            mapping.value[name] = node


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


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
