"""How long until *Today* stands on the screen, beside an empty Textual app.

    python -m tests.bench.first_frame [--runs N]

Both are started in turn, each in a pseudo-terminal, and timed from outside: from the start of the
process until it has painted the last row. Of *Today* its text must be there too; its footer, which
Textual adds a moment later, is timed apart. The home holds the view that an earlier start stored, as
it does on every start but the first.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.bench.terminal import COLUMNS, LAST_ROW, ROWS, terminal

HEAVY = {"torch", "fastai", "numpy", "pandas", "matplotlib", "pydantic", "yaml", "click"}
"""What must not be loaded before the first frame."""
MOST = 2.0
"""How many times as long as the empty app *Today* may take."""


def empty_app() -> list[float]:
    """Seconds until an empty app has painted its screen."""
    with terminal(sys.executable, "-m", "tests.bench.empty_app") as seen:
        return [seen.seconds_until(LAST_ROW)]


def today(home: Path) -> list[float]:
    """Seconds until *Today* is painted, and until its footer is."""
    with terminal(sys.executable, "-m", "studytrack", "--home", str(home)) as seen:
        return [seen.seconds_until(LAST_ROW, "This week"), seen.seconds_until("Help")]


def store_a_view(home: Path) -> None:
    """Starts the app once and waits until it has read everything and drawn what it found."""
    with terminal(sys.executable, "-m", "studytrack", "--home", str(home)) as seen:
        seen.seconds_until("This week", "Neural net foundations")


def modules_at_first_frame(home: Path) -> set[str]:
    """The modules that are loaded when the app has drawn its first frame."""
    report = home / "modules.json"
    with terminal(sys.executable, "-m", "tests.bench.probe", str(report), "--home", str(home)) as seen:
        seen.wait()
    modules = set(json.loads(report.read_text(encoding="utf-8")))
    report.unlink()
    return modules


def machine() -> str:
    """The processor, its cores and the versions, in a line."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    return (
        f"{processor}, {os.cpu_count()} cores; {platform.system()}, Python {platform.python_version()}, "
        f"Textual {version('textual')}; {COLUMNS}×{ROWS}"
    )


def row(name: str, seconds: Sequence[float], base: float) -> str:
    shown = "".join(f"{s * 1000:8.0f}" for s in (median(seconds), min(seconds), max(seconds)))
    return f"{name:<22}{shown}{median(seconds) / base:8.2f}"


def main() -> int:
    arguments = argparse.ArgumentParser(description="Times the first frame of Today.")
    arguments.add_argument("--runs", type=int, default=15, help="how often each is started")
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store_a_view(home)
        empty_app()  # both have been read from the disk once
        times = [(empty_app(), today(home)) for _ in range(runs)]
        loaded = modules_at_first_frame(home) & HEAVY
    empty = [blank[0] for blank, _ in times]
    frame, footer = ([shown[at] for _, shown in times] for at in (0, 1))
    base = median(empty)
    print(f"{machine()}; {runs} runs each, in turn\n")
    print(f"{'milliseconds':<22}{'median':>8}{'min':>8}{'max':>8}{'ratio':>8}")
    print(row("empty Textual app", empty, base))
    print(row("Today", frame, base))
    print(row("Today with its footer", footer, base))
    print(f"\nloaded too early: {', '.join(sorted(loaded)) or 'nothing'}")
    return int(bool(loaded) or median(frame) > MOST * base)


if __name__ == "__main__":
    sys.exit(main())
