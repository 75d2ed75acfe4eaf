"""Names for what has none: derived from its words, the same on every machine.

The learner's history hangs on these names, so a derived one holds only until the words
change; `studytrack validate --fix` writes them into the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from studytrack.curriculum.source import Node, Source, child

_MAX_LENGTH = 80
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Named:
    """An item of a file that was given an id."""

    mapping: Node
    id: str


def slug(text: str, kind: str) -> str:
    """An id made of a text's words; of its hash where no letter of it can stand in an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NOT_IN_SLUG.sub("-", plain).strip("-")
    if len(words) > _MAX_LENGTH - 20:
        words = words[: _MAX_LENGTH - 20].rpartition("-")[0] or words[: _MAX_LENGTH - 20]
    return words or f"{kind}-{blake2b(text.encode(), digest_size=4).hexdigest()}"


def give_ids(source: Source) -> list[Named]:
    """Enters an id wherever a step, a line of the exercises, a question or a titled note lacks one.

    Returns what an author should write down: all of those but the notes.
    """
    given: list[Named] = []
    boxes = [*_items(source.root, "steps"), *_items(source.root, "exercises")]
    given += _name(boxes, "title", "box")
    given += _name(list(_items(source.root, "questions")), "prompt", "question", _lesson_prefix(source.root))
    _name([note for note in _notes(source.root) if isinstance(_text(note, "title"), str)], "title", "note")
    return given


def _name(items: list[Node], key: str, kind: str, prefix: str = "") -> list[Named]:
    taken = {_text(item, "id") for item in items}
    given = []
    numbers: Counter[str] = Counter()
    for item in items:
        if child(item, "id") is not None:
            continue
        stem = f"{prefix}{slug(_text(item, key) or kind, kind)}"[:_MAX_LENGTH].rstrip("-")
        name = stem
        while name in taken:
            numbers[stem] += 1
            name = f"{stem[: _MAX_LENGTH - 8]}-{numbers[stem] + 1}"
        taken.add(name)
        item.value["id"] = Node(item.place, name, size=1)
        given.append(Named(item, name))
    return given


def _lesson_prefix(root: Node) -> str:
    lesson = _text(root, "id")
    return f"{lesson[:30].rstrip('-')}-" if lesson else ""


def _text(node: Node, key: str) -> str | None:
    below = child(node, key)
    return below.value if below is not None and isinstance(below.value, str) else None


def _items(node: Node, key: str) -> Iterator[Node]:
    below = child(node, key)
    if below is not None and isinstance(below.value, list):
        yield from (item for item in below.value if isinstance(item.value, dict))


def _notes(node: Node) -> Iterator[Node]:
    for note in _items(node, "notes"):
        yield note
        yield from _notes(note)
