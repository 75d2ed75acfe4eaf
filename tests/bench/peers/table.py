"""The figures as Markdown, for the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from studytrack.files import write_atomically
from tests.bench.peers.environment import REQUIREMENTS


def times_table(times: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """For each grader and each submission the median and the 95th percentile of its times in seconds."""
    submissions = list(next(iter(times.values())))
    rows = [
        [name, *(_figures(of_one.get(submission, ())) for submission in submissions)]
        for name, of_one in times.items()
    ]
    return _table(["save to verdict", *submissions], rows)


def _figures(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "–"
    high = quantiles(seconds, n=20, method="inclusive")[-1]
    return f"{_shown(median(seconds))} · {_shown(high)}"


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def attacks_table(graders: Iterable[str], said: Mapping[str, Mapping[str, str]]) -> str:
    """What each grader said to each attack."""
    graders = list(graders)
    rows = [[attack, *(of_one[name] for name in graders)] for attack, of_one in said.items()]
    return _table(["all answers wrong", *graders], rows)


def enter(readme: Path, texts: Mapping[str, str]) -> None:
    """Puts each text between the two marks that name its place in the README."""
    whole = readme.read_text(encoding="utf-8")
    for name, text in texts.items():
        start, found, rest = whole.partition(f"<!-- peers: {name} -->\n")
        _, also_found, end = rest.partition("\n<!-- end -->")
        if not (found and also_found):
            raise ValueError(f"{readme} has no place for the {name}")
        whole = f"{start}{found}{text}{also_found}{end}"
    write_atomically(readme, whole)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def circumstances(isolation: str) -> str:
    """When and on what machine it was measured, with which versions."""
    pinned = [line.replace("==", " ") for line in REQUIREMENTS.read_text().splitlines() if "==" in line]
    machine = f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
    software = f"{platform.system()}, Python {platform.python_version()}, torch {version('torch')}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {machine}; {software}; {', '.join(pinned)}; studytrack in {isolation}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
