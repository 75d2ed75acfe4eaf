"""Metrics while the training runs: they arrive, they are bounded, and they never disturb it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack import live
from studytrack.grading.exercises import Exercise
from studytrack.grading.live_lines import read_line
from studytrack.grading.messages import Metrics, Point
from studytrack.grading.session import GraderSession
from studytrack.grading.verdict import State
from studytrack.live.shown import shown
from studytrack.live.thinning import thin
from tests.grading.conftest import SOLUTION, Grade, Graded


def points(graded: Graded) -> list[Point]:
    return [point for event in graded.events if isinstance(event, Metrics) for point in event.points]


def logging(body: str) -> str:
    """The solution, which logs while it is imported."""
    return f"from studytrack import live\n{body}\n{SOLUTION}"


def test_metrics_arrive_while_the_code_still_runs(small_exercise: Exercise) -> None:
    endless = logging("live.log(loss=0.5)\nwhile True: pass")

    async def first_metric() -> Point:
        async with (
            GraderSession(small_exercise) as session,
            aclosing(session.run(endless, Path("small.py"))) as events,
        ):
            async for event in events:
                if isinstance(event, Metrics):
                    return event.points[0]
        raise AssertionError("none came")

    assert asyncio.run(first_metric()) == {"step": 0, "loss": 0.5}


def test_what_was_logged_last_is_shown_before_the_check_is_done(grade: Grade) -> None:
    graded = grade(logging("for step in range(5000): live.log(step=step, loss=1 / (step + 1))"))
    assert graded.verdict.state is State.PASSED
    found = points(graded)
    assert found[0]["step"] == 0
    assert found[-1] == {"step": 4999, "loss": 1 / 5000}
    steps = [point["step"] for point in found]
    assert steps == sorted(steps, key=lambda step: step or 0)


def test_a_flood_of_metrics_is_thinned(grade: Grade) -> None:
    graded = grade(logging("for step in range(100_000): live.log(loss=step)"))
    assert graded.verdict.state is State.PASSED
    batches = [event for event in graded.events if isinstance(event, Metrics)]
    assert len(batches) <= 2 + 20 * graded.verdict.seconds
    assert all(len(batch.points) <= 100 for batch in batches)
    assert points(graded)[-1]["loss"] == 99_999


def test_nan_and_infinity_are_told_as_nothing(grade: Grade) -> None:
    graded = grade(logging("live.log(loss=float('nan'), other=float('inf'), right=1)"))
    assert points(graded) == [{"step": 0, "loss": None, "other": None, "right": 1}]


def test_what_is_no_number_is_the_learner_s_error(grade: Grade) -> None:
    graded = grade(logging("live.log(loss='small')"))
    assert graded.verdict.state is State.LEARNER_ERROR
    assert "must be a single number" in graded.verdict.message


def test_tensors_can_be_logged(grade_with_torch: Grade) -> None:
    graded = grade_with_torch(
        """
        import torch
        from studytrack import live
        live.log(loss=torch.tensor(0.5, requires_grad=True), one=torch.ones(1))
        """
    )
    assert points(graded) == [{"step": 0, "loss": 0.5, "one": 1.0}]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe that logging is connected to."""
    reader, writer = os.pipe()
    shown.connect(writer)
    yield reader, writer
    shown.disconnect()
    os.close(writer)
    os.close(reader)


def test_a_reader_that_stalls_never_stops_the_training(pipe: tuple[int, int]) -> None:
    for step in range(100_000):
        live.log(step=step, loss=0.5)
    shown.flush()
    lines = os.read(pipe[0], 1 << 20).splitlines()
    assert len(lines) > 100
    assert all(json.loads(line)["loss"] == 0.5 for line in lines), "every line is whole"


def test_a_reader_that_is_gone_never_stops_the_training() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    shown.connect(writer)
    live.log(loss=1)
    shown.flush()
    shown.disconnect()
    os.close(writer)


def test_logging_alone_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    live.log(loss=1.0)
    live.log(step=3, loss=2.0, accuracy=0.5)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{}",
        b'{"step": 1}',
        b'{"loss": 1}',
        b'{"step": NaN, "loss": 1}',
        b'{"step": true, "loss": 1}',
        b'{"step": 1, "loss": "1"}',
        b'{"step": 1, "loss": [1]}',
        b'{"step": 1, "a b": 1}',
        b'{"step": 1, "' + b"x" * 61 + b'": 1}',
        b'{"step": 1, ' + b", ".join(b'"m%d": 1' % n for n in range(17)) + b"}",
        b"[" * 4000,
        b'{"step": 1, "loss": 1' + b" " * 5000 + b"}",
    ],
)
def test_what_is_not_a_point_is_dropped(line: bytes) -> None:
    assert read_line(line) is None


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(line: bytes) -> None:
    read_line(line)


@given(st.integers(0, 500), st.integers(1, 50))
def test_thinning_keeps_the_last_and_the_order(count: int, most: int) -> None:
    all_of_them: list[Point] = [{"step": step} for step in range(count)]
    kept = thin(all_of_them, most)
    assert len(kept) <= most
    assert kept[-1:] == all_of_them[-1:]
    assert [point for point in all_of_them if point in kept] == kept
