"""Writes the ids that were derived into a lesson's file, and changes nothing else in it."""

from __future__ import annotations

import re
from pathlib import Path

from studytrack.curriculum.ids import Named, give_ids
from studytrack.curriculum.models import Lesson
from studytrack.curriculum.reading import validate
from studytrack.curriculum.source import Source
from studytrack.curriculum.yaml_reader import parse_source, read_source, resolve
from studytrack.curriculum.yaml_text import BYTE_ORDER_MARK, tidy
from studytrack.errors import CurriculumError, Fault
from studytrack.files import write_atomically

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def fix_ids(path: Path) -> list[str]:
    """Writes down every id that the loader derives for the file; returns them.

    Raises CurriculumError, and leaves the file as it is, where it has faults or is laid
    out in a way that leaves no place for an id; StudytrackError where it cannot be written.
    """
    source = read_source(path)
    given = give_ids(source)
    _, faults = validate(source, Lesson)
    if faults:
        raise CurriculumError(faults)
    if not given:
        return []
    text = _with_ids(path.read_bytes().decode("utf-8"), given)
    if not _says_the_same(text, source):
        raise CurriculumError([_unwritable(path, named) for named in given])
    write_atomically(path, text)
    return [named.id for named in given]


def _with_ids(text: str, given: list[Named]) -> str:
    """The text with an `id` before the first key of each item, from the last to the first."""
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    lines = _LINES.findall(text.removeprefix(mark))
    places = [(next(iter(named.mapping.keys.values())), named) for named in given]
    for place, named in sorted(places, key=lambda pair: (pair[0].line, pair[0].column), reverse=True):
        line, column = lines[place.line - 1], place.column - 1
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        entry = f"id: {_scalar(named.id)}"
        gap = ", " if named.mapping.flow else end + " " * column
        lines[place.line - 1] = line[:column] + entry + gap + line[column:]
    return mark + "".join(lines)


def _says_the_same(text: str, source: Source) -> bool:
    """Whether the text has all its ids and is otherwise what was read before."""
    try:
        written = parse_source(source.file, tidy(text))
    except CurriculumError:
        return False
    return not give_ids(written) and bool(written.root.data() == source.root.data())


def _scalar(name: str) -> str:
    """An id as YAML reads it as text, whichever version of YAML that is."""
    return name if name[0].isalpha() and isinstance(resolve(name), str) else f'"{name}"'


def _unwritable(path: Path, named: Named) -> Fault:
    place = named.mapping.place
    remedy = f"write `id: {named.id}` yourself"
    return Fault(path, place.line, place.column, "no id can be written into this layout", remedy)
