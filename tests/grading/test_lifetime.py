"""A warm worker is kept while it is of use: renewed as it ages, dropped when nobody comes, never missed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from studytrack.grading.exercises import Exercise
from studytrack.grading.lifetime import Fate, Lifetime, memory_left
from studytrack.grading.session import BlockingSession, GraderSession
from studytrack.grading.verdict import State
from tests.grading.conftest import SOLUTION, MakeExercise, descendants
from tests.grading.test_endings import last, the_grader

FILE = Path("small.py")


@pytest.mark.parametrize(
    ("idle", "age", "attempts", "memory", "fate"),
    [
        (0, 0, 0, 1, Fate.KEPT),
        (1199, 3600, 499, 0.05, Fate.KEPT),
        (1200, 0, 0, 1, Fate.DROPPED),
        (31, 0, 0, 0.03, Fate.DROPPED),
        (31, 14400, 0, 1, Fate.RENEWED),
        (31, 0, 500, 1, Fate.RENEWED),
        (29, 14400, 500, 1, Fate.KEPT),
    ],
)
def test_what_becomes_of_a_worker(idle: float, age: float, attempts: int, memory: float, fate: Fate) -> None:
    assert Lifetime().fate(idle=idle, age=age, attempts=attempts, memory=memory) is fate


def test_the_memory_that_is_left_is_a_share() -> None:
    assert 0 < memory_left() <= 1


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def below(exercise: Exercise) -> set[int]:
    """The processes below the exercise's grader: its worker, and what stands ready for an attempt."""
    return descendants(the_grader(exercise))


async def passes(session: GraderSession) -> bool:
    return (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED


def test_one_that_nobody_uses_is_dropped_and_comes_back_when_called(
    make_exercise: MakeExercise, tier: str
) -> None:
    exercise = make_exercise()

    async def leave_and_return() -> None:
        lifetime = Lifetime(idle=0.3, look_every=0.02)
        async with GraderSession(exercise, tier=tier, lifetime=lifetime) as session:
            await session.warmed()
            await until(lambda: session.dropped)
            await until(lambda: not below(exercise))
            assert not session.warm
            await session.wake()
            await session.warmed()
            await until(lambda: session.dropped)
            assert await passes(session), "a run brings it back as well"

    asyncio.run(leave_and_return())


def test_one_that_is_worn_is_replaced_in_a_quiet_moment(make_exercise: MakeExercise, tier: str) -> None:
    exercise = make_exercise()

    async def wear_out() -> None:
        lifetime = Lifetime(attempts=3, quiet=0.1, look_every=0.02)
        async with GraderSession(exercise, tier=tier, lifetime=lifetime) as session:
            await session.warmed()
            before = below(exercise)
            assert await passes(session)
            assert await passes(session)
            await until(lambda: not below(exercise) & before)
            assert await passes(session)

    asyncio.run(wear_out())


def test_where_memory_is_short_the_worker_gives_way(make_exercise: MakeExercise) -> None:
    exercise = make_exercise()

    async def run_short() -> None:
        async with GraderSession(exercise, lifetime=Lifetime(least_memory=2, look_every=0.02)) as session:
            await session.warmed()
            await until(lambda: session.dropped)
            assert await passes(session)

    asyncio.run(run_short())


def test_two_exercises_open_in_turn_share_nothing(make_exercise: MakeExercise, tier: str) -> None:
    marks = """
import builtins, os, sys, tempfile
sys.modules["marked"] = builtins.marked = os
open("marked", "w").close()
open(os.path.join(tempfile.gettempdir(), "marked"), "w").close()
os.environ["MARKED"] = "1"
"""
    looks = """
import builtins, os, sys, tempfile
found = (hasattr(builtins, "marked"), "marked" in sys.modules, "MARKED" in os.environ)
print(*found, os.path.exists("marked"), "marked" in os.listdir(tempfile.gettempdir()))
"""
    with (
        BlockingSession(make_exercise("one"), tier=tier) as one,
        BlockingSession(make_exercise("other"), tier=tier) as other,
    ):
        for first, second in ((one, other), (other, one), (one, one)):
            assert first.grade(marks + SOLUTION, FILE).verdict.state is State.PASSED
            seen = second.grade(looks + SOLUTION, FILE).verdict
            assert seen.output.split() == ["False"] * 5
