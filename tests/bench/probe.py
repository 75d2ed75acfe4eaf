"""Runs the app as its command does; at its first frame writes down which modules are loaded, and ends.

python -m tests.bench.probe REPORT [options of the app]
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from textual.app import App

from studytrack.__main__ import main

if __name__ == "__main__":
    report = Path(sys.argv.pop(1))

    def leave(app: App[object]) -> None:
        modules = sorted(sys.modules)
        report.write_text(json.dumps(modules), encoding="utf-8")
        os._exit(0)

    App.post_display_hook = leave  # type: ignore[method-assign, assignment]
    main()
