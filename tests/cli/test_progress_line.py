"""The line that tells what an attempt is doing: on a terminal, in any width, and nowhere else."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from studytrack.cli.progress_line import ProgressLine
from studytrack.grading.messages import (
    CheckStarted,
    Event,
    Metrics,
    Part,
    Progress,
    Started,
    Warming,
)

TRAINED = Metrics(
    ({"step": 299, "loss": 0.1234567, "accuracy": 0.9},),
    progress=Progress(0.5, (Part("epoch", 2, 3), Part("batch", 20, 100))),
)
NOISE = "finds the slope among noise that is there"


class Terminal(io.StringIO):
    """Standard error as a terminal, and what stands in its line."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        return self.getvalue().rpartition("\x1b[K")[2]


class Pipe(Terminal):
    """Standard error that leads elsewhere."""

    def isatty(self) -> bool:
        return False


@pytest.fixture(params=[100, 40])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    monkeypatch.setenv("TERM", "xterm")
    return int(request.param)


def after(*events: Event, clear: bool = False, there: Terminal | None = None) -> Terminal:
    """Standard error after these events."""
    terminal = there or Terminal()
    with redirect_stderr(terminal):
        line = ProgressLine({"noisy": NOISE})
        for event in events:
            line.show(event)
        if clear:
            line.clear()
    return terminal


def test_a_cold_start_says_what_is_loaded_and_how_long_that_takes(columns: int) -> None:
    assert (
        after(Warming("fastai.vision", 5)).line == "Loading fastai.vision … 0 s (usually 5 s)"[: columns - 1]
    )


def test_a_training_is_told_with_what_there_is_room_for(columns: int) -> None:
    wide = "finds the slope among noise t…  █████░░░░░  epoch 2/3  batch 20/100  loss 0.1235  accuracy 0.9"
    narrow = "epoch 2/3  loss 0.1235  accuracy 0.9"
    terminal = after(Started("bubblewrap", warm=True), CheckStarted("noisy"), TRAINED)
    assert terminal.line == (wide if columns == 100 else narrow)


def test_nothing_is_ever_wider_than_the_terminal(columns: int) -> None:
    many = {f"metric_{number}_of_many": 1.0 for number in range(15)}
    terminal = after(CheckStarted("noisy"), Metrics(({"step": 1e300, **many},)))
    assert all(len(line.rpartition("\x1b[K")[2]) < columns for line in terminal.getvalue().split("\r"))


def test_a_check_begins_without_the_numbers_of_the_one_before(columns: int) -> None:
    assert after(CheckStarted("noisy"), TRAINED, CheckStarted("other")).line == "other …"


def test_cleared_it_leaves_nothing(columns: int) -> None:
    assert after(CheckStarted("noisy"), clear=True).getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("term", ["pipe", "dumb"])
def test_where_it_could_not_be_written_over_it_is_not_shown(
    term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Terminal() if term == "dumb" else Pipe()
    monkeypatch.setenv("TERM", term)
    assert (
        after(Warming("torch", 2), CheckStarted("noisy"), TRAINED, clear=True, there=there).getvalue() == ""
    )
