"""How long a learner waits for the grader: `python -m tests.bench.save_to_verdict`.

In each tier that the machine has, with the exercise `tensors`: from its opening to the first verdict;
then, while the worker is warm, from a save to its verdict, from a save to the first metric of a
training, from a save that is watched for until its code runs, and from a cancel until every process is
gone.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from studytrack.errors import GradingError
from studytrack.grading.exercises import Exercise, find_exercises
from studytrack.grading.messages import Finished, Metrics, Started
from studytrack.grading.sandbox import probe
from studytrack.grading.session import GraderSession
from studytrack.grading.source import read_source
from studytrack.grading.tiers import TIERS
from studytrack.grading.watching import saves
from studytrack.paths import shipped_exercises

RUNS = 40
TRAINS = "from studytrack import live\n\nwhile True:\n    live.log(loss=1.0)\n"
PAUSE = 0.3
"""Seconds between two saves; a learner's are further apart."""


async def to_verdict(session: GraderSession, code: str, file: Path) -> float:
    """Seconds from a save to its verdict."""
    start = perf_counter()
    async for event in session.run(code, file):
        if isinstance(event, Finished):
            return perf_counter() - start
    raise GradingError("no verdict came")


async def to_first_metric(session: GraderSession, _: str, file: Path) -> float:
    """Seconds from a save to the first point of its curve."""
    start = perf_counter()
    async with aclosing(session.run(TRAINS, file)) as events:
        async for event in events:
            if isinstance(event, Metrics):
                return perf_counter() - start
    raise GradingError("no metric came")


async def to_cancelled(session: GraderSession, _: str, file: Path) -> float:
    """Seconds from a cancel until every process of the attempt is gone."""
    async with aclosing(session.run("while True:\n    pass\n", file)) as events:
        async for event in events:
            if isinstance(event, Started):
                break
        start = perf_counter()
        await session.cancel()
        return perf_counter() - start


async def to_watched_run(session: GraderSession, code: str, file: Path) -> float:
    """Seconds from a save, as an editor makes it, until the code runs, where saves are watched for."""
    with TemporaryDirectory() as folder:
        work = Path(folder, file.name)
        work.write_text("", encoding="utf-8")
        told = saves(work, "")
        noticed = asyncio.create_task(anext(told))
        await asyncio.sleep(PAUSE)  # until the watching has begun
        start = perf_counter()
        new = work.with_suffix(".new")
        new.write_text(code, encoding="utf-8")
        new.replace(work)
        async with aclosing(session.run(await noticed, work)) as events:
            async for event in events:
                if isinstance(event, Started):
                    seconds = perf_counter() - start
                    await told.aclose()
                    return seconds
    raise GradingError("it did not start")


async def repeat(measure: Callable[[], Awaitable[float]]) -> str:
    """The median and the 95th percentile of a measure, in milliseconds."""
    times = []
    for _ in range(RUNS):
        await asyncio.sleep(PAUSE)
        times.append(1000 * await measure())
    return f"{statistics.median(times):6.0f} ms  {statistics.quantiles(times, n=20)[-1]:6.0f} ms"


async def bench(exercise: Exercise, tier: str) -> None:
    """Print the figures of one tier."""
    file, code = exercise.solution, read_source(exercise.solution)
    start = perf_counter()
    async with GraderSession(exercise, tier=tier) as session:
        await to_verdict(session, code, file)
        print(f"{tier}, {exercise.id}\n  cold, to the first verdict   {perf_counter() - start:6.2f} s")
        await asyncio.sleep(5)  # until what may follow is loaded too
        for name, measure in (
            ("save to verdict", to_verdict),
            ("save to first metric", to_first_metric),
            ("watched save to its run", to_watched_run),
            ("cancel to all gone", to_cancelled),
        ):
            figures = await repeat(lambda measure=measure: measure(session, code, file))  # type: ignore[misc]
            print(f"  {name:<27} {figures}  (median, 95th percentile)")


def main() -> None:
    """Bench every tier that the machine has."""
    exercise = find_exercises([shipped_exercises()])["tensors"]
    for tier in TIERS:
        try:
            probe(tier)
        except GradingError as error:
            print(f"{tier}: {error}")
        else:
            asyncio.run(bench(exercise, tier))


if __name__ == "__main__":
    main()
