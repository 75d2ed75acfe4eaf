"""The battery as every change must pass it: a part of it by default, all of one tier when slow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytrack.grading.battery.attack import Aims
from studytrack.grading.battery.judging import Outcome
from studytrack.grading.battery.limits import left_open
from studytrack.grading.battery.replay import replayed
from studytrack.grading.battery.running import attacked, odd_but_right
from studytrack.grading.battery.submissions import Submission, hostile, plainly_wrong
from studytrack.grading.battery.weaving import public_functions
from studytrack.grading.exercises import Exercise, find_exercises
from studytrack.grading.sandbox import probe
from studytrack.grading.session import BlockingSession
from studytrack.grading.source import read_source
from studytrack.grading.tiers import TIERS, plain
from studytrack.grading.verdict import State
from studytrack.paths import shipped_exercises
from tests.battery.world import World

EXERCISES = find_exercises([shipped_exercises()])
CHEAP_SECONDS = 30
"""Exercises that may take longer train for long: a third of them at a time."""
TURN = int(os.environ.get("STUDYTRACK_BATTERY_TURN", datetime.now(UTC).timetuple().tm_yday))
"""Which exercise, and which third, it is the turn of; by the day unless the environment says."""
ONE_OF = 14
"""By default one submission of so many is tried, others tomorrow."""
DEAR = [name for name, exercise in EXERCISES.items() if exercise.manifest.limits.seconds > CHEAP_SECONDS]


def todays_exercise() -> Exercise:
    return EXERCISES[list(EXERCISES)[TURN % len(EXERCISES)]]


def part(exercise: Exercise, aims: Aims) -> list[Submission]:
    """Some from all over the list, and of those that only wait for their end, one."""
    everything = [one for one in hostile(exercise, aims) if State.TIMEOUT not in one.ends]
    waiting = [one for one in hostile(exercise, aims) if State.TIMEOUT in one.ends]
    return everything[TURN % ONE_OF :: ONE_OF] + waiting[TURN % len(waiting) :][:1]


def told(outcomes: Iterator[Outcome]) -> list[str]:
    return [f"{one.line} {one.submission}: {fault}" for one in outcomes for fault in one.faults]


def test_a_part_of_the_battery_gets_nothing() -> None:
    with World(todays_exercise()) as world:
        faults = told(attacked(world.exercise, probe(), world, part(world.exercise, world.aims)))
        left = world.left()
    assert faults == []
    assert left == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EXERCISES)
def test_the_whole_battery_gets_nothing(name: str) -> None:
    """In the best tier; `make battery` takes all of them, and all exercises every time."""
    if name in DEAR and DEAR.index(name) % 3 != TURN % 3:
        pytest.skip("another third's turn")
    with World(EXERCISES[name]) as world:
        faults = told(attacked(world.exercise, probe(), world))
        faults += told(iter([replayed(world.exercise, probe())]))
        faults += told(odd_but_right(world.exercise, probe()))
        faults += world.left()
    assert faults == []


@pytest.mark.parametrize("name", EXERCISES)
def test_every_line_attacks_every_exercise(name: str) -> None:
    submissions = list(hostile(EXERCISES[name], Aims()))
    assert {one.line for one in submissions} == {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14}
    assert len({one.name for one in submissions}) == len(submissions)
    wrong = plainly_wrong(EXERCISES[name])
    assert public_functions(wrong) == public_functions(read_source(EXERCISES[name].starter))


def test_whatever_a_tier_leaves_open_means_something_to_the_battery() -> None:
    for tier in (*TIERS.values(), plain(filtered=True), plain(filtered=False)):
        left_open(tier)


def test_an_exercise_that_asks_too_little_is_found_out(tmp_path: Path) -> None:
    exercise = _lenient(tmp_path)
    with BlockingSession(exercise) as session:
        assert session.grade(plainly_wrong(exercise), exercise.starter).verdict.score == 1
    among = [one for one in hostile(exercise, Aims()) if one.name == "NaN"]
    with World(exercise) as world:
        faults = told(attacked(world.exercise, probe(), world, among))
    assert any("it earned 1 of 1 points" in fault for fault in faults)


def _lenient(folder: Path) -> Exercise:
    from tests.grading.conftest import write_exercise

    checks = """\
from studytrack.grading.checks import Grader, Learner, check


@check("answers")
def answers(grader: Grader, learner: Learner) -> None:
    learner.call("twice", 1)
"""
    manifest = """\
id: lenient
title: Anything goes
lesson: any
summary: Nothing is compared.
minutes: 5
preload: []
limits: {seconds: 5, memory_mb: 200, output_kb: 64}
hints: [Think., Write.]
checks:
  - {id: answers, title: answers}
"""
    return write_exercise(folder / "lenient", {"checks.py": checks, "exercise.yaml": manifest})
