"""What is said to a learner whose code raised or ended its process."""

from __future__ import annotations

import errno
import signal
from dataclasses import dataclass
from typing import Any

from studytrack.grading.keeper import CUT_OFF, FOLDER_FILES, FOLDER_MB
from studytrack.grading.output import clean
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import State

_LONGEST = 2000
_REFUSED_EVERYWHERE = {
    errno.EPERM: "the sandbox does not allow this",
    errno.ENETUNREACH: "there is no network in the sandbox",
    errno.EAFNOSUPPORT: "there is no network in the sandbox",
    errno.ENOSPC: "only so much may be written to disk",
    errno.EFBIG: "only so much may be written to disk",
}
_REFUSED_IN_A_SANDBOX = _REFUSED_EVERYWHERE | {
    errno.EACCES: "this file or folder is out of reach in the sandbox",
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
    "Trying to backward through the graph a second time": (
        "Each step computes the loss afresh: the graph of the step before is gone after its `backward()`."
    ),
    "unsupported operand type(s) for *: 'float' and 'NoneType'": (
        "A `.grad` is None until `backward()` has run, and for a tensor that was computed from others: "
        "`w = w - lr * w.grad` makes a new tensor, which has none."
    ),
}
"""What torch's most common errors come from, by a part of their text."""


@dataclass(frozen=True)
class Listing:
    """The learner's source, for showing its lines."""

    file: str
    lines: tuple[str, ...]

    def place(self, line: int, function: str) -> str:
        """Where something is, with the line itself."""
        inside = "" if function in ("<module>", "") else f", in {function}"
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return clean(f"  {self.file}, line {line}{inside}" + (f"\n    {text}" if text else ""))


def explain(raised: dict[str, Any], listing: Listing, tier: str) -> tuple[State, str]:
    """The state and the message for an exception that was reported from the learner's process.

    The report is only data; what does not look like one is left out.
    """
    kind, number = raised.get("kind"), raised.get("errno")
    name = _text(raised.get("type")) or "an exception"
    text = _text(raised.get("text"))
    places = _places(raised.get("lines"), listing)
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
        head += " (there is no standard input here)"
    return state, f"{head}\n{places}".rstrip()


def _refused(tier: str) -> dict[int, str]:
    return _REFUSED_EVERYWHERE if tier == PROCESS else _REFUSED_IN_A_SANDBOX


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _places(lines: Any, listing: Listing) -> str:
    shown = []
    for entry in lines if isinstance(lines, list) else []:
        match entry:
            case [int(line), str(function)] if (place := listing.place(line, function)) not in shown:
                shown.append(place)
    return "\n".join(shown)


MEDDLED = "Stopped: your code interfered with the grader's connection to it."


def explain_end(report: dict[str, Any] | None, memory_mb: int) -> tuple[State, str]:
    """The same for a process that is gone, from its keeper's report; None if the keeper is gone too."""
    match report:
        case {"reason": "memory"}:
            return State.OUT_OF_MEMORY, f"Stopped: it took more than {memory_mb} MB of memory."
        case {"reason": "processes"}:
            return State.BLOCKED, "Stopped: it started too many processes."
        case {"reason": "disk"}:
            return State.BLOCKED, f"Stopped: it wrote more than {FOLDER_MB} MB, or {FOLDER_FILES} files."
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
