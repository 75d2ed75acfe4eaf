"""Line 6: files that are no program, and files that lie beside one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studytrack.grading.battery.attack import one
from studytrack.grading.battery.weaving import weave
from studytrack.grading.verdict import State

_ERROR = one(State.LEARNER_ERROR)
_NOTHING = one(State.NOT_ATTEMPTED)
_WRONG = one(State.INCORRECT)

SHADOW = "raise SystemExit('the file beside it was run')\n"


@dataclass(frozen=True)
class WholeFile:
    """A file as it lies on the disk."""

    name: str
    data: bytes
    ends: frozenset[State]
    called: str = "mine.py"
    """The name of the file."""
    beside: dict[str, str] = field(default_factory=dict)
    """Other files in its folder, by name."""


def whole_files(starter: str) -> Iterator[WholeFile]:
    """Files of line 6 for an exercise with this starter."""
    wrong = weave(starter)
    data = wrong.encode()
    yield WholeFile("a syntax error", data + b"def broken(:\n", _ERROR)
    yield WholeFile("a file cut off in the middle", b'"""Not ended\n' + data, _ERROR)
    yield WholeFile("the marks of a merge", b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> mine\n", _ERROR)
    yield WholeFile("tabs and spaces", data + b"def f():\n\tif 1:\n        pass\n\tpass\n  pass\n", _ERROR)
    yield WholeFile("a return outside of a function", data + b"return 1\n", _ERROR)
    yield WholeFile("an await outside of a function", data + b"await 1\n", _ERROR)
    yield WholeFile("null bytes", data + b"x = '\0'\n", _ERROR)
    yield WholeFile("nothing but null bytes", bytes(1000), _ERROR)
    yield WholeFile("latin-1 that is not declared", data + "name = 'é'\n".encode("latin-1"), _ERROR)
    yield WholeFile("UTF-16", wrong.encode("utf-16"), _ERROR)
    yield WholeFile("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), _ERROR)
    yield WholeFile("nesting without end", data + b"x = " + b"(" * 100_000, _ERROR)
    yield WholeFile("an expression without end", data + b"x = " + b"-" * 100_000 + b"1\n", _ERROR)
    yield WholeFile("a file of a megabyte", data + b"# x\n" * 250_000, _ERROR)
    yield WholeFile("a missing import", b"import no_such_library\n" + data, _ERROR)
    yield WholeFile("an import from nowhere", b"from torch import no_such_name\n" + data, _ERROR)
    yield WholeFile(
        "its own folder's file",
        b"import helper_beside\n" + data,
        _ERROR,
        beside={"helper_beside.py": "x = 1\n"},
    )
    yield WholeFile("an empty file", b"", _NOTHING)
    yield WholeFile("nothing but a byte order mark", b"\xef\xbb\xbf", _NOTHING)
    yield WholeFile("nothing but a comment", b"# to do\n", _NOTHING)
    yield WholeFile("the starter", starter.encode(), _NOTHING)
    yield WholeFile(
        "the starter, in another layout", b"# mine\n" + starter.replace("\n", "\r\n").encode(), _NOTHING
    )
    yield WholeFile("the starter and a change that does nothing", starter.encode() + b"\nNone\n", _NOTHING)
    yield WholeFile(
        "torch.py beside it",
        b"import torch\n" + data,
        _WRONG,
        beside={"torch.py": SHADOW, "numpy.py": SHADOW},
    )
    yield WholeFile(
        "random.py beside it",
        b"import random, json, studytrack\n" + data,
        _WRONG,
        beside={"random.py": SHADOW, "json.py": SHADOW, "studytrack.py": SHADOW, "sitecustomize.py": SHADOW},
    )
    yield WholeFile("a file called torch.py", b"import torch\n" + data, _WRONG, called="torch.py")
