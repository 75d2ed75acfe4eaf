"""Earlier attempts in the app: what was said to each, what separates it from now, and taking one up again."""

from __future__ import annotations

from dataclasses import replace

from studytrack.grading.verdict import State, Verdict
from studytrack.study import Study
from tests.tui.clock import Clock
from tests.tui.keyboard import at_keyboard
from tests.tui.scripted import EXACT, FAILS, FOUND, NOISY, PASSES, ScriptedGrader, check, ended
from tests.tui.test_exercise import at_exercise, work_file

FIRST = "def slope(x, y):\n    return sum(y) / sum(x)\n"
SECOND = "def slope(x, y):\n    return sum(x) / sum(y)\n"


def attempted(study: Study, clock: Clock, *codes: str) -> None:
    """Attempts a minute apart, and the last code in the learner's file."""
    study.practice.start("line")
    wrong = check("noisy", State.INCORRECT, "It is `3`.")
    verdict: Verdict = ended(State.PARTIAL, check("exact"), wrong).verdict
    for code in codes:
        study.practice.record_attempt(verdict, code, {"loss": 0.25})
        work_file(study).write_text(code, encoding="utf-8")
        clock.moment = clock.moment.replace(minute=clock.moment.minute + 1)


async def test_the_newest_comes_first_with_what_was_said(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    attempted(study, clock, FIRST, SECOND)
    async with at_exercise(study) as keyboard:
        assert "Best so far 1/3; H shows your attempts." in keyboard.sees("#state")
        await keyboard.press("H")
        assert keyboard.place == "AttemptsScreen"
        lines = [line for line in keyboard.picture().splitlines() if "1/3" in line]
        assert [line.split()[1] for line in lines[:2]] == ["2", "1"]
        assert f"✓ 1 {EXACT} ✗ 0 {NOISY} It is 3." in keyboard.sees("#told")
        assert "bubblewrap · loss 0.25" in keyboard.sees("#told")
        await keyboard.press("escape")
        assert keyboard.place == "ExerciseScreen"


async def test_how_each_ended_is_said_in_words(study: Study, grader: ScriptedGrader) -> None:
    study.practice.start("line")
    for state in (State.LEARNER_ERROR, State.PARTIAL):
        study.practice.record_attempt(ended(state).verdict, FIRST)
    async with at_exercise(study) as keyboard:
        await keyboard.press("H")
        assert "not yet · " in keyboard.sees("#told")
        await keyboard.press("down")
        assert "your code stopped with an error · " in keyboard.sees("#told")


async def test_why_one_could_not_be_run_is_still_said(study: Study, grader: ScriptedGrader) -> None:
    study.practice.start("line")
    verdict = replace(ended(State.LEARNER_ERROR).verdict, message="SyntaxError: '[' was never closed")
    study.practice.record_attempt(verdict, FIRST)
    async with at_exercise(study) as keyboard:
        await keyboard.press("H")
        assert "SyntaxError: '[' was never closed" in keyboard.sees("#told")


async def test_without_any_it_says_so(study: Study, grader: ScriptedGrader) -> None:
    async with at_exercise(study) as keyboard:
        await keyboard.press("H", "enter", "d", "r")
        assert keyboard.place == "AttemptsScreen"
        assert "There is no attempt yet." in keyboard.sees()


async def test_enter_compares_with_the_file_as_it_is_now(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    attempted(study, clock, FIRST, SECOND)
    async with at_exercise(study) as keyboard:
        await keyboard.press("H", "down", "enter")
        assert keyboard.place == "DifferenceScreen"
        assert "attempt 1 │your file now" in keyboard.sees("#names")
        assert "2 ~ return sum(y) / sum(x) │2 ~ return sum(x) / sum(y)" in keyboard.sees()
        await keyboard.resize(80, 24)
        assert "2 - return sum(y) / sum(x) 2 + return sum(x) / sum(y)" in keyboard.sees()
        await keyboard.press("escape", "up", "d")
        assert "They are the same." in keyboard.sees()


async def test_equal_lines_are_folded_until_they_are_asked_for(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    long = "\n".join(f"n{n} = {n}" for n in range(100))
    attempted(study, clock, f"{long}\nx = 1\n", f"{long}\nx = 2\n")
    async with at_exercise(study) as keyboard:
        await keyboard.press("H", "down", "d")
        assert "⋯ 97 equal lines" in keyboard.sees()
        await keyboard.press("f")
        assert "equal lines" not in keyboard.sees("DifferenceView")
        assert "x = 1" not in keyboard.sees()
        await keyboard.press("end")
        await keyboard.until(lambda: "101 ~ x = 1 │101 ~ x = 2" in keyboard.sees())


async def test_an_attempt_is_taken_up_again_and_what_was_typed_is_kept(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    attempted(study, clock, FIRST, SECOND)
    async with at_exercise(study) as keyboard:
        await keyboard.press("i")
        await keyboard.write("# mine")
        await keyboard.press("escape", "H", "down", "r")
        assert "Put the code of attempt 1 back?" in keyboard.sees()
        await keyboard.press("escape", "r", "enter")
        assert keyboard.place == "ExerciseScreen"
        assert "the other is in line.1.py" in keyboard.told[-1]
        assert "return sum(y) / sum(x)" in keyboard.sees("#code")
    assert work_file(study).read_text(encoding="utf-8") == FIRST
    assert work_file(study).with_name("line.1.py").read_text(encoding="utf-8") == f"# mine{SECOND}"


async def test_an_attempt_that_is_taken_back_leaves_the_list(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    attempted(study, clock, FIRST, SECOND)
    async with at_exercise(study) as keyboard:
        await keyboard.press("H", "u")
        assert keyboard.sees("#attempts").count("1/3") == 1
    study.tick("straight-lines/video")
    async with at_exercise(study) as keyboard:
        await keyboard.press("H", "u")
        assert "was not here" in keyboard.told[-1]
    assert study.state.ticked("straight-lines/video")


async def test_what_was_wrong_stands_in_its_parts_one_below_the_other(
    study: Study, grader: ScriptedGrader
) -> None:
    wrong = check("noisy", State.INCORRECT, "all in one line", FOUND)
    grader.say(*FAILS[:-2], wrong, ended(State.PARTIAL, check("exact"), wrong))
    async with at_exercise(study) as keyboard:
        await keyboard.press("ctrl+r")
        lines = [line[61:].strip() for line in keyboard.picture().splitlines()]
        start = lines.index("the slope:")
        assert lines[start : start + 7] == [
            "the slope:",
            "called    slope(x, y)",
            "with      x = tensor([1, 2])",
            "y = tensor([2, 4.25])",
            "got       3",
            "expected  2.1",
            "→ The sum of x is not the sum of squares.",
        ]
        assert "all in one line" not in keyboard.sees()
        grader.say(*PASSES)
        await keyboard.press("ctrl+r")
        assert "called" not in keyboard.sees("#checks")


async def test_on_a_small_screen_a_long_part_is_wrapped_in_its_column(
    study: Study, grader: ScriptedGrader
) -> None:
    wrong = check("noisy", State.INCORRECT, "", FOUND)
    grader.say(ended(State.PARTIAL, check("exact"), wrong))
    async with at_exercise(study, (40, 40)) as keyboard:
        await keyboard.press("ctrl+r")
        assert "with x = tensor([1, 2]) y = tensor([2, 4.25]) got 3" in keyboard.sees("#checks")


async def test_the_keys_of_both_screens_are_in_the_help_or_on_the_line(
    study: Study, grader: ScriptedGrader, clock: Clock
) -> None:
    attempted(study, clock, FIRST)
    async with at_keyboard(study, (120, 50)) as keyboard:
        keyboard.app.open_exercise("line")
        await keyboard.settle()
        await keyboard.press("H", "question_mark")
        assert "puts that code back" in keyboard.sees()
        await keyboard.press("escape", "enter")
        assert "f Fold/unfold what is equal" in keyboard.footer
