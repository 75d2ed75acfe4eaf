"""What is known of a training, and its numbers in one line."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.grading.messages import Metrics, Part, Progress, Training
from studytrack.training.picture import Picture
from studytrack.training.plot import plot
from studytrack.training.sparkline import sparkline
from studytrack.training.table import epoch_table
from studytrack.training.words import told


def picture_of(*metrics: Metrics) -> Picture:
    picture = Picture()
    for second, batch in enumerate(metrics):
        picture.add(batch, second)
    return picture


def points(*logged: Mapping[str, float | None]) -> Metrics:
    return Metrics(tuple(dict(point) for point in logged))


def test_a_step_that_goes_back_is_another_training() -> None:
    picture = picture_of(
        points({"step": 0, "loss": 3}, {"step": 1, "loss": 2, "old": 1}), points({"step": 0, "loss": 9})
    )
    assert picture.series["loss"].dots == [(0, 9)]
    assert "old" not in picture.last
    assert picture.metrics == {"loss": 9, "old": 1}


def test_a_training_that_is_announced_begins_anew() -> None:
    picture = picture_of(
        Metrics(({"step": 0, "loss": 3},), ({"epoch": 1, "loss": 3},), Progress(0.5, (Part("step", 1, 2),))),
        Metrics(({"step": 5, "loss": 2},), training=Training()),
    )
    assert picture.series["loss"].dots == [(5, 2)]
    assert (list(picture.epochs), picture.progress) == ([], None)


def test_validation_lies_at_the_end_of_its_epoch() -> None:
    picture = picture_of(
        points(*({"step": step, "loss": 1} for step in range(8)), {"step": 7, "valid_loss": 2})
    )
    assert picture.series["loss"].dots[-1][0] == picture.series["valid_loss"].dots[-1][0] == 7


def test_the_search_for_a_rate_is_drawn_over_its_magnitude() -> None:
    picture = picture_of(
        Metrics(
            ({"step": 0, "loss": 1, "lr": 1e-5}, {"step": 1, "loss": 2, "lr": 1e-1}),
            training=Training("lr_find", "lr"),
        )
    )
    assert picture.series["loss"].dots == [(-5, 1), (-1, 2)]
    assert list(picture.series) == ["loss"]
    assert picture.kept() == {}


def test_since_when_a_loss_is_no_number_is_told() -> None:
    lost = points({"step": 36, "loss": 2.5}, {"step": 37, "loss": None}, {"step": 38, "loss": None})
    picture = picture_of(lost)
    assert told(picture, 80) == "step 38  loss NaN since step 37"
    assert picture.series["loss"].dots == [(36, 2.5)]
    picture.add(points({"step": 39, "loss": 1}), 9)
    assert told(picture, 80) == "step 39  loss 1"


def test_a_flood_of_names_epochs_and_points_is_bounded() -> None:
    picture = Picture()
    for number in range(300):
        batch = {f"m{number}_{metric}": 1.0 for metric in range(5)}
        picture.add(Metrics(({"step": number, **batch},), ({"epoch": number, "a": 1},)), number)
    assert len(picture.series) <= 24
    assert len(picture.metrics) <= 48
    assert len(picture.epochs) <= 200
    assert len(picture.kept()) <= 8


def test_what_is_kept_with_an_attempt_is_small() -> None:
    picture = picture_of(points(*({"step": step, "loss": 1 / (step + 1)} for step in range(5000))))
    kept = picture.kept()["loss"]
    assert len(kept) <= 100
    assert (kept[0], kept[-1]) == ((0, 1), (4999, 1 / 5000))


FULL = Metrics(
    ({"step": 299, "loss": 0.1234567, "lr": 0.001, "valid_loss": 0.2, "accuracy": 0.9},),
    progress=Progress(0.5, (Part("epoch", 2, 3), Part("batch", 20, 100))),
)


@pytest.mark.parametrize(
    ("room", "line"),
    [
        (
            120,
            "epoch 2/3  batch 20/100  0:02 left  loss 0.1235  valid_loss 0.2  accuracy 0.9  lr 0.001",
        ),
        (70, "epoch 2/3  0:02 left  loss 0.1235  valid_loss 0.2  accuracy 0.9"),
        (40, "epoch 2/3  0:02 left  loss 0.1235"),
        (25, "epoch 2/3  loss 0.1235"),
        (12, "loss 0.1235"),
        (6, "loss …"),
    ],
)
def test_the_most_important_numbers_stay(room: int, line: str) -> None:
    picture = picture_of(Metrics(progress=Progress(0.0, (Part("epoch", 1, 3),))), Metrics(), FULL)
    assert told(picture, room, now=2) == line


def test_frozen_epochs_are_called_so_and_unknown_totals_left_out() -> None:
    parts = (Part("frozen_epoch", 1, 1), Part("batch", 7, None))
    assert told(picture_of(Metrics(progress=Progress(None, parts))), 80) == "frozen epoch 1/1  batch 7"


NAMES = st.sampled_from(["loss", "valid_loss", "lr", "accuracy", "a_rather_long_name_of_a_metric"])
POINTS = st.dictionaries(NAMES, st.none() | st.floats(-1e308, 1e308)).flatmap(
    lambda metrics: st.floats(-1e308, 1e308).map(lambda step: {"step": step, **metrics})
)
BATCHES = st.builds(
    Metrics,
    st.lists(POINTS, max_size=5).map(tuple),
    st.lists(POINTS.map(lambda point: {"epoch": point["step"], **point}), max_size=3).map(tuple),
    st.none() | st.builds(Progress, st.none() | st.floats(0, 1), st.just((Part("epoch", 1, None),))),
    st.none() | st.builds(Training, st.just("lr_find"), st.sampled_from(["lr", "step", "nowhere"])),
)


@given(st.lists(st.tuples(BATCHES, st.floats(0, 1e6)), max_size=8), st.integers(1, 60))
def test_whatever_comes_it_can_be_shown_in_any_width(
    batches: list[tuple[Metrics, float]], width: int
) -> None:
    picture, now = Picture(), 0.0
    for batch, passed in batches:
        now += passed
        picture.add(batch, now)
        assert len(told(picture, width, now)) <= width
        assert all(len(line) <= width for line in epoch_table(picture.epochs, width, 9))
        curves = [series.dots for series in picture.series.values()]
        plot(curves, width, 9, logarithmic=picture.training.over != "step")
        assert all(len(sparkline(curve, width)) <= width for curve in curves)
        assert all(math.isfinite(value) for curve in picture.kept().values() for _, value in curve)
