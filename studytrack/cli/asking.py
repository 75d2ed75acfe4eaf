"""Asking the learner in the plain terminal, line by line; the answers may as well come from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Collection
from contextlib import suppress

from studytrack.cli.printing import heard, say


def ask(prompt: str) -> str:
    """A line of the learner's. Raises EOFError where there is none to come, or nobody is asked."""
    if sys.stdin is None or not heard():
        raise EOFError
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401 - lets `input` edit the line
        return input(prompt)
    say(prompt, newline=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        say(line.rstrip("\n"))  # no terminal has shown it
    if not line:
        raise EOFError
    return line.rstrip("\n")


def ask_number(prompt: str, offered: Collection[int], default: int) -> int:
    """One of the numbers offered; an empty line means the default. Asks until it is one."""
    while True:
        given = ask(f"{prompt} [{default}] ").strip()
        if not given:
            return default
        if given.isdecimal() and int(given) in offered:
            return int(given)
        say(f"Type one of {', '.join(map(str, sorted(offered)))}, or only enter.")


def ask_yes(prompt: str) -> bool:
    """Whether the learner says yes; anything else is no."""
    return ask(f"{prompt} [y/N] ").strip().lower() in {"y", "yes"}
