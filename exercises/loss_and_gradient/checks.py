"""What is checked of the two losses and of one step of gradient descent."""

from __future__ import annotations

from typing import Any

import numpy as np

from studytrack.datasets.noisy_quadratic import START, noisy_quadratic
from studytrack.grading.checks import Grader, Learner, check

Shape = tuple[int, ...]
SHAPES: list[Shape] = [(1,), (2,), (3, 1), (7,), (6, 1), (4, 3)]
SIZES = [2, 3, 9, 9, 9]
"""How many points a step is taken on."""
_FORGOT_ABS = "Without the absolute value, errors above and below cancel out."


@check("mae", cases=SHAPES)
def mae_is_the_mean_of_absolute_errors(grader: Grader, learner: Learner, shape: Shape) -> None:
    prediction, target = grader.draw(shape, shape)
    error = prediction - target
    grader.close(
        grader.scalar(learner.call("mae", prediction, target)),
        abs(error).mean(),
        known_mistakes=[
            (error.mean(), _FORGOT_ABS),
            (-error.mean(), _FORGOT_ABS),
            (abs(error.mean()), "The errors were averaged first: those above and below cancelled out."),
            (abs(error).sum(), "That is the sum. Divide by the number of errors."),
            ((error**2).mean(), "That is the mean squared error."),
            (np.sqrt((error**2).mean()), "That is the root of the mean squared error."),
            (abs(error).max(), "That is the largest error."),
            (np.median(abs(error)), "That is the median. The mean was asked for."),
        ],
    )


@check("mse", cases=SHAPES)
def mse_is_the_mean_of_squared_errors(grader: Grader, learner: Learner, shape: Shape) -> None:
    prediction, target = grader.draw(shape, shape)
    error = prediction - target
    grader.close(
        grader.scalar(learner.call("mse", prediction, target)),
        (error**2).mean(),
        known_mistakes=[
            (np.sqrt((error**2).mean()), "That is its root, the RMSE. The MSE is the mean itself."),
            ((error**2).sum(), "That is the sum. Divide by the number of errors."),
            ((error**2).mean() / 2, "That is half of it."),
            (error.mean() ** 2, "The errors were averaged first: those above and below cancelled out."),
            (abs(error).mean() ** 2, "Square every error first, then take the mean."),
            (abs(error).mean(), "That is the mean absolute error."),
        ],
    )


@check("downhill", cases=SIZES)
def a_small_step_lowers_the_loss(grader: Grader, learner: Learner, n: int) -> None:
    params, x, y = _case(grader, n)
    slope, features = _mae_slope(params, x, y), _features(x)
    # Half the way to the first point whose error would change its sign: until there the loss
    # is a straight line along the gradient.
    lr = float(0.5 * np.min(abs(features @ params - y[:, 0]) / abs(features @ slope)))
    new = _stepped(grader, learner, params, x, y, lr)
    before, after = _mae(params, x, y), _mae(new, x, y)
    if not after < before:
        grader.close(
            new,
            params - lr * slope,
            known_mistakes=_other_steps(params, x, y, lr),
            what=f"the step, which took the MAE from {before:.4f} to {after:.4f},",
        )


@check("step", cases=SIZES)
def a_step_is_lr_times_the_gradient(grader: Grader, learner: Learner, n: int) -> None:
    params, x, y = _case(grader, n)
    lr = round(float(grader.rng.uniform(0.01, 0.5)), 3)
    grader.close(
        _stepped(grader, learner, params, x, y, lr),
        params - lr * _mae_slope(params, x, y),
        known_mistakes=_other_steps(params, x, y, lr),
    )


def _other_steps(params: np.ndarray, x: np.ndarray, y: np.ndarray, lr: float) -> list[tuple[Any, str]]:
    features, slope = _features(x), _mae_slope(params, x, y)
    error = features @ params - y[:, 0]
    mse_slope = 2 * features.T @ error / len(error)
    # A prediction (n,) against targets (n, 1): every prediction meets every target.
    crossed = features.T @ np.sign((features @ params)[:, None] - y[:, 0]).mean(axis=1) / len(error)
    return [
        (
            params + lr * slope,
            "That is a step uphill: the gradient points to where the loss grows, so lr times the gradient "
            "has to be taken away, not added.",
        ),
        (params, "The parameters have not moved: return the new ones."),
        (slope, "That is the gradient. Return the parameters after the step, w - lr * gradient."),
        (params - slope, "The gradient was not multiplied by lr."),
        (params - lr * slope * len(error), "That is the slope of the sum of the errors, not of their mean."),
        (params - lr * mse_slope, "That is a step on the mean squared error. This one is on the MAE."),
        (
            params - lr * mse_slope / 2,
            "That is a step on half the mean squared error. This one is on the MAE.",
        ),
        (params - lr * np.sign(slope), "Every parameter moved by lr. It has to move by lr times its slope."),
        (
            params - 2 * lr * slope,
            "That is two steps, or the gradient counted twice. Was `backward` run twice?",
        ),
        (
            params - lr * crossed,
            "Every prediction was compared with every target: one of them has shape (n,), the other "
            "(n, 1), and broadcasting made a table of them. Print both shapes.",
        ),
    ]


@check("course")
def the_figures_of_the_course_come_out(grader: Grader, learner: Learner) -> None:
    x, y = noisy_quadratic()
    prediction = (_features(x) @ START)[:, None]
    before = grader.scalar(learner.call("mae", prediction, y), what="mae")
    grader.close(before, 2.4219, atol=5e-5, rtol=0, what="the MAE on the course's points, at 1.1,")
    squared = grader.scalar(learner.call("mse", prediction, y), what="mse")
    grader.close(squared, 10.137, atol=5e-4, rtol=0, what="the MSE on the course's points, at 1.1,")
    new = _stepped(grader, learner, START, x, y, 0.01)
    grader.close(
        (START - new) / 0.01, [-1.3529, -0.0316, -0.5], atol=1e-3, rtol=0, what="the gradient of that MAE"
    )
    after = grader.scalar(learner.call("mae", (_features(x) @ new)[:, None], y), what="mae")
    grader.close(after, 2.4010, atol=1e-4, rtol=0, what="the MAE after one step of lr=0.01")


def _case(grader: Grader, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Parameters and `n` points, none so near the curve that rounding could decide its sign."""
    while True:
        params, x, y = grader.draw((3,), (n, 1), (n, 1), low=-2, high=2)
        y = (y * 4).astype(np.float32).astype(np.float64)
        slope = _mae_slope(params, x, y)
        if abs(_features(x) @ params - y[:, 0]).min() > 0.05 and abs(slope).min() > 0.05:
            return params, x, y


def _stepped(
    grader: Grader, learner: Learner, params: np.ndarray, x: np.ndarray, y: np.ndarray, lr: float
) -> np.ndarray:
    """What `step` returns, asked twice: nothing may be left over from the first time."""
    first, again = (_three(grader, learner.call("step", params, x, y, lr)) for _ in range(2))
    grader.close(
        again,
        first,
        what="step, called a second time with the same arguments,",
        known_mistakes=[
            (
                first - lr * _mae_slope(params, x, y),
                "The gradients of earlier calls were added up: `backward()` adds to `.grad`. Start every "
                "call from a copy of `params`, or set its gradient to zero.",
            )
        ],
    )
    return first


def _three(grader: Grader, got: Any) -> np.ndarray:
    if not isinstance(got, list | tuple) and np.shape(got) == () and got is not None:
        grader.fail("step returned one number. Not the loss is asked for, but the three new parameters.")
    return grader.array(got, shape=(3,))


def _features(x: np.ndarray) -> np.ndarray:
    """x², x and 1 as columns: the curve is this matrix times the parameters."""
    return np.concatenate([x**2, x, np.ones_like(x)], axis=1)


def _mae(params: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    return float(abs(_features(x) @ params - y[:, 0]).mean())


def _mae_slope(params: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    slope: np.ndarray = _features(x).T @ np.sign(_features(x) @ params - y[:, 0]) / len(x)
    return slope
