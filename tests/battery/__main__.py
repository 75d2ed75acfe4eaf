"""The whole battery: `python -m tests.battery`, or `make battery`.

Every exercise, on every tier that this machine has, as the present user and, where that is root, as
a normal one too. Writes what came of it to `RESULTS.md` beside this file; ends with status 1 if
anything got through. Takes some minutes for each exercise and tier.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from studytrack.errors import GradingError
from studytrack.files import write_atomically
from studytrack.grading.battery.replay import replayed
from studytrack.grading.battery.running import attacked, odd_but_right
from studytrack.grading.exercises import Exercise, find_exercises
from studytrack.grading.sandbox import probe
from studytrack.grading.tiers import TIERS, Tier
from studytrack.paths import shipped_exercises
from tests.battery.as_user import PROCESSES_OF_ITS_OWN, command_for
from tests.battery.report import Row, document
from tests.battery.world import World

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Run what the options ask for."""
    options = _options()
    if options.rows:
        rows, missing = _here(options)
        Path(options.rows).write_text(json.dumps({"rows": [asdict(row) for row in rows], "missing": missing}))
    else:
        rows, missing = _as_every_user(options.only_me)
        if not (options.exercise or options.tier):
            write_atomically(RESULTS, document(rows, missing))
    sys.exit(any(row.faults for row in rows))


def _here(options: argparse.Namespace) -> tuple[list[Row], list[str]]:
    """All that is asked for, as the present user; and which tiers it does not have."""
    exercises = find_exercises([shipped_exercises()])
    tiers, missing = _tiers(options.tier or list(TIERS))
    user = "root" if os.geteuid() == 0 else "a normal user"
    rows = []
    for name in options.exercise or exercises:
        for tier in tiers:
            rows.append(run(exercises[name], tier, user, options.seeds))
            print(rows[-1], *rows[-1].faults, sep="\n    ", flush=True)
    return rows, [f"{user}: {why}" for why in missing]


def run(exercise: Exercise, tier: Tier, user: str, seeds: int = 1) -> Row:
    """Fire everything at one exercise in one tier."""
    start = perf_counter()
    with World(exercise) as world:
        hostile = list(attacked(world.exercise, tier, world))
        hostile.append(replayed(world.exercise, tier))
        odd = list(odd_but_right(world.exercise, tier, seeds))
        left = world.left()
    outcomes = [*hostile, *odd]
    return Row(
        user=user,
        exercise=exercise.id,
        tier=tier.name,
        hostile=len(hostile),
        odd=len(odd),
        earned=sum(one.verdict.score for one in hostile if one.verdict and not one.limit),
        states=dict(Counter(str(one.verdict.state) if one.verdict else "not tried" for one in hostile)),
        limits=tuple(f"{one.submission}: {one.limit}" for one in outcomes if one.limit),
        faults=(*(f"{one.submission}: {fault}" for one in outcomes for fault in one.faults), *left),
        seconds=perf_counter() - start,
    )


def _tiers(names: Sequence[str]) -> tuple[list[Tier], list[str]]:
    """The tiers that work here, and why the others do not."""
    found, missing = [], []
    for name in names:
        try:
            found.append(probe(name))
        except GradingError as error:
            missing.append(f"{name}: {error}")
    return found, missing


def _as_every_user(only_me: bool) -> tuple[list[Row], list[str]]:
    """The same in processes of their own: as the present user and, where that is root, as a normal one.

    They run side by side, root's in process ids of its own too: a signal to all shall not end the
    machine's.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        files = [Path(folder, "me.json"), Path(folder, "a normal user.json")]
        again = [sys.executable, "-B", "-m", "tests.battery", *sys.argv[1:], "--rows"]
        mine, user_s = ([*again, str(file)] for file in files)
        started = [subprocess.Popen(["unshare", *PROCESSES_OF_ITS_OWN, *mine] if os.geteuid() == 0 else mine)]
        if os.geteuid() == 0 and not only_me:
            started.append(subprocess.Popen(command_for(user_s)))
        found = [_collected(process, file) for process, file in zip(started, files, strict=False)]
    return [row for rows, _ in found for row in rows], [why for _, missing in found for why in missing]


def _collected(process: subprocess.Popen[bytes], file: Path) -> tuple[list[Row], list[str]]:
    """What a run wrote down when it is over."""
    status = process.wait()
    if not file.exists():
        raise SystemExit(f"as {file.stem} the battery ended with status {status}")
    data = json.loads(file.read_text())
    rows = [
        Row(**{**row, "limits": tuple(row["limits"]), "faults": tuple(row["faults"])}) for row in data["rows"]
    ]
    return rows, data["missing"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.battery", description=__doc__)
    parser.add_argument("--exercise", action="append", help="one exercise; may be given again")
    parser.add_argument("--tier", action="append", choices=list(TIERS), help="one tier; may be given again")
    parser.add_argument("--seeds", type=int, default=1, help="on how many seeds the odd but right are graded")
    parser.add_argument("--only-me", action="store_true", help="not as a normal user as well")
    parser.add_argument("--rows", help="write the figures as JSON to this file instead")
    return parser.parse_args()


if __name__ == "__main__":
    main()
