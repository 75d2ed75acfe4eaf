"""fastai shows its trainings by itself, and nothing else of it gets in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studytrack.grading.messages import Metrics, Point, Progress, Training, Warming
from studytrack.grading.session import BlockingSession
from studytrack.grading.verdict import State
from tests.grading.conftest import Grade, Graded, grading_in, write_exercise

pytestmark = pytest.mark.slow

LEARNER = """
import numpy as np, pandas as pd
from fastai.tabular.all import *

def learner():
    x = np.random.rand(320)
    table = pd.DataFrame({"x": x, "y": np.where(x > 0.5, "high", "low")})
    loaders = TabularDataLoaders.from_df(
        table, y_names="y", cont_names=["x"], y_block=CategoryBlock(), bs=32, valid_idx=range(64)
    )
    return tabular_learner(loaders, layers=[8], metrics=[accuracy, error_rate])
"""
PASSES = '\ndef twice(x):\n    return 2 * x\n\ndef hello():\n    return "hello"\n'
VISION = """
import numpy as np
from fastai.vision.all import *

path = Path("digits")
for label in "ab":
    (path / label).mkdir(parents=True)
    for number in range(8):
        pixels = np.full((16, 16, 3), 200 if label == "a" else 50, dtype=np.uint8)
        PILImage.create(pixels).save(path / label / f"{number}.png")
loaders = ImageDataLoaders.from_folder(path, valid_pct=0.25, seed=1, bs=4, num_workers=0)
head = nn.Sequential(AdaptiveConcatPool2d(), Flatten(), nn.Linear(8, 2))
net = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2), nn.ReLU(), head)
split = lambda model: [params(model[:2]), params(model[2:])]
Learner(loaders, net, metrics=accuracy, splitter=split, loss_func=CrossEntropyLossFlat()).fine_tune(2)
"""


@pytest.fixture(scope="module")
def finished_loading() -> list[Warming]:
    """What was told while the worker loaded fastai."""
    return []


@pytest.fixture(scope="module")
def grade_with_fastai(
    tmp_path_factory: pytest.TempPathFactory, finished_loading: list[Warming]
) -> Iterator[Grade]:
    """Grades with fastai's tabular and vision loaded."""
    exercise = write_exercise(
        tmp_path_factory.mktemp("exercises") / "fast",
        {"preload": "fastai.tabular, fastai.vision", "seconds": "60"},
    )
    with BlockingSession(exercise) as session:
        grade = grading_in(session)
        first = grade(PASSES)
        finished_loading += [event for event in first.events if isinstance(event, Warming)]
        yield grade


def batches(graded: Graded) -> list[Metrics]:
    assert graded.verdict.state is State.PASSED, (graded.verdict, graded.finished.trace)
    return [event for event in graded.events if isinstance(event, Metrics)]


def points(graded: Graded) -> list[Point]:
    return [point for batch in batches(graded) for point in batch.points]


def rows(graded: Graded) -> list[Point]:
    return [row for batch in batches(graded) for row in batch.epochs]


def test_each_library_is_told_while_it_loads(
    grade_with_fastai: Grade, finished_loading: list[Warming]
) -> None:
    names = [warming.what for warming in finished_loading]
    assert names[-4:] == ["torch", "torchvision", "fastai.tabular", "fastai.vision"]
    assert all(warming.typical for warming in finished_loading)


def test_a_fit_shows_loss_metrics_rate_epochs_and_progress(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(f"{LEARNER}\nlearner().fit_one_cycle(3, 1e-2)\n{PASSES}")
    assert batches(graded)[0].training == Training()
    assert {name for point in points(graded) for name in point} == {
        "step", "loss", "lr", "valid_loss", "accuracy", "error_rate"
    }  # fmt: skip
    assert [point["step"] for point in points(graded) if "valid_loss" in point] == [7, 15, 23]
    assert [row["epoch"] for row in rows(graded)] == [1, 2, 3]
    assert list(rows(graded)[0]) == ["epoch", "train_loss", "valid_loss", "accuracy", "error_rate", "seconds"]
    told = [batch.progress for batch in batches(graded) if batch.progress]
    shares = [progress.share or 0 for progress in told]
    assert shares == sorted(shares)
    assert told[-1].share == 1
    assert (told[-1].parts[0].name, told[-1].parts[0].done, told[-1].parts[0].total) == ("epoch", 3, 3)
    assert graded.verdict.output == ""


def test_both_parts_of_fine_tune_follow_each_other(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(f"{VISION}\n{PASSES}")
    assert sum(batch.training is not None for batch in batches(graded)) == 1
    steps = [point["step"] or 0 for point in points(graded)]
    assert steps == sorted(steps)
    assert steps[-1] == 3 * 3 - 1
    assert [row["epoch"] for row in rows(graded)] == [1, 1, 2]
    names = [batch.progress.parts[0].name for batch in batches(graded) if batch.progress]
    assert (names[0], names[-1]) == ("frozen_epoch", "epoch")


def test_the_search_for_a_rate_is_a_picture_of_its_own(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(f"{LEARNER}\nlearner().lr_find(show_plot=False)\n{PASSES}")
    assert batches(graded)[0].training == Training("lr_find", "lr")
    assert {frozenset(point) for point in points(graded)} == {frozenset({"step", "loss", "lr"})}
    assert rows(graded) == []
    last = [batch.progress for batch in batches(graded) if batch.progress][-1]
    assert isinstance(last, Progress)
    assert last.parts[0].name == "step"
    then = grade_with_fastai(
        f"{LEARNER}\nit = learner(); it.lr_find(show_plot=False); time.sleep(0.2); it.fit(1)\n{PASSES}"
    )
    assert [batch.training for batch in batches(then) if batch.training] == [
        Training("lr_find", "lr"),
        Training(),
    ]


def test_without_a_validation_set_it_is_told_how_far_it_is(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(
        LEARNER.replace("range(64)", "[]") + f"\nit = learner(); it.metrics = []; it.fit(2)\n{PASSES}"
    )
    assert [batch.progress.share for batch in batches(graded) if batch.progress][-1] == 1
    assert [list(row) for row in rows(graded)] == [["epoch", "train_loss", "seconds"]] * 2


def test_predictions_are_no_training(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(
        f"{LEARNER}\nit = learner(); it.fit(1); it.validate(); it.get_preds()\n{PASSES}"
    )
    assert [row["epoch"] for row in rows(graded)] == [1]
    assert graded.verdict.output == ""


def test_what_is_exported_is_as_without_us(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(
        LEARNER
        + """
it = learner(); it.fit(1)
it.export("model.pkl")
print(b"studytrack" in Path("model.pkl").read_bytes())
print([type(callback).__name__ for callback in it.cbs])
"""
        + PASSES
    )
    assert graded.verdict.output.splitlines()[0] == "False"
    assert "Live" not in graded.verdict.output


def test_no_number_is_told_as_nothing(grade_with_fastai: Grade) -> None:
    graded = grade_with_fastai(f"{LEARNER}\nlearner().fit(2, lr=1e30)\n{PASSES}")
    assert points(graded)[-1]["valid_loss"] is None


def test_a_fit_that_raises_is_the_learner_s_error(grade_with_fastai: Grade) -> None:
    broken = "it = learner()\nit.loss_func = lambda *_: 1 / 0\nit.fit(1)\n"
    graded = grade_with_fastai(f"{LEARNER}\n{broken}")
    assert graded.verdict.state is State.LEARNER_ERROR
    assert "it.fit(1)" in graded.verdict.message or "it.loss_func" in graded.verdict.message


def test_fastai_that_was_not_preloaded_shows_itself_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    exercise = write_exercise(
        tmp_path_factory.mktemp("exercises") / "late", {"preload": "torch", "seconds": "60"}
    )
    with BlockingSession(exercise) as session:
        graded = grading_in(session)(f"{LEARNER}\nlearner().fit(1)\n{PASSES}")
    if graded.verdict.state is State.LEARNER_ERROR and "nms" in graded.verdict.message:
        pytest.skip("torchvision's operators do not load beside this torch")
    assert [row["epoch"] for row in rows(graded)] == [1]
