"""What is checked of the two functions.

The checks run in a process of their own, with NumPy and without torch: what `learner.call` returns is
data, and the answers never reach the learner's code. Draw every input from `grader`, so that nobody can
learn the answers by heart; everything that a check can use is told in `studytrack.grading.checks`.

A check runs once for each of its `cases`, from small to large: the learner is shown the first that is
wrong, so begin with inputs that can be worked out by hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from studytrack.grading.checks import Grader, Learner, check

SIZES = [3, 5, 9]
"""How many numbers there are; odd ones, so that one of them is the median."""


@check("centre", cases=SIZES)  # the id of a check in exercise.yaml
def centre_takes_the_mean_away(grader: Grader, learner: Learner, n: int) -> None:
    (x,) = grader.draw((n,), low=1, high=9)
    grader.close(learner.call("centre", x), x - x.mean(), known_mistakes=_not_centred(x))


def _not_centred(x: np.ndarray) -> list[tuple[Any, str]]:
    """The answers that typical mistakes give, each with what its author is to hear."""
    return [
        (x, "Nothing was taken away: `x - x.mean()` makes a new tensor, which has to be returned."),
        (x - np.median(x), "You took the median away, the number in the middle. The mean was asked for."),
        (x / x.mean(), "You divided by the mean. It is to be taken away."),
        (x.mean() - x, "The signs are turned round: the mean is taken from `x`, not `x` from the mean."),
    ]


@check("spread", cases=SIZES)
def spread_is_the_mean_absolute_deviation(grader: Grader, learner: Learner, n: int) -> None:
    (x,) = grader.draw((n,), low=1, high=9)
    deviations = x - x.mean()
    grader.close(
        grader.scalar(learner.call("spread", x)),
        abs(deviations).mean(),
        known_mistakes=[
            (0, "The deviations below the mean cancel those above it. Take their absolute values first."),
            ((deviations**2).mean(), "That is the mean of the squares, the variance."),
            (deviations.std(), "That is the standard deviation: squares were taken in place of `abs()`."),
            (abs(deviations).sum(), "That is the sum of the absolute deviations. Take their mean."),
        ],
    )
