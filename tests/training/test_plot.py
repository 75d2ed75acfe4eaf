"""Plots in text: what is drawn where, and that nothing breaks them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.training.plot import Piece, plot
from studytrack.training.series import Dot
from studytrack.training.ticks import magnitudes, ticks

NUMBERS = st.floats(-1e30, 1e30).map(lambda value: value if abs(value) > 1e-30 else 0.0)


def text(lines: list[list[Piece]]) -> list[str]:
    return ["".join(piece for piece, _ in line) for line in lines]


def falling(steps: int) -> list[Dot]:
    return [(float(step), float(steps - 1 - step)) for step in range(steps)]


def test_a_falling_line_between_its_axes() -> None:
    assert text(plot([falling(11)], 23, 7)) == [
        "10┤⠙⠲⢤⣀                ",
        "  │   ⠈⠙⠲⢤⣀            ",
        "  │       ⠈⠙⠲⠤⣄⡀       ",
        "  │            ⠉⠓⠦⣄⡀   ",
        " 0┤                ⠉⠓⠦⣄",
        "  └┬──────────────────┬",
        "   0                 10",
    ]


def test_curves_differ_by_their_marks() -> None:
    second = [(0.0, 3.0), (5.0, 3.0), (10.0, 3.0)]
    lines = plot([falling(11), second], 30, 8)
    marks = [piece for line in lines for piece in line if "●" in piece[0]]
    assert "".join(piece for piece, _ in marks).count("●") == 3
    assert {curve for _, curve in marks} == {1}
    assert not any(mark in "".join(text(plot([falling(11)], 30, 8))) for mark in "●▲■◆•")


def test_a_single_point_is_seen() -> None:
    assert sum(line.count("•") for line in text(plot([[(3.0, 0.5)]], 30, 8))) == 1


def test_learning_rates_stand_at_powers_of_ten() -> None:
    curve = [(-7.0 + step / 10, 1.0 / (step + 1)) for step in range(80)]
    assert text(plot([curve], 60, 8, logarithmic=True))[-1].split() == ["1e-7", "1e-5", "1e-3", "1e-1"]


@pytest.mark.parametrize(("width", "height"), [(10, 8), (40, 2), (0, 0), (-3, 5)])
def test_where_there_is_no_room_there_is_no_plot(width: int, height: int) -> None:
    assert plot([falling(5)], width, height) == []
    assert plot([], 40, 10) == plot([[]], 40, 10) == []


@given(
    st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=20).map(sorted), max_size=5),
    st.integers(16, 80),
    st.integers(4, 30),
    st.booleans(),
)
def test_no_numbers_break_a_plot(curves: list[list[Dot]], width: int, height: int, logarithmic: bool) -> None:
    if logarithmic:  # an exponent of a float
        curves = [[(math.fmod(step, 300), value) for step, value in curve] for curve in curves]
        curves = [sorted(curve) for curve in curves]
    lines = text(plot(curves, width, height, logarithmic=logarithmic))
    assert len(lines) in (0, height)
    assert all(len(line) <= width for line in lines)


@given(NUMBERS, NUMBERS, st.integers(1, 20))
def test_ticks_are_few_and_within(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    if high - low <= 1e-6 * max(abs(low), abs(high)):
        return
    found = ticks(low, high, most)
    assert len(found) <= max(1, most)
    assert all(low - 1e-9 * abs(low) <= value <= high + 1e-9 * abs(high) for value, _ in found)
    assert all(len(label) <= 9 for _, label in found)


def test_labels_have_the_decimals_that_they_need() -> None:
    assert [label for _, label in ticks(0, 1, 6)] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert [label for _, label in ticks(0, 2_000_000, 3)] == ["0", "1000000", "2000000"]
    assert [label for _, label in ticks(-1e30, 1e30, 3)] == ["-1.0e30", "0", "1.0e30"]
    assert [label for _, label in magnitudes(-3.5, 1.2, 9)] == ["1e-3", "1e-2", "1e-1", "1e0", "1e1"]
