"""From a file's bytes to text that the YAML parser may see: size, encoding, characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from studytrack.errors import CurriculumError, Fault

MAX_BYTES = 2 * 1024 * 1024
"""More than twenty times the longest lesson; a larger file is a mistake or an attack."""
_FAULTS_SHOWN = 20
_LINE_END = re.compile(r"\r\n?")
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML forbids, and its invisible line separators, after which editors count lines otherwise."""
BYTE_ORDER_MARK = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Place:
    """A 1-based line and column, counted in characters as editors do."""

    line: int
    column: int


def place_at(text: str, index: int) -> Place:
    """The place of the character at `index`."""
    return Place(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def read_text(path: Path) -> str:
    r"""The text of a file, without a byte order mark and with `\n` for line ends.

    Raises CurriculumError where it cannot be read, is too large, is not UTF-8 or holds
    characters that have no place in a text file.
    """
    data = _read_bytes(path)
    if data.startswith(_UTF16):
        raise CurriculumError([Fault(path, 1, 1, "the file is UTF-16", "save it as UTF-8")])
    try:
        text = tidy(data.decode())
    except UnicodeDecodeError as error:
        before = tidy(data[: error.start].decode())
        place = place_at(before, len(before))
        problem = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        fault = Fault(path, place.line, place.column, problem, "save the file as UTF-8")
        raise CurriculumError([fault]) from None
    if faults := _forbidden(path, text):
        raise CurriculumError(faults)
    return text


def tidy(text: str) -> str:
    r"""The text without a byte order mark and with `\n` for line ends."""
    return _LINE_END.sub("\n", text.removeprefix(BYTE_ORDER_MARK))


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            what = "this is not a file" if path.exists() else "there is no such file"
            raise CurriculumError([Fault(path, 1, 1, what, "name a YAML file")])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        raise CurriculumError([Fault(path, 1, 1, problem, "look at its permissions")]) from error
    if len(data) > MAX_BYTES:
        problem = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
        raise CurriculumError([Fault(path, 1, 1, problem, "split it into several")])
    return data


def _forbidden(path: Path, text: str) -> list[Fault]:
    faults = []
    for found in _FORBIDDEN.finditer(text):
        place = place_at(text, found.start())
        problem = f"the invisible character U+{ord(found[0]):04X} stands here"
        faults.append(Fault(path, place.line, place.column, problem, "delete it"))
        if len(faults) == _FAULTS_SHOWN:
            break
    return faults
