"""What is told of an exception in the learner's code: where in it, on what, and what led to it.

It is collected in the learner's process, by which it can be forged; the grader takes it for data.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

from studytrack.grading.wire import Json

_MOST_FRAMES = 12
_MOST_NAMES = 5
_MOST_RELATED = 3
_LONGEST_TEXT = 4000
_ALIKE = 0.7
"""How alike a name must be, from 0 to 1, to be the one that was meant."""
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
_ABOUT_SHAPES = (RuntimeError, ValueError, IndexError, TypeError)
"""Exceptions that the shapes of what a line works on may explain."""
_ABOUT_NONE = (TypeError, AttributeError)
"""Those that a None may explain."""


@dataclass(frozen=True)
class Frame:
    """A call that was under way in the learner's file."""

    line: int
    function: str
    columns: tuple[int, int] | None
    """Which bytes of the line, in UTF-8, are the expression that raised."""

    def as_json(self) -> Json:
        return [self.line, self.function, list(self.columns) if self.columns else None]


def report(error: BaseException, file: str, lines: Sequence[str], called: object) -> Json:
    """The exception as data. `called` is the function of the file `file` that was called, or None."""
    frames, innermost = _frames(error.__traceback__, file)
    text = _text(error)
    if isinstance(error, SyntaxError) and error.filename == file:
        frames, text = [Frame(error.lineno or 1, "<module>", None)], str(error.msg)
    values: Json = []
    with suppress(Exception):  # the learner's own classes can do anything
        text += _meant(error, innermost)
    if innermost is not None and frames:
        with suppress(Exception):
            values = _values(error, innermost, frames[-1], lines)
    related: Json = []
    with suppress(Exception):
        related = [list(each) for each in islice(_related(error, file), _MOST_RELATED)]
    return {
        "type": type(error).__name__[:80],
        "text": text,
        "lines": [frame.as_json() for frame in frames or _definition(called, file)],
        "values": values,
        "related": related,
        "kind": _kind(error, innermost is not None),
        "errno": error.errno if isinstance(error, OSError) else None,
    }


def _frames(trace: TracebackType | None, file: str) -> tuple[list[Frame], FrameType | None]:
    """The frames in the learner's file, and the innermost of all frames if it is one of them."""
    found, innermost = [], None
    while trace is not None:
        code = trace.tb_frame.f_code
        innermost = trace.tb_frame if code.co_filename == file else None
        if innermost is not None:
            found.append((trace, code.co_name))
        trace = trace.tb_next
    found = found[:1] + found[1:][-_MOST_FRAMES:]
    return [Frame(trace.tb_lineno or 1, name, _columns(trace)) for trace, name in found], innermost


def _columns(trace: TracebackType) -> tuple[int, int] | None:
    positions = trace.tb_frame.f_code.co_positions()
    line, end_line, start, end = next(islice(positions, trace.tb_lasti // 2, None), (None,) * 4)
    if line is None or line != end_line or start is None or end is None:
        return None
    return start, end


def _values(error: BaseException, frame: FrameType, place: Frame, lines: Sequence[str]) -> Json:
    """The names in the expression that raised, each with its shape, or None where it is None."""
    line = lines[place.line - 1].encode() if 0 < place.line <= len(lines) else b""
    text = line[slice(*place.columns)] if place.columns else line
    told: list[Json] = []
    for name in dict.fromkeys(_NAME.findall(text.decode(errors="ignore"))):
        if name not in frame.f_locals and name not in frame.f_globals:
            continue
        value = frame.f_locals.get(name, frame.f_globals.get(name))
        if value is None and isinstance(error, _ABOUT_NONE):
            told.append([name, None])
        elif isinstance(error, _ABOUT_SHAPES) and not isinstance(error, RecursionError):
            told += [[name, shape] for shape in [_shape(value)] if shape]
    return told[:_MOST_NAMES]


def _shape(value: Any) -> list[Json] | None:
    """The shape of a tensor or an array; none of a single number."""
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    if (torch and isinstance(value, torch.Tensor)) or (numpy and isinstance(value, numpy.ndarray)):
        return [int(size) for size in value.shape[:8]]
    return None


def _related(error: BaseException, file: str) -> Iterator[tuple[str, str, str, int]]:
    """What an exception came from or consists of: how, its type, its text, and its line.

    The line is 0 where none of the learner's is concerned.
    """
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield "with", *_brief(part, file)
    seen = {id(error)}
    cause = _cause(error)
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield "from", *_brief(cause, file)
        cause = _cause(cause)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _brief(error: BaseException, file: str) -> tuple[str, str, int]:
    frames, _ = _frames(error.__traceback__, file)
    return type(error).__name__[:80], _text(error)[:200], frames[-1].line if frames else 0


def _definition(called: object, file: str) -> list[Frame]:
    """Where the function that was called begins: the place to look when calling it failed."""
    code = getattr(called, "__code__", None)
    if code is None or code.co_filename != file:
        return []
    return [Frame(code.co_firstlineno, code.co_name, None)]


def _kind(error: BaseException, innermost: bool) -> str:
    text = _text(error)
    if isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and "can't allocate memory" in text
    ):
        return "memory"
    if isinstance(error, NotImplementedError) and innermost:
        return "not_implemented"
    return "exit" if isinstance(error, SystemExit) else "error"


def _text(error: BaseException) -> str:
    try:
        return str(error)[:_LONGEST_TEXT]
    except Exception:  # noqa: BLE001 - an exception class of the learner's can do anything
        return ""


def _meant(error: BaseException, frame: FrameType | None) -> str:
    """The name that may be meant by an unknown one."""
    names: Iterable[str] = ()
    if isinstance(error, NameError) and frame is not None:
        names = (*frame.f_locals, *frame.f_globals, *dir(builtins))
    elif isinstance(error, AttributeError):
        names = dir(error.obj)
    unknown = getattr(error, "name", None)
    if not isinstance(unknown, str) or not names:
        return ""
    close = get_close_matches(unknown, [name for name in names if name != unknown], 1, _ALIKE)
    return f". Did you mean `{close[0]}`?" if close else ""
