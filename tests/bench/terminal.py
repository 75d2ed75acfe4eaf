"""A program run in a pseudo-terminal, watched from outside as a person would watch it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

COLUMNS, ROWS = 120, 36
LAST_ROW = f"\x1b[{ROWS};1H"
"""What moves the cursor to the last row: with it a first picture of the whole screen is complete."""


class Terminal:
    """What a program wrote to its terminal so far, and when it was started."""

    def __init__(self, descriptor: int, started: float) -> None:
        self.written = ""
        self._descriptor = descriptor
        self._started = started

    def seconds_until(self, *signs: str, limit: float = 30.0) -> float:
        """How long after its start the program had written all of `signs`, escapes among them.

        Raises TimeoutError where it has not within `limit` seconds, or has ended.
        """
        while not all(sign in self.written for sign in signs):
            left = self._started + limit - time.perf_counter()
            ready = select.select([self._descriptor], [], [], max(left, 0))[0]
            if not ready or not self._read():
                raise TimeoutError(f"{signs} did not appear on the terminal, which shows:\n{self.text()}")
        return time.perf_counter() - self._started

    def wait(self, limit: float = 30.0) -> None:
        """Reads on until the program has ended."""
        while select.select([self._descriptor], [], [], limit)[0] and self._read():
            pass

    def text(self) -> str:
        """What was written, without the escapes."""
        return re.sub(r"\x1b(\[[^@-~]*[@-~]|\][^\x07]*\x07|.)", "", self.written)

    def _read(self) -> bool:
        try:
            data = os.read(self._descriptor, 1 << 16)
        except OSError:  # Linux's way of saying that the other side was closed
            return False
        self.written += data.decode(errors="replace")
        return bool(data)


@contextmanager
def terminal(*command: str) -> Iterator[Terminal]:
    """Starts `command` in a terminal of its own; it is killed on the way out."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    started = time.perf_counter()
    program = subprocess.Popen(
        command, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
    )
    os.close(its)
    try:
        yield Terminal(ours, started)
    finally:
        program.kill()
        program.wait()
        os.close(ours)
