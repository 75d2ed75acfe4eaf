"""A lesson that uses every part of the format, for tests to read and to corrupt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

LESSON = r"""# yaml-language-server: $schema=lesson.schema.json
id: neural-nets
title: Neural nets
number: 3
needs: []
summary: |
  What a model is, and how it is fitted.

steps:
  - id: video  # the lecture
    kind: video
    title: The video
    minutes: 90
    stages: [watch, run]
    links:
      - {title: the video, url: "https://example.org/watch?v=1"}
  - id: book
    kind: book
    title: Chapter 4
    minutes: 60
    needs: [video]

resources:
  website:
    - title: lesson 3
      url: https://example.org/lesson3

notes:
  - title: What is inside a model
    at: 38:20
    notes:
      - callout: idea
        text: Mostly numbers.
      - id: layers
        title: The layers
        at: "1:02:03"

exercises:
  - id: tensors
    title: Tensors
    exercise: tensors
  - id: fit
    title: Fit a quadratic
    exercise: fit_quadratic
    needs: [tensors]

questions:
  - id: what-is-rank
    kind: choice
    topic: tensors
    prompt: What is the rank of a tensor?
    explanation: The number of its axes.
    place: {note: layers, at: 40:10}
    choices:
      - text: The number of its axes
        right: true
      - text: The length of its first axis
        why: That is the first number of its shape.
  - id: which-zero
    kind: choices
    topic: gradients
    prompt: Which zero the gradients?
    explanation: The first alone.
    choices:
      - text: Calling `zero_` on them
        right: true
      - text: Calling `backward`
        why: That adds to them.
  - id: scientific
    kind: number
    topic: learning rate
    prompt: Write a thousandth.
    explanation: A thousandth.
    answer: 1.0e-3
    tolerance: 0
  - id: relu
    kind: typed
    topic: activations
    prompt: What is $\max(0, x)$ called?
    explanation: A rectified linear unit.
    accept: [ReLU, rectified linear unit]
    near_misses:
      - answer: sigmoid
        why: That is the S-shaped one.
  - id: why-zero
    kind: explain
    topic: gradients
    prompt: Why are gradients zeroed?
    explanation: They add up otherwise.
    rubric:
      - They accumulate.
"""


@pytest.fixture(scope="session")
def lesson_text() -> str:
    return LESSON


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a lesson into the folder of the test; returns the file."""

    def write(text: str | bytes, name: str = "lesson.yaml") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    return write
