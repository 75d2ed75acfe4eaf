"""What is checked of the quadratic, of its noise, and of the points made from both.

Noise can only be judged by its statistics. The margins below are so wide that a right answer falls
outside them less than once in a billion runs, and the known mistakes lie far beyond them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from studytrack.grading.checks import Grader, Handle, Learner, check

NUMBERS = 20_000
"""How many noisy numbers a statistic is taken of."""
MEAN_WITHIN = 0.05
"""7.07 standard errors of the mean of that many standard normal numbers: 1 run in 6·10¹¹."""
SPREAD_WITHIN = 0.06
"""12 standard errors of their standard deviation, and 8.5 of that of one half of them."""
FARTHEST = 8.0
"""Standard deviations within which every single noise lies; it is farther off once in 10¹⁵."""
SHARE_WITHIN_ONE = 0.6827
"""The part of standard normal numbers between −1 and 1; its standard error here is 0.0033."""
POINTS_SPREAD = (0.55, 1.65)
"""For the variance of 400 standard normal numbers in groups of 20, each about its own mean; by Chernoff's
bound it is outside once in 10¹²."""
POINTS_MEAN = 0.4
"""8 standard errors of the mean of 400 standard normal numbers."""


@check("quadratic", cases=["the course's", (), (3,), (5, 1), (2, 3, 4)])
def quadratic_is_a_parabola(grader: Grader, learner: Learner, case: tuple[int, ...] | str) -> None:
    if isinstance(case, str):
        a, b, c, x = 3.0, 2.0, 1.0, np.asarray(1.5)
        got = learner.call("quadratic", 3, 2, 1, 1.5)
    else:
        (a, b, c), (x,) = _coefficients(grader), grader.draw(case)
        got = learner.call("quadratic", a, b, c, x)
    grader.close(got, a * x**2 + b * x + c, known_mistakes=_not_the_quadratic(a, b, c, x))


def _coefficients(grader: Grader) -> tuple[float, float, float]:
    a, b, c = (round(float(n), 2) for n in grader.rng.uniform(1, 5, 3) * grader.rng.choice([-1, 1], 3))
    return a, b, c


def _not_the_quadratic(a: float, b: float, c: float, x: np.ndarray) -> list[tuple[Any, str]]:
    return [
        (c * x**2 + b * x + a, "a and c have changed places: a belongs to the square."),
        (b * x**2 + a * x + c, "a and b have changed places: a belongs to the square."),
        ((a * x) ** 2 + b * x + c, "a was squared as well: `**` binds tighter than `*`, so `a * x**2`."),
        (2 * a * x + b, "That is the slope of the curve, not the curve."),
        (a * x**2 + b * x, "c is missing."),
    ]


@check("make_quadratic")
def make_quadratic_fixes_the_coefficients(grader: Grader, learner: Learner) -> None:
    fixed, others = _coefficients(grader), _coefficients(grader)
    f = _function(grader, learner, fixed)
    for by_name in (False, True):
        for _ in range(2):
            (x,) = grader.draw((3, 1))
            got = learner.call(f, x=x) if by_name else learner.call(f, x)
            _is_member(grader, got, x, fixed, others)
        _function(grader, learner, others)


def _function(grader: Grader, learner: Learner, coefficients: tuple[float, float, float]) -> Handle:
    f = learner.call("make_quadratic", *coefficients)
    if not isinstance(f, Handle):
        grader.fail(
            "make_quadratic(a, b, c) has to return a function that still waits for x, not a value. "
            "`partial(quadratic, …)` is one."
        )
    return f


def _is_member(
    grader: Grader,
    got: Any,
    x: np.ndarray,
    fixed: tuple[float, float, float],
    others: tuple[float, float, float],
) -> None:
    def member(a: float, b: float, c: float) -> np.ndarray:
        return a * x**2 + b * x + c

    a, b, c = fixed
    grader.close(
        got,
        member(a, b, c),
        known_mistakes=[
            (
                member(*others),
                "That is the function that was made last. Each has to keep the coefficients it was made "
                "with: pass them to `partial`, and keep none of them in a global variable.",
            ),
            (member(c, b, a), "The coefficients were passed the other way round."),
            *_not_the_quadratic(a, b, c, x),
        ],
    )


@check("noise_shape", cases=[(2,), (7,), (7, 1), (3, 4)])
def noise_keeps_the_shape(grader: Grader, learner: Learner, shape: tuple[int, ...]) -> None:
    (x,) = grader.draw(shape, low=-300, high=300)
    y = grader.array(learner.call("add_noise", x, 0.1, 0.5))
    grader.expect(
        y.shape == shape,
        f"x has shape {shape}, and add_noise(x, 0.1, 0.5) has shape {y.shape}. Draw the noise in "
        "the shape of x, as `torch.randn_like(x)` does, or broadcasting makes a table of the two.",
    )
    grader.expect(bool(np.isfinite(y).all()), "add_noise(x, 0.1, 0.5) holds NaN or infinity.")
    noise = np.abs(y - x)
    grader.expect(bool(noise.max() > 1e-4), "add_noise(x, 0.1, 0.5) is x as it was, without any noise.")
    grader.expect(
        bool((noise < FARTHEST * np.sqrt((0.1 * x) ** 2 + 0.5**2)).all()),
        "In add_noise(x, 0.1, 0.5) the values themselves are gone: noise is added to x, and stays small.",
    )


@check("multiplicative")
def multiplicative_noise_grows_with_the_value(grader: Grader, learner: Learner) -> None:
    x, mult = _spread_values(grader), round(float(grader.rng.uniform(0.1, 0.3)), 3)
    noise = _noise(grader, learner, x, mult, 0.0)
    call = f"With mult={mult}, add=0"
    in_units = noise / (x * mult)
    _is_some_noise(grader, noise, in_units, x, call)
    if not _is_spread(in_units, 1) and _is_spread(noise / mult, 1):
        grader.fail(
            f"{call} the noise is as strong at small values as at large ones. Multiplicative noise "
            "grows with the value: x times 1 plus the noise."
        )
    _is_standard_normal(grader, in_units, f"{call}, the noise divided by x and by mult")


@check("additive")
def additive_noise_is_the_same_everywhere(grader: Grader, learner: Learner) -> None:
    x, add = _spread_values(grader), round(float(grader.rng.uniform(0.5, 2)), 3)
    noise = _noise(grader, learner, x, 0.0, add)
    call = f"With mult=0, add={add}"
    in_units = noise / add
    _is_some_noise(grader, noise, in_units, x, call)
    if not _is_spread(in_units, 1) and _is_spread(noise / (x * add), 1):
        grader.fail(f"{call} the noise grows with the value. Additive noise is added to x, not multiplied.")
    _is_standard_normal(grader, in_units, f"{call}, the noise divided by add")


@check("independent")
def the_two_kinds_are_drawn_independently(grader: Grader, learner: Learner) -> None:
    # At x = ±add / mult both kinds are equally strong: their variances add up to 2 · add².
    mult, add = (round(float(n), 3) for n in grader.rng.uniform((2, 1), (3, 4)))
    x = np.repeat([add / mult, -add / mult], NUMBERS // 2).astype(np.float32).astype(np.float64)
    in_units = _noise(grader, learner, x, mult, add) / (np.sqrt(2) * add)
    above, below = (float(half.std()) for half in np.split(in_units, 2))
    found = (
        f"With mult={mult}, add={add} and x = ±{add / mult:.3f} the noise is {above:.2f} times as "
        f"strong as it should be for the positive x, {below:.2f} times for the negative ones."
    )
    if max(above, below) > 1.35 and max(above, below) < 1.5:
        grader.fail(
            f"{found} One random number was used for both kinds, so that they add up or cancel. Draw twice."
        )
    if abs(above - np.sqrt(1 + mult**2 / 2)) < 0.2:
        grader.fail(
            f"{found} The additive noise was multiplied as well: multiply x by 1 plus the one noise, "
            "and only then add the other."
        )
    grader.expect(abs(above - 1) < SPREAD_WITHIN and abs(below - 1) < SPREAD_WITHIN, found)


@check("fresh_noise")
def every_call_gives_other_noise(grader: Grader, learner: Learner) -> None:
    (x,) = grader.draw((8,))
    first, second = (_noise(grader, learner, x, 0.2, 1.0) for _ in range(2))
    grader.expect(
        not np.array_equal(first, second),
        "Two calls of add_noise gave exactly the same noise, so it sets the seed itself. A seed does not "
        "remove noise, it repeats it: here every measurement would have the same errors. Set the seed "
        "once, in noisy_points.",
    )


@check("points")
def noisy_points_lie_around_the_curve(grader: Grader, learner: Learner) -> None:
    noises = []
    for seed in grader.rng.integers(0, 2**31, 20).tolist():
        x, y = _points(grader, learner, seed)
        curve = 3 * x**2 + 2 * x + 1
        grader.expect(
            not np.allclose(y, curve, rtol=1e-4, atol=1e-4),
            f"y of noisy_points({seed}) is the curve itself, without noise. A seed does not remove noise: it "
            "only makes the same noise come again.",
        )
        noises.append((y - curve) / np.sqrt((0.15 * curve) ** 2 + 1.5**2))
    strength = float(np.var(noises, axis=1, ddof=1).mean())
    grader.expect(
        POINTS_SPREAD[0] < strength < POINTS_SPREAD[1],
        "y of noisy_points does not lie around 3x² + 2x + 1 as noise with mult=0.15, add=1.5 lets it: over "
        f"20 seeds the points scatter {np.sqrt(strength):.2f} times as far.",
    )
    grader.expect(
        abs(float(np.mean(noises))) < POINTS_MEAN,
        "y of noisy_points lies beside 3x² + 2x + 1, not around it: noise goes up as often as down.",
    )


@check("seeded")
def the_same_seed_gives_the_same_points(grader: Grader, learner: Learner) -> None:
    seed, other_seed = (int(n) for n in grader.rng.choice(2**31, 2, replace=False))
    (_, first), (_, other), (_, again) = (_points(grader, learner, s) for s in (seed, other_seed, seed))
    if np.array_equal(first, other):
        grader.fail(
            f"noisy_points({seed}) and noisy_points({other_seed}) are equal. Another seed has to give "
            "other noise: set the seed that you are given, and set none elsewhere."
        )
    grader.expect(
        np.array_equal(first, again),
        f"noisy_points({seed}) gave other noise when it was called again. Set the seed of the random "
        "numbers you use, before the first one is drawn.",
    )


def _points(grader: Grader, learner: Learner, seed: int) -> tuple[np.ndarray, np.ndarray]:
    got = learner.call("noisy_points", seed)
    grader.expect(
        isinstance(got, list | tuple) and len(got) == 2, "noisy_points(seed) has to return a pair (x, y)."
    )
    x = grader.array(got[0], shape=(20, 1), what="x of noisy_points")
    y = grader.array(got[1], shape=(20, 1), what="y of noisy_points")
    grader.close(x, np.linspace(-2, 2, 20)[:, None], what="x of noisy_points")
    return x, y


def _spread_values(grader: Grader) -> np.ndarray:
    """Values of either sign, none near 0."""
    values = grader.rng.uniform(1, 5, NUMBERS) * grader.rng.choice([-1, 1], NUMBERS)
    rounded: np.ndarray = values.astype(np.float32).astype(np.float64)
    return rounded


def _noise(grader: Grader, learner: Learner, x: np.ndarray, mult: float, add: float) -> np.ndarray:
    """What `add_noise` adds to `x`."""
    y = grader.array(learner.call("add_noise", x, mult, add), shape=x.shape)
    noise: np.ndarray = y - x
    return noise


def _is_some_noise(grader: Grader, noise: np.ndarray, in_units: np.ndarray, x: np.ndarray, call: str) -> None:
    grader.expect(bool(np.abs(noise).max() > 1e-4), f"{call} there is no noise: x came back as it was.")
    grader.expect(
        float(in_units.std()) > 0.01,
        f"{call} all points got the same random number: draw one for each element of x.",
    )
    slope = float(noise @ x / (x @ x))
    grader.expect(
        abs(slope + 1) > 0.1,
        f"{call} the values themselves are gone and only noise is left. Add the noise to x.",
    )


def _is_spread(numbers: np.ndarray, wanted: float) -> bool:
    return abs(float(numbers.std()) - wanted) < SPREAD_WITHIN


def _is_standard_normal(grader: Grader, numbers: np.ndarray, what: str) -> None:
    mean, spread = float(numbers.mean()), float(numbers.std())
    found = f"{what}, has mean {mean:.3f} and standard deviation {spread:.3f}; 0 and 1 were expected."
    if abs(abs(mean) - 0.5) < 0.05 and abs(spread - 0.289) < 0.05:
        grader.fail(f"{found} That is `torch.rand`, uniform from 0 to 1; `torch.randn` is the normal one.")
    grader.expect(abs(mean) < MEAN_WITHIN and abs(spread - 1) < SPREAD_WITHIN, found)
    share = float((np.abs(numbers) < 1).mean())
    grader.expect(
        abs(share - SHARE_WITHIN_ONE) < 0.03,
        f"{what}, lies between −1 and 1 in {share:.0%} of all cases; 68 % do in a normal distribution.",
    )
