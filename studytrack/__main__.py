"""Where the program starts: the app without arguments, the commands with them."""

from __future__ import annotations

import sys


def main() -> None:
    """Opens the app, or runs a command. The app does not wait for the commands to be imported."""
    from studytrack.start import app_options, open_app

    options = app_options(sys.argv[1:])
    if options is not None:
        sys.exit(open_app(options))
    from studytrack.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
