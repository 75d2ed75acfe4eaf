"""One question of each kind."""

from __future__ import annotations

import pytest

from studytrack.curriculum.models import Choice, Explain, NearMiss, Number, OneOf, SeveralOf, Typed


@pytest.fixture
def one_of() -> OneOf:
    return OneOf(
        kind="choice",
        id="gradient-sign",
        topic="gradients",
        prompt="The gradient of the loss is negative. What does the step do to the parameter?",
        explanation="The step goes against the gradient.",
        choices=(
            Choice(text="It grows.", right=True, why="Minus a negative number."),
            Choice(text="It shrinks.", why="That would go uphill."),
            Choice(text="It stays.", why="Only a gradient of zero does that."),
            Choice(text="`nan`", why="Nothing is divided here."),
        ),
    )


@pytest.fixture
def several_of() -> SeveralOf:
    return SeveralOf(
        kind="choices",
        id="nonlinear",
        topic="activations",
        prompt="Which of these are not linear?",
        explanation="A linear function of a linear function is linear.",
        choices=(
            Choice(text="ReLU", right=True),
            Choice(text="a matrix product", why="That is what linear means."),
            Choice(text="sigmoid", right=True),
            Choice(text="adding a bias", why="Adding a constant bends nothing."),
            Choice(text="tanh", right=True),
        ),
    )


@pytest.fixture
def typed() -> Typed:
    return Typed(
        kind="typed",
        id="zero-grad",
        topic="gradients",
        prompt="What sets the gradients of an optimiser's parameters back?",
        explanation="Gradients are added up until they are set back.",
        accept=("opt.zero_grad()", "zero_grad"),
        near_misses=(NearMiss(answer="backward", why="That adds to the gradients."),),
    )


@pytest.fixture
def number() -> Number:
    return Number(
        kind="number",
        id="parameters",
        topic="shapes",
        prompt="How many weights has a layer from 784 to 30?",
        explanation="A product of the two, without the bias.",
        answer=23520,
        near_misses=(NearMiss(answer="23550", why="You counted the 30 biases as well."),),
    )


@pytest.fixture
def explain() -> Explain:
    return Explain(
        kind="explain",
        id="why-relu",
        topic="activations",
        prompt="Why is there a ReLU between two layers?",
        explanation="Without it the two would be one.",
        rubric=("two linear layers make one", "ReLU bends the line"),
    )
