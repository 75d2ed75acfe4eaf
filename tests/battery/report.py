"""What came of the battery, as a page."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """What came of the battery for one exercise in one tier, as one user."""

    user: str
    exercise: str
    tier: str
    hostile: int
    odd: int
    earned: float
    """Points that hostile submissions got where the tier's limits excuse none."""
    states: dict[str, int]
    """How many of the hostile submissions ended as what."""
    limits: tuple[str, ...]
    faults: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        verdict = f"{len(self.faults)} FAULTS" if self.faults else "nothing got through"
        return (
            f"{self.exercise} in {self.tier}, as {self.user}: {self.hostile} hostile and {self.odd} odd but "
            f"right, {verdict}, {len(self.limits)} within stated limits, {self.seconds:.0f} s"
        )


def document(rows: Sequence[Row], missing: Iterable[str]) -> str:
    """The page, in Markdown."""
    return "\n".join(_lines(rows, missing)) + "\n"


def _lines(rows: Sequence[Row], missing: Iterable[str]) -> Iterator[str]:
    yield "# What came of the battery"
    yield ""
    yield f"Made by `make battery` on {datetime.now(UTC):%Y-%m-%d at %H:%M} UTC: {_machine()}."
    yield ""
    yield (
        "| exercise | tier | as | hostile | points earned | odd but right | got through | within limits "
        "| seconds |"
    )
    yield "|---|---|---|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        yield (
            f"| {row.exercise} | {row.tier} | {row.user} | {row.hostile} | {row.earned:g} | {row.odd} "
            f"| {len(row.faults)} | {len(row.limits)} | {row.seconds:.0f} |"
        )
    yield ""
    total = Counter[str]()
    for row in rows:
        total.update(row.states)
    yield f"The hostile ended as: {', '.join(f'{state} {count}' for state, count in total.most_common())}."
    yield from _section("What got through", (f"{_of(row)}: {fault}" for row in rows for fault in row.faults))
    yield from _section("Not to be had here", missing)
    yield from _section("Limits, as the tiers and the exercises state them", _limits(rows))


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield from [f"- {entry}" for entry in entries] or ["Nothing."]


def _limits(rows: Sequence[Row]) -> Iterator[str]:
    """What was within limits, once for each tier, without the paths of the day."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for limit in row.limits:
            attack, _, reached = limit.partition(": ")
            what = reached.partition(":")[0].partition(" (")[0]
            entry = f"{attack}: {reached}" if attack == "answers learnt by heart" else f"{attack}: {what}"
            place = row.exercise if attack == "answers learnt by heart" else row.tier
            found.setdefault(place, set()).add(entry)
    for place, entries in found.items():
        yield from (f"`{place}`: {entry}" for entry in sorted(entries))


def _of(row: Row) -> str:
    return f"`{row.exercise}` in {row.tier} as {row.user}"


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} × {model}, Linux {platform.release()}, Python {platform.python_version()}"
