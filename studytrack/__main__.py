"""Where the program starts: the app without arguments, the commands with them."""

from __future__ import annotations

import os
import sys

CANCELLED = 130


def main() -> None:
    """Opens the app, or runs a command. The app does not wait for the commands to be imported."""
    try:
        sys.exit(_start(sys.argv[1:]))
    except KeyboardInterrupt:  # before there was anything to cancel
        sys.exit(CANCELLED)


def _start(arguments: list[str]) -> int:
    from studytrack.start import app_options, open_app

    options = app_options(arguments)
    completing = "_STUDYTRACK_COMPLETE" in os.environ  # the shell asks how a command goes on
    if options is not None and not completing:
        return open_app(options)
    from studytrack.cli import run

    return run(arguments)


if __name__ == "__main__":
    main()
