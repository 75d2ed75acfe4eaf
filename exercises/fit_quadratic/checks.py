"""What is checked of a training loop: its first step, its first ten, and where it arrives.

Every answer is compared with gradient descent done here, in NumPy, from the same start; and with
what it would be with one of the known mistakes in the loop.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from studytrack.datasets.noisy_quadratic import START, noisy_quadratic
from studytrack.grading.checks import Grader, Learner, check

GATE = 1.70
"""The least squares optimum on the course's points is 1.69237; 1000 steps of 0.01 come to 1.69238."""
NEAR = 1e-3
"""Room for float32 over hundreds of steps, relative and absolute."""


class Points(NamedTuple):
    """Points, and a learning rate with which gradient descent on them is stable."""

    x: np.ndarray
    y: np.ndarray
    lr: float

    @property
    def features(self) -> np.ndarray:
        """x², x and 1 as columns: the curve is this matrix times the parameters."""
        return np.concatenate([self.x**2, self.x, np.ones_like(self.x)], axis=1)

    def errors(self, params: np.ndarray) -> np.ndarray:
        flat: np.ndarray = self.features @ params - self.y[:, 0]
        return flat

    def mse(self, params: np.ndarray) -> float:
        return float((self.errors(params) ** 2).mean())

    def slope(self, params: np.ndarray) -> np.ndarray:
        """The gradient of the mean squared error."""
        gradient: np.ndarray = 2 * self.features.T @ self.errors(params) / len(self.x)
        return gradient


def way_down(points: Points, steps: int) -> list[np.ndarray]:
    """The parameters at the start and after each step of gradient descent."""
    way = [START]
    for _ in range(steps):
        way.append(way[-1] - points.lr * points.slope(way[-1]))
    return way


def descend(points: Points, steps: int) -> np.ndarray:
    """The parameters after gradient descent from the start."""
    return way_down(points, steps)[-1]


def descend_without_zeroing(points: Points, steps: int) -> np.ndarray:
    """The same when the gradients of all earlier steps are still in the sum."""
    params, gradient = START, np.zeros(3)
    for _ in range(steps):
        gradient = gradient + points.slope(params)
        params = params - points.lr * gradient
    return params


SIZES = [2, 4, 12, 30]
"""How many points there are."""


@check("returns")
def fit_returns_three_parameters(grader: Grader, learner: Learner) -> None:
    points = _fresh_points(grader, 4)
    grader.close(
        _fitted(grader, learner, points, 0),
        START,
        rtol=NEAR,
        atol=NEAR,
        known_mistakes=[
            (descend(points, 1), "With steps=0 a step was taken. The loop runs exactly `steps` times."),
            (np.zeros(3), "You started at zero. The task starts at 1.1, so that the way can be checked."),
            (np.ones(3), "You started at one. The task starts at 1.1, so that the way can be checked."),
        ],
        what="the start",
    )


@check("one_step", cases=SIZES)
def one_step_goes_downhill(grader: Grader, learner: Learner, n: int) -> None:
    points = _fresh_points(grader, n)
    grader.close(
        _fitted(grader, learner, points, 1),
        descend(points, 1),
        rtol=NEAR,
        atol=NEAR,
        known_mistakes=_other_first_steps(points),
        what="(a, b, c) after one step",
    )


def _other_first_steps(points: Points) -> list[tuple[Any, str]]:
    x, y, lr = points
    errors, slope, n = points.errors(START), points.slope(START), len(points.x)
    one_by_one = START
    for i in range(n):
        one_by_one = one_by_one - lr * Points(x[i : i + 1], y[i : i + 1], lr).slope(one_by_one)
    # Predictions (n,) against targets (n, 1): every prediction meets every target.
    crossed = 2 * points.features.T @ (points.features @ START - y.mean()) / n
    best = np.linalg.lstsq(points.features, y[:, 0], rcond=None)[0]
    return [
        (START + lr * slope, "That is uphill: the gradient points to where the loss grows. Take it away."),
        (START, "Nothing has moved. Was one step too few taken, or was a copy of the parameters changed?"),
        (descend(points, 2), "That is two steps. The loop runs exactly `steps` times."),
        (START - slope, "The gradient was not multiplied by lr."),
        (START - lr * slope * n, "That is the slope of the sum of the squares, not of their mean."),
        (START - lr * slope / 2, "That is half a step: the slope of a square has a factor of 2."),
        (
            START - lr * points.features.T @ np.sign(errors) / n,
            "That is a step on the mean absolute error. The loss here is the mean squared error.",
        ),
        (
            START - lr * slope / (2 * np.sqrt(points.mse(START))),
            "That is a step on the root of the mean squared error. Leave the root out.",
        ),
        (
            START - lr * crossed,
            "Every prediction was compared with every target: one of them has shape (n,), the other "
            "(n, 1), and broadcasting made a table of them. Print both shapes.",
        ),
        (one_by_one, "You took a step for every point. One step looks at all the points and moves once."),
        (best, "That is the best curve at once. The way to it was asked for, one step of it."),
        (
            np.array([3.0, 2.0, 1.0]),
            "3, 2, 1 is the curve that the course's points were made from. Find yours from the points.",
        ),
    ]


@check("zeroes_gradients", cases=["the course's points", 4, 30])
def gradients_are_zeroed_between_steps(grader: Grader, learner: Learner, n: int | str) -> None:
    points = _fresh_points(grader, n) if isinstance(n, int) else Points(*noisy_quadratic(), 0.01)
    params = _fitted(grader, learner, points, 10)
    right = descend(points, 10)
    grader.close(
        params,
        right,
        rtol=NEAR,
        atol=NEAR,
        known_mistakes=_other_tens(points),
        what=f"(a, b, c) after 10 steps, with an MSE of {points.mse(params):.2f} instead of "
        f"{points.mse(right):.2f},",
    )


def _other_tens(points: Points) -> list[tuple[Any, str]]:
    momentum = "The steps gather speed, as with momentum. Plain gradient descent was asked for."
    return [
        (
            descend_without_zeroing(points, 10),
            "The gradients accumulate: `backward()` adds to `.grad`, and what earlier steps left there was "
            "never set to zero.",
        ),
        (descend(points, 9), "That is 9 steps. The loop runs exactly `steps` times."),
        (descend(points, 11), "That is 11 steps. The loop runs exactly `steps` times."),
        (descend(points, 1), "That is one step. Is the `return` inside the loop?"),
        (START - 10 * points.lr * points.slope(START), "The gradient of the start was used ten times over."),
        (_with_momentum(points, 10, 0.9), momentum),
    ]


def _with_momentum(points: Points, steps: int, momentum: float) -> np.ndarray:
    params, speed = START, np.zeros(3)
    for _ in range(steps):
        speed = momentum * speed + points.slope(params)
        params = params - points.lr * speed
    return params


@check("fresh_points", cases=[12, 20, 30, 39])
def any_points_are_fitted(grader: Grader, learner: Learner, n: int) -> None:
    points, steps = _fresh_points(grader, n), int(grader.rng.integers(20, 300))
    params = _fitted(grader, learner, points, steps)
    *earlier, one_less, right, one_more = way_down(points, steps + 1)
    early = (
        "Those are the parameters after fewer steps: the loop takes `steps` steps, however little is gained."
    )
    grader.close(
        params,
        right,
        rtol=NEAR,
        atol=NEAR,
        known_mistakes=[
            (one_less, "That is one step too few."),
            (one_more, "That is one step too many."),
            *((passed, early) for passed in earlier),
        ],
        what=f"(a, b, c), with an MSE of {points.mse(params):.4f},",
    )


@check("optimum")
def the_optimum_of_the_course_is_reached(grader: Grader, learner: Learner) -> None:
    x, y = noisy_quadratic()
    points = Points(x, y, 0.01)
    mse = points.mse(_fitted(grader, learner, points, 1000))
    grader.expect(
        mse <= GATE,
        f"After 1000 steps with lr=0.01 the MSE is {mse:.4f}; at most {GATE:.2f} was expected."
        f"{_why(mse, points)}",
    )


def _why(mse: float, points: Points) -> str:
    def is_that_of(params: np.ndarray) -> bool:
        return bool(np.isclose(mse, points.mse(params), rtol=1e-3))

    if is_that_of(START):
        return " Nothing has moved."
    if is_that_of(np.array([3.0, 2.0, 1.0])):
        return " 3, 2, 1 is where the points come from; a better fit to these twenty exists."
    if is_that_of(descend_without_zeroing(points, 1000)):
        return " The gradients accumulate, so that the parameters swing to and fro for ever."
    if not mse <= points.mse(START):
        return " That is worse than the start: it runs away."
    return ""


def _fresh_points(grader: Grader, n: int) -> Points:
    """`n` points near a random parabola, with a learning rate well below the one that explodes."""
    x, noise = grader.draw((n, 1), (n, 1), low=-2, high=2)
    a, b, c = grader.rng.uniform(2, 5, 3) * grader.rng.choice([-1, 1], 3)
    y = (a * x**2 + b * x + c + noise).round(2).astype(np.float32).astype(np.float64)
    features = Points(x, y, 0).features
    steepest = np.linalg.eigvalsh(2 * features.T @ features / n)[-1]
    return Points(x, y, round(float(grader.rng.uniform(0.1, 0.3) / steepest), 4))


def _fitted(grader: Grader, learner: Learner, points: Points, steps: int) -> np.ndarray:
    got = learner.call("fit", points.x, points.y, points.lr, steps)
    if not isinstance(got, list | tuple) and got is not None and np.shape(got) == ():
        grader.fail("fit returned one number. Not the loss is asked for, but the three parameters.")
    params = grader.array(got, shape=(3,))
    grader.expect(
        bool(np.isfinite(params).all()),
        f"fit(x, y, lr={points.lr}, steps={steps}) came to NaN or infinity: the steps run away.",
    )
    return params
