"""What the grader is told when it starts: the exercise, as far as grading needs it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytrack.grading.lifetime import Lifetime
from studytrack.grading.tiers import tiers_to_try

if TYPE_CHECKING:
    from studytrack.grading.exercises import Exercise


@dataclass(frozen=True)
class CheckPlan:
    """A check of the manifest."""

    id: str
    title: str
    points: float
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """Plain data, so that the grader starts without pydantic and YAML."""

    exercise: str
    folder: str
    checks: tuple[CheckPlan, ...]
    preload: tuple[str, ...]
    seconds: float
    memory_mb: int
    output_kb: int
    tiers: tuple[str, ...]
    lifetime: Lifetime

    @property
    def checks_file(self) -> Path:
        return Path(self.folder, "checks.py")

    @property
    def starter(self) -> Path:
        return Path(self.folder, "starter.py")

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def opening_of(exercise: Exercise, tier: str | None, lifetime: Lifetime) -> Opening:
    """The opening for an exercise. Raises UsageError if there is no such tier."""
    manifest = exercise.manifest
    return Opening(
        exercise=exercise.id,
        folder=str(exercise.folder.resolve()),
        checks=tuple(CheckPlan(c.id, c.title, float(c.points), c.needs) for c in manifest.checks),
        preload=manifest.preload,
        seconds=float(manifest.limits.seconds),
        memory_mb=manifest.limits.memory_mb,
        output_kb=manifest.limits.output_kb,
        tiers=tuple(tiers_to_try(tier)),
        lifetime=lifetime,
    )


def opening_from_json(text: str) -> Opening:
    """What `to_json` made, read back."""
    data = json.loads(text)
    checks = tuple(CheckPlan(**{**check, "needs": tuple(check["needs"])}) for check in data["checks"])
    rebuilt = {
        "checks": checks,
        "preload": tuple(data["preload"]),
        "tiers": tuple(data["tiers"]),
        "lifetime": Lifetime(**data["lifetime"]),
    }
    return Opening(**{**data, **rebuilt})
