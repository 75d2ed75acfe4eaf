"""What the learner's code prints, made safe for a terminal."""

from __future__ import annotations

import codecs
import re

LONGEST_LINE = 2000
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS and the like
    r"|\x1b[ -/]*[0-~]?"
)
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean(text: str) -> str:
    """`text` without escape sequences, control characters and marks that reorder it.

    Of a line that was written over, as progress bars are, the last state stays.
    """
    text = _ESCAPES.sub("", text)
    last_states = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return _UNSAFE.sub("", "\n".join(last_states))


class Cleaner:
    """Cleans a stream of bytes line by line; what has no line end yet waits for it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._waiting = ""

    def feed(self, data: bytes) -> str:
        """The lines that are complete, and pieces of those that are too long."""
        text = self._waiting + self._decoder.decode(data)
        end = text.rfind("\n") + 1
        while len(text) - end > LONGEST_LINE:
            end += LONGEST_LINE
        self._waiting = text[end:]
        return clean(text[:end])

    def rest(self) -> str:
        """What still waits."""
        text = self._waiting + self._decoder.decode(b"", final=True)
        self._waiting = ""
        return clean(text)
