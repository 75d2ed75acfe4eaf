"""The published figures come out of the solutions, on the points that the grader uses."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from studytrack.datasets.noisy_quadratic import START, noisy_quadratic

EXERCISES = Path(__file__).parents[2] / "exercises"
X, Y = (torch.tensor(array, dtype=torch.float32) for array in noisy_quadratic())
FEATURES = torch.cat([X**2, X, torch.ones_like(X)], dim=1)
START_TENSOR = torch.tensor(START, dtype=torch.float32)


def file_of(exercise: str, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        f"{exercise}_{Path(name).stem}", EXERCISES / exercise / name
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


quadratic = file_of("quadratic_partial", "solution.py")
losses = file_of("loss_and_gradient", "solution.py")
training = file_of("fit_quadratic", "solution.py")
checks = file_of("fit_quadratic", "checks.py")


def predicted(params: torch.Tensor) -> torch.Tensor:
    return FEATURES @ params[:, None]


def mse_of(params: torch.Tensor) -> float:
    return float(losses.mse(predicted(params), Y))


def mae_of(params: torch.Tensor) -> float:
    return float(losses.mae(predicted(params), Y))


def test_the_quadratic_of_the_course_at_one_and_a_half() -> None:
    assert quadratic.make_quadratic(3, 2, 1)(1.5) == 10.75


def test_the_course_s_points_come_from_numpy_s_seed_42(monkeypatch: pytest.MonkeyPatch) -> None:
    def normal(like: torch.Tensor) -> torch.Tensor:
        return torch.tensor(np.random.normal(size=like.shape), dtype=torch.float32)

    monkeypatch.setattr(torch, "randn_like", normal)
    np.random.seed(42)
    x = torch.linspace(-2, 2, 20)[:, None]
    torch.testing.assert_close(x, X)
    torch.testing.assert_close(quadratic.add_noise(quadratic.make_quadratic(3, 2, 1)(x), 0.15, 1.5), Y)
    assert Y[:3, 0].tolist() == pytest.approx([11.869, 6.543, 5.940], abs=5e-4)


def test_losses_and_gradient_at_the_start() -> None:
    assert mae_of(START_TENSOR) == pytest.approx(2.4219, abs=5e-5)
    assert mse_of(START_TENSOR) == pytest.approx(10.137, abs=5e-4)
    stepped = losses.step(START_TENSOR, X, Y, 0.01)
    assert ((START_TENSOR - stepped) / 0.01).tolist() == pytest.approx([-1.3529, -0.0316, -0.5], abs=1e-4)
    assert mae_of(stepped) == pytest.approx(2.4010, abs=5e-5)


@pytest.mark.parametrize(
    ("steps", "a", "b", "c", "mse"),
    [
        (0, 1.100, 1.100, 1.100, 10.137),
        (1, 1.214, 1.101, 1.138, 8.758),
        (2, 1.318, 1.102, 1.173, 7.615),
        (10, 1.881, 1.110, 1.337, 3.309),
    ],
)
def test_the_worked_example_of_the_fit(steps: int, a: float, b: float, c: float, mse: float) -> None:
    params = training.fit(X, Y, 0.01, steps)
    assert [*params.tolist(), mse_of(params)] == pytest.approx([a, b, c, mse], abs=5e-4)


def test_enough_steps_reach_the_least_squares_optimum_and_the_gate() -> None:
    params = training.fit(X, Y, 0.1, 400)
    assert params.tolist() == pytest.approx([2.760, 1.140, 0.574], abs=1e-3)
    assert mse_of(params) == pytest.approx(1.69237, abs=1e-5)
    best = torch.linalg.lstsq(FEATURES.double(), Y.double()).solution[:, 0]
    assert params.tolist() == pytest.approx(best.tolist(), abs=1e-3)
    assert mse_of(training.fit(X, Y, 0.01, 1000)) <= checks.GATE


def test_the_true_curve_fits_worse_than_the_fit() -> None:
    assert mse_of(torch.tensor([3.0, 2.0, 1.0])) == pytest.approx(3.488, abs=5e-4)


def test_not_zeroing_hurts_the_mse_and_seems_to_help_the_mae() -> None:
    def ten_steps(loss: str, zeroing: bool) -> torch.Tensor:
        params = START_TENSOR.clone().requires_grad_()
        for _ in range(10):
            getattr(losses, loss)(predicted(params), Y).backward()
            assert params.grad is not None
            with torch.no_grad():
                params -= 0.01 * params.grad
            if zeroing:
                params.grad.zero_()
        return params.detach()

    assert mse_of(ten_steps("mse", zeroing=True)) == pytest.approx(3.31, abs=5e-3)
    assert mse_of(ten_steps("mse", zeroing=False)) == pytest.approx(10.01, abs=5e-3)
    assert mae_of(ten_steps("mae", zeroing=True)) == pytest.approx(2.21, abs=5e-3)
    assert mae_of(ten_steps("mae", zeroing=False)) == pytest.approx(1.46, abs=5e-3)


def test_the_reference_of_the_checks_is_the_training_of_the_solution() -> None:
    points = checks.Points(*noisy_quadratic(), 0.01)
    for steps in (0, 1, 10, 300):
        assert training.fit(X, Y, 0.01, steps).tolist() == pytest.approx(
            checks.descend(points, steps).tolist(), abs=1e-4
        )
    piled_up = torch.tensor(checks.descend_without_zeroing(points, 10), dtype=torch.float32)
    assert mse_of(piled_up) == pytest.approx(10.01, abs=5e-3)
