"""An exercise, as its author describes it in `exercise.yaml`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from studytrack.curriculum.models import Id, Line, Markdown, Model
from studytrack.files import write_atomically

SCHEMA_FILE = "exercise.schema.json"
"""Lies beside the folders of the exercises, for editors that complete YAML."""

Library = Literal["torch", "fastai.vision", "fastai.tabular", "fastai.text"]
"""What a worker can hold ready before the learner's code arrives."""


class Limits(Model):
    """What one attempt may use."""

    seconds: Annotated[float | int, Field(gt=0, le=3600)] = 20
    """Wall-clock time for the learner's code, over all checks."""
    memory_mb: Annotated[int, Field(ge=64, le=65536)] = 1024
    """Memory on top of what the loaded libraries take."""
    output_kb: Annotated[int, Field(ge=1, le=65536)] = 1024
    """What it may print."""


class CheckEntry(Model):
    """One thing that is checked, and what it is worth."""

    id: Id
    title: Line
    points: Annotated[float | int, Field(gt=0)] = 1
    needs: tuple[Id, ...] = ()
    """Checks above this one that must have passed for it to make sense."""


class Manifest(Model):
    """A graded exercise."""

    id: Id
    """The name of its folder too."""
    title: Line
    lesson: Id
    summary: Line
    minutes: Annotated[int, Field(ge=1, le=600)]
    """How long a learner works on it."""
    needs: tuple[Id, ...] = ()
    """Exercises that come before."""
    data: tuple[Line, ...] = ()
    """Names of the data sets it needs."""
    preload: tuple[Library, ...] = ("torch",)
    """Libraries that are loaded before the learner's code arrives."""
    limits: Limits = Limits()
    hints: Annotated[tuple[Markdown, ...], Field(min_length=2)]
    """From a nudge to nearly the answer."""
    checks: Annotated[tuple[CheckEntry, ...], Field(min_length=1)]
    """In the order in which they run."""

    @property
    def points(self) -> float:
        """What the whole exercise is worth."""
        return float(sum(check.points for check in self.checks))


def exercise_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `exercise.yaml`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}


def write_schema(path: Path) -> None:
    """Writes the schema to a file. Raises StudytrackError where that cannot be done."""
    write_atomically(path, json.dumps(exercise_schema(), indent=2, ensure_ascii=False) + "\n")
