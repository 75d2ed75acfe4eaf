"""The exercise's screen with the grader itself: real processes, and none of them left behind."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from studytrack.library import Library
from studytrack.paths import shipped_curriculum, shipped_exercises
from studytrack.study import Study
from tests.grading.conftest import await_end, descendants
from tests.tui.clock import Clock
from tests.tui.keyboard import Keyboard, at_keyboard
from tests.tui.test_exercise import at_exercise, drawn, work_file


@asynccontextmanager
async def ready(study: Study) -> AsyncIterator[Keyboard]:
    async with at_exercise(study) as keyboard:
        await keyboard.until(lambda: "ctrl+r runs" in keyboard.sees("#state"))
        yield keyboard


async def test_the_starter_then_a_right_answer(study: Study) -> None:
    solution = study.library.exercise("line").solution.read_text(encoding="utf-8")
    async with ready(study) as keyboard:
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: "Not attempted yet" in keyboard.sees("#state"))
        work_file(study).write_text(solution, encoding="utf-8")
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: "✓ Passed: 3/3 points" in keyboard.sees("#state"))
        assert "Checks 3/3 points" in keyboard.sees("#checks")
    assert study.state.ticked("straight-lines/line")


@pytest.mark.parametrize("leave", [["escape", "escape"], ["ctrl+q"]])
async def test_leaving_during_a_run_leaves_no_process(study: Study, leave: list[str]) -> None:
    before = descendants(os.getpid())
    study.practice.start("line")
    work_file(study).write_text("print('endless', flush=True)\nwhile True: pass\n", encoding="utf-8")
    async with ready(study) as keyboard:
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: "endless" in keyboard.sees("#told"))
        below = descendants(os.getpid()) - before
        assert below
        await keyboard.press(*leave)
    await_end(below)
    assert not study.state.attempts


@pytest.mark.slow
async def test_a_right_solution_trains_with_its_curve_to_full_points(study: Study, clock: Clock) -> None:
    shipped = Study(study.home, clock, Library([shipped_curriculum()], [shipped_exercises()]))
    file = shipped.practice.start("fit_quadratic")
    solution = shipped.library.exercise("fit_quadratic").solution
    file.write_text(solution.read_text(encoding="utf-8"), encoding="utf-8")
    async with at_keyboard(shipped, (120, 36)) as keyboard:
        keyboard.app.open_exercise("fit_quadratic")
        await keyboard.until(lambda: "ctrl+r runs" in keyboard.sees())
        await keyboard.press("ctrl+r")
        await keyboard.until(lambda: drawn(keyboard))
        assert "loss" in keyboard.sees("#numbers")
        await keyboard.until(lambda: "✓ Passed: 5/5 points" in keyboard.sees("#state"))
        assert drawn(keyboard)
    assert shipped.state.ticked("neural-net-foundations/fit_quadratic")
    shipped.close()
