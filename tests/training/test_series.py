"""Curves of any length: bounded, with their ends and their peaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studytrack.training.series import Series, reduced

VALUES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=400)


def series_of(values: list[float]) -> Series:
    series = Series()
    for step, value in enumerate(values):
        series.add(step, value)
    return series


def test_a_million_points_keep_their_ends_and_a_single_peak() -> None:
    values = [1.0] * 1_000_000
    values[0], values[654_321], values[-1] = 2.0, 99.0, 0.5
    dots = series_of(values).dots
    assert len(dots) <= 2_002
    assert dots[0] == (0, 2.0)
    assert dots[-1] == (999_999, 0.5)
    assert (654_321, 99.0) in dots


def test_old_and_new_are_kept_as_densely() -> None:
    steps = [step for step, _ in series_of([float(step % 7) for step in range(100_000)]).dots]
    halves = sum(step < 50_000 for step in steps), sum(step >= 50_000 for step in steps)
    assert abs(halves[0] - halves[1]) < 0.1 * len(steps)


@given(VALUES)
def test_few_points_are_all_kept(values: list[float]) -> None:
    assert series_of(values).dots == list(enumerate(values))


@given(VALUES, st.integers(4, 50))
def test_what_is_reduced_keeps_ends_and_extremes_in_order(values: list[float], most: int) -> None:
    dots = [(float(step), value) for step, value in enumerate(values)]
    kept = reduced(dots, most)
    assert len(kept) <= most
    assert kept == [dot for dot in dots if dot in kept]
    assert {dots[0], dots[-1]} <= set(kept)
    assert {min(values), max(values)} <= {value for _, value in kept}
