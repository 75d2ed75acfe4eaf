"""Line 13, where labels are held: only right predictions for labels that the process never held score."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studytrack.grading.session import BlockingSession
from studytrack.grading.verdict import State
from tests.grading.conftest import Grade, grading_in, write_exercise

MANIFEST = """\
id: held
title: Predict
lesson: any
summary: Train on one part, predict another whose labels are held.
minutes: 5
preload: []
limits: {seconds: 10, memory_mb: 300, output_kb: 64}
hints: [Look., Average.]
checks:
  - {id: accuracy, title: predicts well}
"""
STARTER = """\
def predict(x, labels, unseen):
    raise NotImplementedError
"""
SOLUTION = """\
import numpy as np


def predict(x, labels, unseen):
    means = np.stack([x[labels == n].mean(0) for n in (0, 1)])
    return ((unseen[:, None] - means) ** 2).sum(-1).argmin(1)
"""
CHECKS = """\
import numpy as np

from studytrack.grading.checks import Grader, Learner, check

GATE = 0.8


@check("accuracy")
def predicts_well(grader: Grader, learner: Learner) -> None:
    centres = grader.rng.normal(0, 1, (2, 10))
    labels, held = grader.rng.integers(0, 2, (2, 200))
    x, unseen = (centres[y] + grader.rng.normal(0, 1, (200, 10)) for y in (labels, held))
    got = grader.array(learner.call("predict", x, labels, unseen), shape=(200,), dtype="int")
    accuracy = float((got == held).mean())
    grader.expect(accuracy >= GATE, f"The accuracy is {accuracy:.3f}; {GATE} was expected.")
"""
CHEATS = {
    "a metric of its own": """
        def predict(x, labels, unseen):
            from studytrack import live
            live.log(accuracy=1.0)
            print("accuracy: 1.000, passed")
            return {"predictions": [0] * 200, "accuracy": 1.0, "passed": True}
    """,
    "a metric of its own, beside wrong predictions": """
        def predict(x, labels, unseen):
            from studytrack import live
            live.log(accuracy=1.0)
            return [0] * 200
    """,
    "the labels of the training": """
        def predict(x, labels, unseen):
            return labels
    """,
    "the labels found in the process": """
        import gc, sys
        import numpy as np

        def predict(x, labels, unseen):
            frame, found = sys._getframe(), []
            while frame:
                found += frame.f_locals.values()
                frame = frame.f_back
            for thing in [*found, *gc.get_objects()]:
                if isinstance(thing, np.ndarray) and thing.shape == (200,) and thing is not labels:
                    if thing.dtype.kind == "i" and not np.array_equal(thing, labels):
                        return thing
            return labels
    """,
    "a seed guessed from the clock": """
        import time
        import numpy as np

        def predict(x, labels, unseen):
            now = int(time.time())
            for seed in [*range(100), *range(now - 50, now + 50)]:
                rng = np.random.default_rng([seed, *b"accuracy"])
                rng.normal(0, 1, (2, 10))
                drawn, held = rng.integers(0, 2, (2, 200))
                if np.array_equal(drawn, labels):
                    return held
            return labels
    """,
    "a seed guessed from its own generators": """
        import random
        import numpy as np

        def predict(x, labels, unseen):
            for seed in (int(np.random.get_state()[1][0]), random.getstate()[1][0], np.random.randint(2**31)):
                rng = np.random.default_rng([seed, *b"accuracy"])
                rng.normal(0, 1, (2, 10))
                drawn, held = rng.integers(0, 2, (2, 200))
                if np.array_equal(drawn, labels):
                    return held
            return labels
    """,
    "an hour of the day": """
        import datetime

        def predict(x, labels, unseen):
            return [datetime.datetime.now().hour % 2] * 200
    """,
}


@pytest.fixture(scope="module")
def grade_held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grade]:
    files = {"exercise.yaml": MANIFEST, "starter.py": STARTER, "solution.py": SOLUTION, "checks.py": CHECKS}
    exercise = write_exercise(tmp_path_factory.mktemp("exercises") / "held", files)
    with BlockingSession(exercise) as session:
        yield grading_in(session)


def test_right_predictions_score(grade_held: Grade) -> None:
    assert grade_held(SOLUTION).verdict.state is State.PASSED


@pytest.mark.parametrize("name", CHEATS)
def test_nothing_but_right_predictions_scores(grade_held: Grade, name: str) -> None:
    verdict = grade_held(CHEATS[name]).verdict
    assert (verdict.state, verdict.score) == (State.INCORRECT, 0), verdict


def test_no_seed_is_lucky(grade_held: Grade) -> None:
    """200 labels guessed by chance are right in 0.8 of the places once in 10¹⁷."""
    guesses = """
        import random

        def predict(x, labels, unseen):
            return [random.randrange(2) for _ in range(200)]
    """
    assert {grade_held(guesses).verdict.state for _ in range(20)} == {State.INCORRECT}


def test_a_guess_of_the_grader_s_seed_would_work_if_it_could_be_made(grade_held: Grade) -> None:
    """The cheat itself is sound: it fails for want of the seed alone."""
    assert grade_held(CHEATS["a seed guessed from the clock"], seed=42).verdict.state is State.PASSED
