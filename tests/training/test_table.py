"""The table of the epochs, and curves of one line."""

from __future__ import annotations

import pytest

from studytrack.grading.messages import Point
from studytrack.training.sparkline import sparkline
from studytrack.training.table import epoch_table

ROWS: list[Point] = [
    {"epoch": n, "train_loss": 2.0 / n, "valid_loss": 2.5 / n, "accuracy": 1 - 0.5 / n, "seconds": 61.0 * n}
    for n in (1, 2, 3)
]


def test_as_fastai_s_learners_know_it() -> None:
    assert epoch_table(ROWS, 60, 10) == [
        "epoch  train_loss  valid_loss  accuracy  time",
        "    1           2         2.5       0.5  1:01",
        "    2           1        1.25      0.75  2:02",
        "    3      0.6667      0.8333    0.8333  3:03",
    ]


@pytest.mark.parametrize(
    ("width", "head"),
    [
        (38, "epoch   train   valid  accuracy  time"),
        (34, "epoch  train  valid accuracy time"),
        (30, "epoch  train  valid … time"),
        (20, "epoch  train … time"),
    ],
)
def test_what_has_no_room_is_left_out_and_marked(width: int, head: str) -> None:
    lines = epoch_table(ROWS, width, 10)
    assert lines[0] == head
    assert all(len(line) == len(head) for line in lines)


def test_the_newest_epochs_stay() -> None:
    assert [line.split()[0] for line in epoch_table(ROWS, 60, 3)] == ["epoch", "2", "3"]
    assert epoch_table([], 60, 10) == epoch_table(ROWS, 60, 1) == []


def test_a_loss_that_is_no_number_is_a_word() -> None:
    assert epoch_table([{"epoch": 1, "loss": None, "seconds": 0.25}], 40, 5)[1].split() == [
        "1", "NaN", "0.2", "s"
    ]  # fmt: skip


def test_metrics_that_come_and_go_leave_gaps() -> None:
    lines = epoch_table([{"epoch": 1, "loss": 1}, {"epoch": 2, "other": 2}], 40, 5)
    assert lines == ["epoch  loss  other  time", "    1     1             ", "    2            2      "]


def test_a_curve_of_one_line_has_the_shape_of_the_curve() -> None:
    assert sparkline([(n, float(n)) for n in range(8)], 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([(n, float(n)) for n in range(800)], 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([(0, 1), (9, 0)], 10) == "█▁"
    assert sparkline([(5, 3)], 10) == sparkline([(5, 3), (5, 3)], 10) == "▁"
    assert sparkline([(0, 1), (1, 2), (90, 3)], 4) == "▁▁█"
    assert sparkline([], 10) == sparkline([(0, 1)], 0) == ""
