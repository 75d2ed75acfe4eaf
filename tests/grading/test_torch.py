"""With torch loaded: what crosses the wire as tensors, and that training works in the sandbox."""

from __future__ import annotations

import pytest

from studytrack.grading.session import BlockingSession
from studytrack.grading.verdict import State
from tests.grading.conftest import Grade, MakeExercise, grading_in

GREETS = '\ndef hello():\n    return "hello"\n'


@pytest.mark.parametrize(
    "expression",
    [
        "x * 2",
        "x * torch.tensor(2.0, requires_grad=True)",
        "torch.nn.Parameter(x * 2)",
        "(x * 2).double()",
        "(x * 2).numpy()",
        "(x * 2).to_sparse()",
        "(x.T * 2).T",
        "(x * 2).tolist()",
        "(x * 2).as_subclass(type('Mine', (torch.Tensor,), {}))",
        "(x * 2 + 0j).conj().real",
        "list(x * 2)",
    ],
)
def test_tensors_of_any_kind_are_graded_by_their_numbers(grade_with_torch: Grade, expression: str) -> None:
    code = (
        f"import torch\ndef twice(x):\n    assert x.dtype == torch.float32\n    return {expression}\n{GREETS}"
    )
    graded = grade_with_torch(code)
    assert graded.verdict.state is State.PASSED, graded["twice"].message


@pytest.mark.parametrize(
    "expression", ["x", "(x * 2).to('meta')", "x * float('nan')", "(x * 2).half().int()"]
)
def test_wrong_tensors_earn_nothing(grade_with_torch: Grade, expression: str) -> None:
    graded = grade_with_torch(f"import torch\ndef twice(x):\n    return {expression}\n{GREETS}")
    assert graded["twice"].points == 0


def test_a_lying_subclass_earns_nothing(grade_with_torch: Grade) -> None:
    graded = grade_with_torch(
        f"""
        import torch
        class Lying(torch.Tensor):
            @classmethod
            def __torch_function__(cls, function, types, args=(), kwargs=None): return True
            def __eq__(self, other): return True
        def twice(x):
            return x.as_subclass(Lying)
        {GREETS.replace(chr(10), chr(10) + "        ")}
        """
    )
    assert graded["twice"].state is State.INCORRECT


def test_too_large_a_tensor_is_out_of_memory(grade_with_torch: Grade) -> None:
    graded = grade_with_torch("import torch\ndef twice(x):\n    return torch.ones(1 << 32)\n")
    assert graded["twice"].state is State.OUT_OF_MEMORY


def test_a_training_with_an_optimiser_runs(grade_with_torch: Grade) -> None:
    graded = grade_with_torch(
        """
        import torch
        from studytrack import live
        weight = torch.zeros(1, requires_grad=True)
        optimiser = torch.optim.SGD([weight], lr=0.1)
        for step in range(50):
            loss = ((weight - 3) ** 2).sum()
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
            live.log(loss=loss)
        print(f"{weight.item():.3f}")
        """
    )
    assert graded.verdict.output == "3.000\n"


def test_a_dataloader_with_workers_runs(grade_with_torch: Grade) -> None:
    graded = grade_with_torch(
        """
        import torch
        loader = torch.utils.data.DataLoader(list(range(100)), batch_size=10, num_workers=2)
        print(sum(int(batch.sum()) for batch in loader))
        """
    )
    assert graded.verdict.output == "4950\n"


CROSSING = """
from studytrack.grading.checks import Double, Grader, Learner, check
import numpy as np

VALUES = [
    None, True, 3, -2.5, 1 + 2j, "text \\u00e9", [1, [2.5, "x"]], (1, (2,)), {"a": [1], 2: None},
    np.arange(6).reshape(2, 3), np.array(True), np.zeros((0, 3), dtype=np.float32), np.float32(1.5),
]


@check("twice")
def everything_comes_back(grader: Grader, learner: Learner) -> None:
    for value in VALUES:
        got = learner.call("same", value)
        if isinstance(value, np.ndarray):
            grader.expect(got.dtype == value.dtype and got.shape == value.shape, f"{value!r} {got!r}")
        grader.equal(got, value)
    grader.equal(learner.call("kind", np.zeros(2)), "torch.float32")
    grader.equal(learner.call("kind", Double(np.zeros(2))), "torch.float64")
    grader.equal(learner.call("kind", [np.zeros(2)][0]), "torch.float32")
    grader.equal(learner.call("keyword", a=np.zeros(3), b=2), [3, 2])


@check("hello")
def functions_are_held_and_called(grader: Grader, learner: Learner) -> None:
    add_two = learner.call("adder", 2)
    grader.close(learner.call(add_two, np.array([1.0, 2.0])), [3, 4])
    grader.equal(learner.call("apply", add_two, 5), 7)


@check("both")
def inputs_stay_as_they_were(grader: Grader, learner: Learner) -> None:
    values = np.ones(3)
    learner.call("spoil", values)
    grader.equal(values, [1, 1, 1])
    learner.seed(7)
    first = learner.call("draw")
    learner.seed(7)
    grader.equal(learner.call("draw"), first)
    grader.expect(learner.call("draw") != first, "the seed was set once only")
"""
HELPERS = """
import torch
from functools import partial

def same(value): return value
def kind(value): return str(value.dtype)
def keyword(*, a, b): return [len(a), b]
def adder(n): return partial(lambda n, x: x + n, n)
def apply(function, x): return function(x)
def spoil(values): values.zero_()
def draw(): return torch.rand(1).item()
"""


def test_values_functions_and_seeds_cross_the_wire(make_exercise: MakeExercise) -> None:
    with BlockingSession(make_exercise(preload="torch", checks__py=CROSSING)) as session:
        graded = grading_in(session)(HELPERS)
    assert graded.verdict.state is State.PASSED, (graded.verdict, graded.finished.trace)
