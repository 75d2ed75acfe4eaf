"""What all graders are given: the same trivial function, right, wrong, and wrong with an attack."""

from __future__ import annotations

from pathlib import Path

RIGHT = "def twice(x):\n    return x * 2\n"
RIGHT_WITH_TORCH = f"import torch\n\n\n{RIGHT}"
"""As every file of a course on deep learning begins."""
WRONG = "def twice(x):\n    return x * 3 + 1\n"

ALWAYS_EQUAL = """\
class Anything:
    def __eq__(self, other):
        return True


def twice(x):
    return Anything()
"""
EXITS = "import os\n\n\ndef twice(x):\n    os._exit(0)\n"
ENDLESS = "def twice(x):\n    while True:\n        pass\n"
FLOODS = """\
line = "x" * 99 + "\\n"


def twice(x):
    import sys

    for _ in range(150):
        sys.stdout.write(line * 10_000)
    return x * 3 + 1
"""


def takes_memory(mark: Path) -> str:
    """Takes 3 GB; where that succeeds, the file `mark` tells of it."""
    return f"""\
from pathlib import Path


def twice(x):
    taken = b"x" * (3 << 30)
    Path({str(mark)!r}).touch()
    return x * 3 + 1
"""
