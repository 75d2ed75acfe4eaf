"""An exercise: what the grader says appears as it is said, and nothing the learner wrote is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from studytrack.grading.messages import (
    CheckStarted,
    Event,
    Finished,
    Metrics,
    Output,
    Part,
    Point,
    Progress,
    Started,
    Warming,
)
from studytrack.grading.protocol import WorkerState
from studytrack.grading.verdict import State
from studytrack.study import Study
from tests.tui.keyboard import Keyboard, at_keyboard
from tests.tui.scripted import EXACT, FAILS, NOISY, PASSES, ScriptedGrader, check, ended, falling

STARTED = Started("bubblewrap", warm=True)


@asynccontextmanager
async def at_exercise(study: Study, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Keyboard]:
    async with at_keyboard(study, size) as keyboard:
        keyboard.app.open_exercise("line")
        await keyboard.settle()
        yield keyboard


def work_file(study: Study) -> Path:
    return study.home.work("line") / "line.py"


async def test_the_starter_is_put_there_and_the_task_shown(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        assert "Write slope(x, y), the slope w of the line y = wx" in keyboard.sees("#task")
        assert "ctrl+r runs the checks." in keyboard.sees("#state")
        assert f"· 1 {EXACT} · 2 {NOISY}" in keyboard.sees("#checks")
    assert work_file(study).read_text(encoding="utf-8").startswith('"""Fit a line."""')


async def test_a_run_of_the_starter_is_not_an_attempt(study: Study, grader: ScriptedGrader) -> None:
    grader.say(STARTED, ended(State.NOT_ATTEMPTED, message="Write your part first."))
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "– Not attempted yet. Write your part first." in keyboard.sees("#state")
        assert f"– 0 {EXACT} (not attempted)" in keyboard.sees("#checks")
    assert grader.codes == [work_file(study).read_text(encoding="utf-8")]
    assert not study.state.attempts


async def test_the_checks_turn_one_by_one(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        grader.say(Warming("torch", 2))
        await keyboard.press("ctrl+r")
        assert "Loading torch … 0 s (usually 2 s)" in keyboard.sees("#state")
        await keyboard.until(lambda: "Loading torch … 1 s" in keyboard.sees("#state"))
        turns: list[tuple[Event, str]] = [
            (STARTED, f"· 1 {EXACT} · 2 {NOISY}"),
            (CheckStarted("exact"), f"… 1 {EXACT} (running) · 2 {NOISY}"),
            (check("exact"), f"Checks 1/3 points ✓ 1 {EXACT} · 2 {NOISY}"),
            (CheckStarted("noisy"), f"✓ 1 {EXACT} … 2 {NOISY} (running)"),
            (check("noisy", State.INCORRECT, "It is 3."), f"✓ 1 {EXACT} ✗ 0 {NOISY} It is 3."),
        ]
        for event, shown in turns:
            grader.say(event)
            await keyboard.settle()
            assert shown in keyboard.sees("#checks")
        assert "sandboxed (bubblewrap) · warm · escape cancels" in keyboard.sees("#state")


async def test_the_loss_moves_while_it_trains(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        assert not keyboard.widget("CurvePane").display
        grader.say(STARTED, falling(10))
        await keyboard.press("ctrl+r")
        assert "step 9 loss 1" in keyboard.sees("#numbers")
        await keyboard.until(lambda: drawn(keyboard))
        before = keyboard.sees("#plot")
        grader.say(falling(200, start=10))
        await keyboard.settle()
        assert "step 209 loss 0.04762" in keyboard.sees("#numbers")
        await keyboard.until(lambda: keyboard.sees("#plot") != before)
        assert "200" in keyboard.sees("#plot")


async def test_a_loop_that_logs_nothing_takes_one_line(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        grader.say(STARTED, Metrics((), (), Progress(0.5, (Part("step", 1, 2),))))
        await keyboard.press("ctrl+r")
        await keyboard.settle()
        assert "step 1/2" in keyboard.sees("#numbers")
        assert keyboard.widget("CurvePane").size.height == 1
        grader.say(falling(10))
        await keyboard.until(lambda: drawn(keyboard))
        assert keyboard.widget("CurvePane").size.height > 6


def trained(epochs: int) -> Metrics:
    """What a training shows that has two losses, a metric, a learning rate and epochs."""
    points: tuple[Point, ...] = tuple(
        {
            "step": float(step),
            "loss": 10 / (step + 1),
            "lr": 0.01,
            "valid_loss": 12 / (step + 1),
            "accuracy": 0.5,
        }
        for step in range(10 * epochs)
    )
    rows: tuple[Point, ...] = tuple(
        {"epoch": float(n + 1), "train_loss": 1 / (n + 1), "seconds": 1.0} for n in range(epochs)
    )
    return Metrics(points, rows, Progress(0.5, (Part("epoch", epochs, 2 * epochs),)))


async def test_curves_are_told_apart_without_colour(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        grader.say(STARTED, trained(2))
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        assert "⠤ loss ● valid_loss" in keyboard.sees("#legend")
        assert "●" in keyboard.sees("#plot")
        assert "accuracy ▁" in keyboard.sees("#small")
        assert "lr ▁" in keyboard.sees("#small")
        assert "epoch 2/4 loss 0.5 valid_loss 0.6" in keyboard.sees("#numbers")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_t_shows_the_epochs_and_the_curve_again(
    study: Study, grader: ScriptedGrader, size: tuple[int, int]
) -> None:
    async with at_exercise(study, size) as keyboard:
        await keyboard.press("t")
        assert keyboard.told == ["There are no epochs yet."]
        grader.say(STARTED, trained(6))
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        await keyboard.press("t")
        assert "epoch train_loss time 1 1 1.0 s 2 0.5 1.0 s" in keyboard.sees("#epochs")
        assert not keyboard.widget("#plot").display
        await keyboard.press("t")
        assert keyboard.widget("#plot").display


async def test_a_loss_that_is_lost_is_told_in_words(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        lost = tuple({"step": float(n), "loss": None} for n in range(37, 50))
        grader.say(STARTED, falling(37), Metrics(lost))
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        assert "step 49 loss NaN since step 37" in keyboard.sees("#numbers")


UNUSUAL: list[list[float | None]] = [
    [0.5],
    [0.5, 0.5, 0.5],
    [1e300, -1e300, 5e-324],
    [1e-320, 2e-320],
    [1e20, 1e20 + 16384],
    [0.1, 0.1 + 1e-16],
    [None, None],
]


@pytest.mark.parametrize("size", [(120, 36), (40, 24)])
async def test_no_numbers_break_the_picture(
    study: Study, grader: ScriptedGrader, size: tuple[int, int]
) -> None:
    async with at_exercise(study, size) as keyboard:
        for values in UNUSUAL:
            points = tuple({"step": step * 1e300, "loss": value} for step, value in enumerate(values))
            grader.say(STARTED, Metrics(points), ended(State.INCORRECT))
            await keyboard.press("ctrl+r")
            assert "loss" in keyboard.sees("#numbers")
            assert "✗ Not yet" in keyboard.sees("#state")


async def test_the_attempt_keeps_its_curve(study: Study, grader: ScriptedGrader) -> None:
    grader.say(STARTED, falling(3000), ended(State.INCORRECT))
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
    [attempt] = study.events()[-1:]
    curve = attempt.body.curves["loss"]  # type: ignore[union-attr]
    assert len(curve) <= 100
    assert (curve[0], curve[-1]) == ((0, 10), (2999, 10 / 3000))


async def test_a_pass_is_kept_ticks_its_line_and_says_when_it_returns(
    study: Study, grader: ScriptedGrader
) -> None:
    grader.say(*PASSES)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "✓ Passed: 3/3 points in 0.3 s. It comes back in" in keyboard.sees("#state")
        assert "Checks 3/3 points" in keyboard.sees("#checks")
        await keyboard.press("escape")
        assert "Exercises 1/2" in keyboard.sees()
    assert study.state.ticked("straight-lines/line")


async def test_what_failed_says_why_and_the_metrics_are_kept(study: Study, grader: ScriptedGrader) -> None:
    grader.say(*FAILS)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "✗ Not yet: 1/3 points" in keyboard.sees("#state")
        assert "The sum of x is not the sum of squares." in keyboard.sees("#checks")
    [attempt] = study.events()[-1:]
    assert attempt.body.metrics == {"loss": 0.25}  # type: ignore[union-attr]


async def test_output_is_shown_and_the_next_run_begins_without_it(
    study: Study, grader: ScriptedGrader
) -> None:
    grader.say(STARTED, Output("[bold]not markup[/bold]\n"), Output("second"), ended(State.INCORRECT))
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "Output [bold]not markup[/bold] second" in keyboard.sees("#told")
        grader.say(STARTED)
        await keyboard.press("ctrl+r")
        assert "Output" not in keyboard.sees("#told")


async def test_a_fault_of_the_grader_is_not_the_learners(study: Study, grader: ScriptedGrader) -> None:
    verdict = ended(State.GRADER_ERROR).verdict
    grader.say(STARTED, Finished(verdict, "Traceback: the check is broken"))
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "That is not your fault and costs you nothing." in keyboard.sees("#state")
        assert "What happened is in" in keyboard.sees("#state")
    assert "the check is broken" in study.home.log.read_text(encoding="utf-8")
    assert not study.state.attempts


async def test_escape_cancels_a_run_and_then_leads_back(study: Study, grader: ScriptedGrader) -> None:
    grader.say(STARTED)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r", "escape")
        assert keyboard.place == "ExerciseScreen"
        assert "– Cancelled. It does not count." in keyboard.sees("#state")
        await keyboard.press("escape")
        assert keyboard.place == "TodayScreen"
        assert grader.open == 0
    assert not study.state.attempts


async def test_running_again_supersedes_what_runs(study: Study, grader: ScriptedGrader) -> None:
    grader.say(STARTED)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r", "ctrl+r")
        grader.say(*PASSES)
        await keyboard.settle()
        assert "✓ Passed" in keyboard.sees("#state")
    assert len(grader.codes) == 2
    assert len(study.state.attempts["line"]) == 1


async def test_hints_come_one_by_one_and_then_the_solution_is_named(
    study: Study, grader: ScriptedGrader
) -> None:
    async with at_exercise(study, (80, 24)) as keyboard:
        await keyboard.press("h")
        assert "Hint 1 of 2 The best slope makes the squared errors small." in keyboard.sees("#task")
        assert "Hint 2 of 2" not in keyboard.sees("#task")
        await keyboard.press("h")
        assert "Hint 2 of 2" in keyboard.sees("#task")
        await keyboard.press("h")
        [told] = keyboard.told
        assert told.startswith("There is no further hint; d compares with the solution. You have not passed")
        assert "hint 2/2" in keyboard.sees("TopBar")
    assert study.practice.hints_taken("line") == 2


async def test_the_solution_asks_its_price_and_no_costs_nothing(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("d")
        assert keyboard.place == "Confirm"
        assert "passing it counts as Again" in keyboard.sees()
        await keyboard.press("escape")
        assert keyboard.place == "ExerciseScreen"
        assert "line" not in study.state.solutions
        await keyboard.press("d", "enter")
        assert keyboard.place == "DifferenceScreen"
        assert "return sum(a * b for a, b in zip(x, y, strict=True" in keyboard.sees()
        await keyboard.press("escape", "d")
        assert keyboard.place == "DifferenceScreen"
    assert "line" in study.state.solutions


async def test_starting_over_asks_and_keeps_what_was_written(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("i")
        await keyboard.write("# mine")
        await keyboard.press("escape", "R", "enter")
        assert "your earlier code is in line.1.py" in keyboard.told[-1]
        assert "# mine" not in keyboard.sees("#code")
    assert work_file(study).with_name("line.1.py").read_text(encoding="utf-8").startswith("# mine")


async def test_an_attempt_that_is_taken_back_is_not_shown_any_longer(
    study: Study, grader: ScriptedGrader
) -> None:
    grader.say(*FAILS)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "✗ Not yet" in keyboard.sees("#state")
        await keyboard.press("u")
        assert "ctrl+r runs the checks." in keyboard.sees("#state")
        assert "✗" not in keyboard.sees("#told")
        grader.say(*FAILS)
        await keyboard.press("ctrl+r")
        await keyboard.press("H", "u", "escape")
        assert "ctrl+r runs the checks." in keyboard.sees("#state")


async def test_starting_over_forgets_what_was_said_of_the_earlier_code(
    study: Study, grader: ScriptedGrader
) -> None:
    grader.say(Output("a word"), *PASSES)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        assert "✓ Passed" in keyboard.sees("#state")
        await keyboard.press("R", "enter")
        assert "Best so far 3/3" in keyboard.sees("#state")
        assert "✓" not in keyboard.sees("#told")
        assert "a word" not in keyboard.sees("#told")


async def test_undo_after_starting_over_says_where_the_code_is_before_it_takes_an_attempt_back(
    study: Study, grader: ScriptedGrader
) -> None:
    grader.say(*PASSES)
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r", "R", "enter", "u")
        assert "line.1.py" in keyboard.told[-1]
        assert study.state.attempts["line"]
        await keyboard.press("u")
        assert "Taken back" in keyboard.told[-1]


@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
async def test_leaving_closes_the_grader(study: Study, grader: ScriptedGrader, leave: str) -> None:
    async with at_exercise(study) as keyboard:
        assert grader.open == 1
        await keyboard.press(leave)
    assert grader.open == 0


def drawn(keyboard: Keyboard) -> bool:
    """Whether there is a curve, which is drawn in Braille dots."""
    return any("\u2801" <= letter <= "\u28ff" for letter in keyboard.sees("CurvePane"))


async def test_the_top_line_says_how_ready_the_grader_is_and_where_it_runs(
    study: Study, grader: ScriptedGrader
) -> None:
    async with at_exercise(study) as keyboard:
        assert "about 10 min" in keyboard.sees("TopBar")
        grader.tell(WorkerState(warm=False, isolation="bubblewrap", loading="torch"))
        await keyboard.settle()
        assert "loading torch …" in keyboard.sees("TopBar")
        grader.tell(WorkerState(warm=True, isolation="bubblewrap"))
        await keyboard.settle()
        assert "sandboxed (bubblewrap) · warm" in keyboard.sees("TopBar")
        grader.tell(WorkerState(warm=False, isolation="bubblewrap", dropped=True))
        await keyboard.press("j")
        assert "asleep" in keyboard.sees("TopBar")
        assert grader.woken
        assert keyboard.told == []


@pytest.mark.parametrize(
    ("isolation", "said"), [("landlock", "It is landlock here: it leaks."), ("process", "There is none here")]
)
async def test_what_a_weaker_sandbox_leaves_open_is_said_once(
    study: Study, grader: ScriptedGrader, isolation: str, said: str
) -> None:
    async with at_exercise(study) as keyboard:
        for warm in (False, True):
            grader.tell(WorkerState(warm, isolation, ("it leaks",)))
            await keyboard.settle()
        assert len(keyboard.told) == 1
        assert said in keyboard.told[0]
        assert "studytrack doctor" in keyboard.told[0]
