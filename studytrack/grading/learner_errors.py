"""What is said to a learner whose code raised or ended its process."""

from __future__ import annotations

import errno
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import combining, east_asian_width

from studytrack.grading.keeper import CUT_OFF, FOLDER_FILES, FOLDER_MB
from studytrack.grading.output import clean
from studytrack.grading.showing import show_shape
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import State

_LONGEST = 600
_LONGEST_NAME = 80
_MOST_LINES = 12
_MOST_ENTRIES = 13
_REFUSED_EVERYWHERE = {
    errno.EPERM: "the sandbox does not allow this",
    errno.ENETUNREACH: "there is no network in the sandbox",
    errno.EAFNOSUPPORT: "there is no network in the sandbox",
    errno.ENOSPC: "only so much may be written to disk",
    errno.EFBIG: "only so much may be written to disk",
}
_REFUSED_IN_A_SANDBOX = _REFUSED_EVERYWHERE | {
    errno.EACCES: "this is out of reach in the sandbox; the working folder can be written to",
    errno.EROFS: "only the working folder and /tmp can be written to",
}

_ADVICE = {
    "a leaf Variable that requires grad is being used in an in-place": (
        "The update itself must not be tracked: do it within `with torch.no_grad():`."
    ),
    "element 0 of tensors does not require grad": (
        "What `backward()` starts from does not depend on a tensor with `requires_grad`: "
        "was it set, and is nothing detached on the way to the loss?"
    ),
    "grad can be implicitly created only for scalar outputs": (
        "`backward()` starts from one number: take the mean of the errors first."
    ),
    "Trying to backward through the graph a second time": (
        "Each step computes the loss afresh: the graph of the step before is gone after its `backward()`."
    ),
    "unsupported operand type(s) for *: 'float' and 'NoneType'": (
        "A `.grad` is None until `backward()` has run, and for a tensor that was computed from others: "
        "`w = w - lr * w.grad` makes a new tensor, which has none."
    ),
    "must match the size of tensor": (
        "Shapes are aligned at the right; two sizes that stand under each other fit if they are equal or "
        "one of them is 1."
    ),
    "shapes cannot be multiplied": (
        "A matrix product needs as many columns in the first as there are rows in the second."
    ),
    "converted to Scalar": "`item()` and `float()` take one number: is a mean or a sum missing?",
    "only one element tensors can be converted": (
        "`item()` and `float()` take one number: is a mean or a sum missing?"
    ),
    "Can't call numpy() on Tensor that requires grad": "`.detach()` it first.",
    "name 'torch' is not defined": "Write `import torch` at the top of the file.",
    "name 'np' is not defined": "Write `import numpy as np` at the top of the file.",
    "No module named": "Is its name spelt right, and is it installed beside studytrack?",
    "in name resolution": "Is it to come over the network? Your code has none here.",
    "maximum recursion depth exceeded": "A function calls itself without an end: what is to stop it?",
}
"""What the most common errors come from, by a part of their text."""
_CODE_WIDTH = 46
"""Columns of a line of code that are shown where a part of it is marked, so that it fits beside the task."""


@dataclass(frozen=True)
class Listing:
    """The learner's source, for showing its lines."""

    file: str
    lines: tuple[str, ...]

    def place(self, line: int, function: str, columns: tuple[int, int] | None = None) -> str:
        """Where something is, with the line itself, and a mark below what `columns` are of it.

        The columns are those of the line's UTF-8.
        """
        inside = "" if function in ("<module>", "") else f", in {function}"
        text = self.lines[line - 1].rstrip() if 0 < line <= len(self.lines) else ""
        where = clean(f"  {self.file}, line {line}{inside}")
        shown = _marked(text, columns) if text else []
        return "\n".join((where, *(f"    {row}" for row in shown)))


def _marked(text: str, columns: tuple[int, int] | None) -> list[str]:
    """A line of code, and a second one that marks a part of it; only the first where the part is all."""
    plain = text.strip()
    if columns is None:
        return [clean(plain)]
    data, indent = text.encode("utf-8", "replace"), len(text) - len(text.lstrip())
    start, end = (_character(data, column) - indent for column in columns)
    start, end = max(0, start), min(end, len(plain) + 1)  # what is missing is missed after the end
    if not plain.isprintable() or start >= end or (start, end) == (0, len(plain)):
        return [clean(plain)]
    cut = 0 if end <= _CODE_WIDTH else max(0, min(start - 4, len(plain) - _CODE_WIDTH))
    window = plain[cut : cut + _CODE_WIDTH]
    if cut:
        window = f"…{window[1:]}"
    if cut + _CODE_WIDTH < len(plain):
        window = f"{window[:-1]}…"
    plain += " "
    start, end = _cells(plain[cut:start]), _cells(plain[cut : min(end, cut + _CODE_WIDTH)])
    return [clean(window), " " * start + "^" * (end - start)]


def _character(data: bytes, column: int) -> int:
    """The character at which a column of a line stands; those after its end go on one by one."""
    inside = data[: max(0, column)].decode("utf-8", "ignore")
    return len(inside) + max(0, column - len(data))


def _cells(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if east_asian_width(sign) in "WF" else not combining(sign) for sign in text)


def explain(raised: dict[str, Any], listing: Listing, tier: str) -> tuple[State, str]:
    """The state and the message for an exception that was reported from the learner's process.

    The report is only data; what does not look like one is left out.
    """
    kind, number = raised.get("kind"), raised.get("errno")
    name = _text(raised.get("type"), _LONGEST_NAME) or "an exception"
    text = _text(raised.get("text"))
    state, head = State.LEARNER_ERROR, f"{name}: {text}" if text else name
    if kind == "not_implemented":
        state, head = State.NOT_ATTEMPTED, "Not written yet: NotImplementedError."
    elif kind == "memory":
        state, head = State.OUT_OF_MEMORY, f"It asked for more memory than is allowed ({name})."
    elif kind == "exit":
        head = "Your code ended the program (SystemExit)."
    elif isinstance(number, int) and (refused := _refused(tier).get(number)):
        state, head = State.BLOCKED, f"{head} ({refused})"
    elif advice := next((said for part, said in _ADVICE.items() if part in text), ""):
        head = f"{head}\n{advice}"
    elif name == "EOFError":
        head += " (nobody can type anything in here: do without `input()`)"
    parts = (
        head,
        _places(raised.get("lines"), listing),
        _values(raised.get("values")),
        *_related(raised.get("related")),
    )
    return state, "\n".join(part for part in parts if part)


def _refused(tier: str) -> dict[int, str]:
    return _REFUSED_EVERYWHERE if tier == PROCESS else _REFUSED_IN_A_SANDBOX


def _text(value: Any, longest: int = _LONGEST) -> str:
    if not isinstance(value, str):
        return ""
    short = "\n".join(value.split("\n")[:_MOST_LINES])
    return short if len(short) <= longest else f"{short[: longest - 1]}…"


def _entries(value: Any) -> list[Any]:
    return value[:_MOST_ENTRIES] if isinstance(value, list) else []


def _places(lines: Any, listing: Listing) -> str:
    shown = []
    for entry in _entries(lines):
        match entry:
            case [int(line), str(function), [int(start), int(end)]]:
                place = listing.place(line, function[:_LONGEST_NAME], (start, end))
            case [int(line), str(function), None]:
                place = listing.place(line, function[:_LONGEST_NAME])
            case _:
                continue
        if place not in shown:
            shown.append(place)
    return "\n".join(shown)


def _values(values: Any) -> str:
    """The shapes of what the last of the lines works on."""
    told = []
    for entry in _entries(values):
        match entry:
            case [str(name), None] if name.isidentifier():
                told.append(f"{name[:_LONGEST_NAME]} is None")
            case [str(name), list(shape)] if name.isidentifier() and all(map(_is_size, shape)):
                told.append(f"{name[:_LONGEST_NAME]} is {show_shape(tuple(shape[:8]))}")
    return f"    {', '.join(told)}" if told else ""


def _is_size(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 1 << 40


def _related(related: Any) -> Iterator[str]:
    """What the exception came from or consists of, a line for each."""
    for entry in _entries(related):
        match entry:
            case ["from" | "with" as how, str(name), str(text), int(line)]:
                said = ": ".join(part for part in (_text(name, _LONGEST_NAME), _text(text, 200)) if part)
                at = f" (line {line})" if line > 0 else ""
                yield f"{'It came from' if how == 'from' else 'One of them:'} {said}{at}"


MEDDLED = "Stopped: your code interfered with the grader's connection to it."


def explain_end(report: dict[str, Any] | None, memory_mb: int) -> tuple[State, str]:
    """The same for a process that is gone, from its keeper's report; None if the keeper is gone too."""
    match report:
        case {"reason": "memory"}:
            return State.OUT_OF_MEMORY, f"Stopped: it took more than {memory_mb} MB of memory."
        case {"reason": "processes"}:
            return (
                State.BLOCKED,
                "Stopped: it started too many processes or threads, or opened too many files.",
            )
        case {"reason": "hidden"}:
            return (
                State.BLOCKED,
                "Stopped: it hid one of its processes, so that its memory cannot be watched.",
            )
        case {"reason": "disk"}:
            return State.BLOCKED, f"Stopped: it wrote more than {FOLDER_MB} MB, or {FOLDER_FILES} files."
        case {"reason": "asked"}:
            return State.BLOCKED, MEDDLED  # it was there, and did not answer
        case {"reason": "itself", "exit": int(code)} if code == CUT_OFF:
            return State.BLOCKED, MEDDLED
        case {"reason": "itself", "exit": int(code)} if code < 0:
            return State.LEARNER_ERROR, f"Your code crashed the process ({_signal_name(-code)})."
        case {"reason": "itself", "exit": int(code)}:
            return State.LEARNER_ERROR, f"Your code ended its process (exit status {code}), as os._exit does."
    return State.BLOCKED, "Stopped: the process that watches over your code was ended."


def _signal_name(number: int) -> str:
    try:
        return f"{signal.Signals(number).name}, {signal.strsignal(number)}"
    except ValueError:
        return f"signal {number}"
