"""Reads YAML into nodes that know their places.

The parser's events are taken one by one, so that neither deep nesting nor aliases that
stand for aliases can cost more than a fixed amount of memory and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from studytrack.curriculum.source import Node, Source, describe, shown
from studytrack.curriculum.syntax import syntax_fault
from studytrack.curriculum.yaml_text import Place, read_text
from studytrack.errors import CurriculumError, Fault

MAX_DEPTH = 40
MAX_FAULTS = 100
MAX_NODES = 200_000
"""How many keys and values a file may hold once its aliases are written out."""
_LONGEST_NUMBER = 100

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml slower, and the same
_resolver: Any = yaml.SafeLoader("")
_readers = {
    f"tag:yaml.org,2002:{name}": getattr(_resolver, f"construct_yaml_{name}")
    for name in ("null", "bool", "int", "float", "timestamp")
}
_LATEX_ESCAPES = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:nabla|neq?|neg|not|notin|nu|tanh?|tau|text\w*|theta|times|tilde|to|top|tfrac)\b)"
)
"""Commands whose backslash double quotes turn into a line end or a tab without a word."""


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
        raise CurriculumError([*reader.faults, syntax_fault(path, text, error, reader.last)]) from None
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
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.count = 0
        self.root: Node | None = None
        self.last: yaml.ScalarEvent | None = None

    def read(self, events: Iterator[Any]) -> Node:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                node = self.scalar(event)
                self.seen(node, event)
                self.attach(node)
                self.last = event
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
        if len(self.faults) == MAX_FAULTS:
            problem = "there may be more faults below, where the reading stopped"
            last = Fault(self.file, place.line, place.column, problem, "mend these first")
            raise CurriculumError([*self.faults, last])

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

    def seen(self, node: Node, event: Any) -> None:
        """Counts a node, and keeps it for the aliases that may follow."""
        self.add(1, event)
        if event.anchor:
            self.anchors[event.anchor] = node
        if event.tag:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.fault(node.place, f"tags such as `{tag}` are not used here", "put the text in quotes")

    def add(self, nodes: int, event: Any) -> None:
        self.count += nodes
        if self.count > MAX_NODES:
            problem = f"with its aliases written out the file holds more than {MAX_NODES:,} values"
            self.stop(event, problem, "use fewer aliases, or split the file")

    def scalar(self, event: Any) -> Node:
        text: str = event.value
        node = Node(_place(event), text, plain=text if event.implicit[0] else None, size=1)
        if node.plain is not None:
            node.value = resolve(text)
        elif event.style == '"':
            raw = self.text[event.start_mark.index : event.end_mark.index]
            if found := _LATEX_ESCAPES.search(raw):
                problem = f"in double quotes the backslash of `{found[1]}` begins an escape"
                self.fault(node.place, problem, "use single quotes")
        return node

    def aliased(self, event: Any) -> Node:
        target = self.anchors.get(event.anchor)
        if target is None:
            problem = f"`*{shown(event.anchor)}` names nothing that stands above"
            self.stop(event, problem, "put a text that begins with `*` in quotes")
        if target.size == 0:
            self.stop(event, f"`*{shown(event.anchor)}` stands inside what it stands for", "write it out")
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
            plain = shown(key.plain or "…")
            remedy = f'write "{plain}" in quotes' if key.plain else "write a name"
            self.fault(key.place, f"the key `{plain}` is read as {describe(name)}, not as a name", remedy)
        elif name == "<<":
            self.fault(key.place, "merging with `<<` is not supported", "write the keys out")
        elif name in mapping.keys:
            first = mapping.keys[name].line
            problem = f"the key `{shown(name)}` stands here for the second time (first in line {first})"
            self.fault(key.place, problem, "remove one of them")
        else:
            mapping.keys[name] = key.place
            mapping.value[name] = node


def resolve(text: str) -> Any:
    """What YAML makes of a scalar without quotes: `no` is false, `38:20` is 2300, `1e-3` is text."""
    if len(text) > _LONGEST_NUMBER:
        return text
    tag = _resolver.resolve(yaml.ScalarNode, text, (True, False))
    if tag not in _readers:
        return text
    try:
        return _readers[tag](yaml.ScalarNode(tag, text))
    except (ValueError, OverflowError):  # a day that no month has
        return text


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
