"""However a run ends, nothing of it stays: cancelled, abandoned, its grader or its app killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path

import pytest

from studytrack.errors import UsageError
from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import CheckStarted, Event, Finished, Warming
from studytrack.grading.session import BlockingSession, GraderSession, grade
from studytrack.grading.verdict import State
from tests.grading.conftest import (
    SOLUTION,
    MakeExercise,
    await_end,
    command_line,
    descendants,
    processes_called,
)

FILE = Path("small.py")
ENDLESS = """\
import ctypes
import os


def twice(x):
    ctypes.CDLL(None).prctl(15, {name!r}.encode(), 0, 0, 0)
    if os.fork() == 0:
        os.setsid()
    while True:
        pass
"""


async def last(events: AsyncIterator[Event]) -> Finished:
    """The end of a run, whatever comes before it."""
    async for event in events:
        if isinstance(event, Finished):
            return event
    raise AssertionError("no end")


async def started(events: AsyncIterator[Event]) -> None:
    """Wait until the first check runs."""
    async for event in events:
        if isinstance(event, CheckStarted):
            return


def the_grader(exercise: Exercise) -> int:
    """The grader process that this process has started for an exercise."""
    folder = f'"folder": "{exercise.folder}"'
    return min(child for child in descendants(os.getpid()) if folder in command_line(child))


def test_a_cancelled_run_leaves_no_process_and_a_warm_worker(make_exercise: MakeExercise, tier: str) -> None:
    name = f"endless-{tier[:7]}"

    async def cancel() -> None:
        async with GraderSession(make_exercise(), tier=tier) as session:
            await session.warmed()
            async with aclosing(session.run(ENDLESS.format(name=name), FILE)) as events:
                await started(events)
                await session.cancel()
                assert processes_called(name) == []
                verdict = (await last(events)).verdict
            assert verdict.state is State.CANCELLED
            assert {check.state for check in verdict.checks} == {State.CANCELLED}
            assert session.warm
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED

    asyncio.run(cancel())


def test_a_run_that_nobody_listens_to_any_more_is_cancelled_by_the_next(
    make_exercise: MakeExercise, tier: str
) -> None:
    name = f"left-{tier[:7]}"

    async def leave() -> None:
        async with GraderSession(make_exercise(), tier=tier) as session:
            async with aclosing(session.run(ENDLESS.format(name=name), FILE)) as events:
                await started(events)
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED
            assert processes_called(name) == []

    asyncio.run(leave())


def test_a_run_can_be_cancelled_while_the_worker_warms(torch_exercise: Exercise) -> None:
    async def cancel() -> None:
        async with GraderSession(torch_exercise) as session:
            async with aclosing(session.run(SOLUTION, FILE)) as events:
                async for event in events:
                    if isinstance(event, Warming):
                        break
                await session.cancel()
                assert (await last(events)).verdict.state is State.CANCELLED
            assert session.isolation

    asyncio.run(cancel())


def test_cancelling_nothing_does_nothing(make_exercise: MakeExercise) -> None:
    async def cancel() -> None:
        async with GraderSession(make_exercise()) as session:
            await session.cancel()
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED
            await session.cancel()

    asyncio.run(cancel())


def test_a_check_that_hangs_can_be_cancelled(make_exercise: MakeExercise) -> None:
    hangs = """
from studytrack.grading.checks import check

@check("twice")
def hangs(grader, learner):
    while True: pass

hello = check("hello")(lambda grader, learner: None)
both = check("both")(lambda grader, learner: None)
"""

    exercise = make_exercise(checks__py=hangs)

    async def cancel() -> None:
        async with GraderSession(exercise) as session:
            async with aclosing(session.run(SOLUTION, FILE)) as events:
                await started(events)
                below = descendants(the_grader(exercise))
                await session.cancel()
                assert (await last(events)).verdict.state is State.CANCELLED
            await_end(below)

    asyncio.run(cancel())


def test_a_killed_grader_is_a_grader_error_and_replaced(
    make_exercise: MakeExercise, tier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"alone-{tier[:7]}"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    exercise = make_exercise()

    async def kill() -> None:
        async with GraderSession(exercise, tier=tier) as session:
            async with aclosing(session.run(ENDLESS.format(name=name), FILE)) as events:
                await started(events)
                below = descendants(the_grader(exercise))
                os.kill(the_grader(exercise), signal.SIGKILL)
                verdict = (await last(events)).verdict
            assert verdict.state is State.GRADER_ERROR
            assert not verdict.state.counts
            await_end(below)
            assert processes_called(name) == []
            assert list(temporary.iterdir()) == []
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED

    asyncio.run(kill())


def test_a_killed_worker_is_replaced_for_the_next_run(make_exercise: MakeExercise, tier: str) -> None:
    exercise = make_exercise()

    async def kill() -> None:
        async with GraderSession(exercise, tier=tier) as session:
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED
            below = descendants(the_grader(exercise))
            for process in below:
                with suppress(ProcessLookupError):  # it has gone with another
                    os.kill(process, signal.SIGKILL)
            await_end(below)
            assert (await last(session.run(SOLUTION, FILE))).verdict.state is State.PASSED

    asyncio.run(kill())


def test_a_killed_app_leaves_nothing(
    make_exercise: MakeExercise, tier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    exercise = make_exercise()
    app = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("app_that_dies.py"), exercise.folder.parent, tier],
        stdout=subprocess.PIPE,
        text=True,
    )
    with app:
        assert app.stdout
        assert app.stdout.readline() == "running\n"
        below = descendants(app.pid)
        assert len(below) >= 3, "a grader, a worker and an attempt"
        app.kill()
        await_end(below)
    assert list(temporary.iterdir()) == []


def test_a_closed_session_leaves_nothing(make_exercise: MakeExercise, tier: str) -> None:
    before = descendants(os.getpid())
    assert grade(make_exercise(), SOLUTION, FILE, tier=tier).state is State.PASSED
    assert descendants(os.getpid()) <= before


@pytest.mark.parametrize(
    ("checks", "says"),
    [
        ("raise RuntimeError('the author slipped')", "the author slipped"),
        ("from studytrack.grading.checks import check", "no function checks"),
        ("import sys\nsys.exit('the author left')", "the author left"),
        ("def twice(:", "SyntaxError"),
    ],
)
def test_a_fault_of_the_checks_is_never_the_learner_s(
    make_exercise: MakeExercise, checks: str, says: str
) -> None:
    with BlockingSession(make_exercise(checks__py=checks)) as session:
        finished = session.grade(SOLUTION, FILE)
    assert finished.verdict.state is State.GRADER_ERROR
    assert "costs you nothing" in finished.verdict.message
    assert says in finished.trace


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("learner.cull()", "no attribute 'cull'"),
        ("__import__('sys').exit('left')", "SystemExit: left"),
        ("exit('left')", "SystemExit: left"),
        ("1 / 0", "division"),
    ],
)
def test_a_check_that_fails_by_itself_does_not_stop_the_others(
    make_exercise: MakeExercise, small_exercise: Exercise, broken: str, says: str
) -> None:
    broken = small_exercise.checks_file.read_text().replace('learner.call("hello")', broken)
    with BlockingSession(make_exercise(checks__py=broken)) as session:
        finished = session.grade(SOLUTION, FILE)
    states = {check.id: check.state for check in finished.verdict.checks}
    assert states == {"twice": State.PASSED, "hello": State.GRADER_ERROR, "both": State.SKIPPED}
    assert finished.verdict.state is State.GRADER_ERROR
    assert says in finished.trace


def test_a_grader_that_ends_without_a_word_leaves_something_for_the_log(make_exercise: MakeExercise) -> None:
    with BlockingSession(make_exercise(checks__py="import os\nos._exit(0)")) as session:
        finished = session.grade(SOLUTION, FILE)
    assert finished.verdict.state is State.GRADER_ERROR
    assert "without a word" in finished.trace


def test_what_a_check_prints_does_not_disturb(make_exercise: MakeExercise, small_exercise: Exercise) -> None:
    noisy = "print('noise' * 1000)\n" + small_exercise.checks_file.read_text()
    assert grade(make_exercise(checks__py=noisy), SOLUTION, FILE).state is State.PASSED


def test_an_unknown_tier_is_refused(make_exercise: MakeExercise) -> None:
    with pytest.raises(UsageError, match="bubblewrap"):
        grade(make_exercise(), SOLUTION, FILE, tier="bubblewarp")


def test_a_tier_that_is_asked_for_and_cannot_be_had_is_an_error(
    make_exercise: MakeExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    verdict = grade(make_exercise(), SOLUTION, FILE, tier="bubblewrap")
    assert verdict.state is State.GRADER_ERROR
    assert "install the package `bubblewrap`" in verdict.message


def test_without_bubblewrap_another_tier_serves(
    make_exercise: MakeExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    verdict = grade(make_exercise(), SOLUTION, FILE)
    assert verdict.state is State.PASSED
    assert verdict.isolation in ("landlock", "process")


def test_the_environment_can_ask_for_a_tier(
    make_exercise: MakeExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTRACK_TIER", "process")
    assert grade(make_exercise(), SOLUTION, FILE).isolation == "process"


def test_a_worker_that_cannot_load_its_libraries_says_so(
    make_exercise: MakeExercise, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "torch.py").write_text("raise ImportError('this torch is broken')")
    for folder in (tmp_path, packages):
        folder.chmod(0o755)  # bubblewrap's worker does not stay root
    monkeypatch.setenv("PYTHONPATH", str(packages), prepend=os.pathsep)
    verdict = grade(make_exercise(preload="torch"), SOLUTION, FILE)
    assert verdict.state is State.GRADER_ERROR
    assert "this torch is broken" in verdict.message
