"""What is checked of the slope."""

from __future__ import annotations

import numpy as np

from studytrack.grading.checks import Grader, Learner, check


@check("exact")
def finds_the_slope_of_points_on_a_line(grader: Grader, learner: Learner) -> None:
    x = [1.0, 2.0, 3.0]
    slope = float(grader.rng.uniform(1, 5))
    grader.close(learner.call("slope", x, [slope * a for a in x]), slope)


@check("noisy")
def finds_the_slope_among_noise(grader: Grader, learner: Learner) -> None:
    [(x, y)] = grader.arrays(1, [(20,), (20,)])
    grader.close(learner.call("slope", x.tolist(), y.tolist()), np.dot(x, y) / np.dot(x, x))
