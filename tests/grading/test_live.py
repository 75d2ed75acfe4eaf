"""Metrics while the training runs: they arrive, they are bounded, and they never disturb it."""

from __future__ import annotations

import asyncio
import importlib
import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack import live
from studytrack.grading.exercises import Exercise
from studytrack.grading.feed import Feed
from studytrack.grading.live_lines import EpochRow, read_line
from studytrack.grading.messages import Event, Metrics, Part, Point, Progress, Training
from studytrack.grading.on_import import on_import
from studytrack.grading.session import GraderSession
from studytrack.grading.verdict import State
from studytrack.live.shown import shown
from studytrack.live.thinning import thin, thin_points
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
        b'{"epoch": 1}',
        b'{"epoch": {"loss": 1}}',
        b'{"epoch": {"epoch": 1, "loss": "x"}}',
        b'{"progress": []}',
        b'{"progress": [0.5, []]}',
        b'{"progress": [0.5, [["a b", 1, 2]]]}',
        b'{"progress": [0.5, [["step", "1", 2]]]}',
        b'{"training": {}}',
        b'{"training": {"title": 1, "over": "lr"}}',
        b'{"training": {"title": "", "over": "a b"}}',
    ],
)
def test_what_stands_for_nothing_is_dropped(line: bytes) -> None:
    assert read_line(line) is None


def test_what_a_training_sends_is_read() -> None:
    assert read_line(b'{"progress": [0.25, [["epoch", 1, 2], ["batch", 5, null]]]}') == Progress(
        0.25, (Part("epoch", 1, 2), Part("batch", 5, None))
    )
    assert read_line(b'{"training": {"title": "a\\u001b[31mb\\n  c", "over": "lr"}}') == Training(
        "ab c", "lr"
    )
    row = read_line(b'{"epoch": {"epoch": 1, "loss": NaN, "seconds": 0.5}}')
    assert row == {"epoch": 1, "loss": None, "seconds": 0.5}
    assert isinstance(row, EpochRow)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
HOSTILE = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["step", "epoch", "progress", "training", "title", "over", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["step", "epoch", "progress", "training", "loss"]), HOSTILE))
def test_whatever_is_read_is_small_and_can_be_sent_on(data: dict[str, object]) -> None:
    match read_line(json.dumps(data).encode()):
        case Progress(share, parts):
            assert share is None or 0 <= share <= 1
            assert 0 < len(parts) <= 3
            assert all(0 <= part.done <= 10**12 and len(part.name) <= 60 for part in parts)
        case Training(title, over):
            assert len(title) <= 60
            assert over.isidentifier()
        case dict(numbers):
            assert len(numbers) <= 18
            assert all(value is None or math.isfinite(value) for value in numbers.values())
        case nothing:
            assert nothing is None


@given(st.lists(st.sampled_from([b'{"step": 1, "loss": 2}', b'{"epoch": {"epoch": 1, "a": 2}}', b"x" * 99])))
def test_the_feed_bounds_what_it_keeps(lines: list[bytes]) -> None:
    told: list[Event] = []
    feed = Feed(told.append, 1000)
    for _ in range(5):
        feed.take_metrics(b"".join(line + b"\n" for line in lines * 500))
    feed.flush()
    for event in told:
        assert isinstance(event, Metrics)
        assert len(event.points) <= 100
        assert len(event.epochs) <= 100


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


@given(st.lists(st.sampled_from("abc")), st.integers(3, 20))
def test_thinning_keeps_the_rare_among_the_many(names: list[str], most: int) -> None:
    all_of_them = [{"step": step, name: 1} for step, name in enumerate(names)]
    kept = thin_points(all_of_them, most)
    assert len(kept) <= most
    assert [point for point in all_of_them if point in kept] == kept
    assert {name for point in kept for name in point} == {name for point in all_of_them for name in point}


def shown_by(graded: Graded) -> list[Metrics]:
    return [event for event in graded.events if isinstance(event, Metrics)]


def last_progress(graded: Graded) -> Progress | None:
    return [event.progress for event in shown_by(graded) if event.progress][-1]


def test_a_step_of_many_is_progress(grade: Grade) -> None:
    graded = grade(logging("for i in range(40): live.log(step=i, of=40, loss=1)"))
    assert last_progress(graded) == Progress(1.0, (Part("step", 40, 40),))


def test_a_tracked_loop_counts_the_steps(grade: Grade) -> None:
    graded = grade(logging("for i in live.track(range(30)):\n    live.log(loss=i)\n    live.log(accuracy=i)"))
    assert last_progress(graded) == Progress(1.0, (Part("step", 30, 30),))
    assert points(graded)[-2:] == [{"step": 29, "loss": 29}, {"step": 29, "accuracy": 29}]
    assert shown_by(graded)[0].training == Training()


EPOCHS = """
for epoch in live.track(range(3)):
    for batch in live.track(iter("abcd"), of=4):
        live.log(loss=epoch)
    for batch in live.track("ab"):
        pass
    live.log(valid_loss=epoch / 2)
"""


def test_loops_in_a_loop_are_epochs_with_a_table(grade: Grade) -> None:
    graded = grade(logging(EPOCHS))
    rows = [row for event in shown_by(graded) for row in event.epochs]
    assert [(row["epoch"], row["loss"], row["valid_loss"]) for row in rows] == [
        (1, 0, 0),
        (2, 1, 0.5),
        (3, 2, 1),
    ]
    assert all((row["seconds"] or 0) > 0 for row in rows)
    assert [point["step"] for point in points(graded) if "valid_loss" in point] == [6, 12, 18]
    progress = last_progress(graded)
    assert progress
    assert progress.share == 1


def test_a_loop_that_is_left_leaves_no_trace(grade: Grade) -> None:
    graded = grade(
        logging(
            "import contextlib\n"
            "for a in live.track(range(9)):\n    break\n"
            "kept = live.track(range(5)); next(kept)\n"
            "with contextlib.suppress(ZeroDivisionError):\n"
            "    for b in live.track(range(5)): 1 / 0\n"
        )
        + "\n\ndef hello():\n    for c in live.track(range(2)): live.log(loss=1)\n    return 'hello'\n"
    )
    assert graded.verdict.state is State.PASSED
    assert last_progress(graded) == Progress(1.0, (Part("step", 2, 2),))


def test_each_call_that_counts_for_itself_is_another_training(grade: Grade) -> None:
    body = "def twice(x):\n    live.log(loss=1)\n    live.log(loss=2)\n    return 2 * x\n"
    graded = grade(f"from studytrack import live\n{SOLUTION}\n{body}")
    assert points(graded)[-1] == {"step": 1, "loss": 2}
    assert sum(event.training is not None for event in shown_by(graded)) >= 1


@pytest.mark.parametrize(
    "line",
    [
        '{"epoch": {"epoch": 1, "loss": 1}}',
        '{"progress": [0.5, [["step", 1, 2]]]}',
        '{"training": {"title": "forged", "over": "step"}}',
        '{"step": 1, "loss": 1}',
    ],
)
def test_a_million_forged_events_change_nothing_but_the_picture(grade: Grade, line: str) -> None:
    forging = f"""
import os
from studytrack.grading.keeper import METRICS
block = ({line!r} + "\\n").encode() * 1000
for _ in range(200):
    try:
        os.write(METRICS, block)
    except OSError:
        pass
"""
    graded = grade(logging(forging))
    assert graded.verdict.state is State.PASSED
    assert graded.verdict.score == graded.verdict.max_score
    batches = shown_by(graded)
    assert len(batches) <= 5 + 20 * graded.verdict.seconds
    assert all(len(batch.points) <= 100 and len(batch.epochs) <= 100 for batch in batches)


def test_who_uses_no_fastai_does_not_pay_for_it(grade: Grade) -> None:
    graded = grade("import sys\nprint([name for name in sys.modules if 'fast' in name.split('.')[0]])")
    assert graded.verdict.output == "[]\n"


def test_something_is_done_when_a_module_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "awaited.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("sys.meta_path", list(sys.meta_path))
    on_import({"awaited": lambda module: vars(module).update(value=2), "never_there": print})
    assert importlib.import_module("awaited").value == 2
    monkeypatch.delitem(sys.modules, "awaited")
    assert importlib.import_module("awaited").value == 1, "once is enough"
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("never_there")
