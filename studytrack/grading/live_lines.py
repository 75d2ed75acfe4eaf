"""The lines that a training sends, read as data: all of it is bounded, and none of it is believed."""

from __future__ import annotations

import json
import math
from typing import Any

from studytrack.grading.messages import Part, Point, Progress, Training
from studytrack.grading.output import clean

LONGEST_LINE = 4096
_MOST_METRICS = 16
_LONGEST_NAME = 60
_LONGEST_TITLE = 60
_MOST_PARTS = 3
_MOST_ROUNDS = 10**12


class EpochRow(dict[str, float | None]):
    """What an epoch came to: its number as `epoch`, its metrics, and `seconds`."""


def read_line(line: bytes) -> Point | EpochRow | Progress | Training | None:
    """What a line stands for, or None if it stands for nothing."""
    try:
        data = json.loads(line) if len(line) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and "step" in data:
        point = _numbers(data, 1)
        return point if point and len(point) > 1 and point["step"] is not None else None
    match data:
        case {"epoch": dict(row)}:
            numbers = _numbers(row, 2)
            return EpochRow(numbers) if numbers and numbers.get("epoch") is not None else None
        case {"progress": [share, list(parts)]}:
            return _progress(share, parts)
        case {"training": {"title": str(title), "over": str(over)}}:
            return Training(_short(title, _LONGEST_TITLE), over) if _is_name(over) else None
    return None


def _numbers(data: dict[str, Any], beside: int) -> Point | None:
    """The metrics, and as many numbers more; None where they are not."""
    if len(data) > _MOST_METRICS + beside:
        return None
    numbers: Point = {}
    for name, value in data.items():
        if not _is_name(name) or not _is_number(value):
            return None
        numbers[name] = _finite(value)
    return numbers


def _progress(share: Any, parts: list[Any]) -> Progress | None:
    told = tuple(part for part in map(_part, parts[:_MOST_PARTS]) if part)
    finite = _finite(share) if _is_number(share) else None
    return Progress(None if finite is None else min(1.0, max(0.0, finite)), told) if told else None


def _part(data: object) -> Part | None:
    match data:
        case [str(name), int(done), int() | None as total] if _is_name(name):
            return Part(name, _bounded(done), None if total is None else _bounded(total))
    return None


def _bounded(count: int) -> int:
    return min(max(0, int(count)), _MOST_ROUNDS)


def _is_name(name: str) -> bool:
    return name.isidentifier() and len(name) <= _LONGEST_NAME


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _finite(value: float) -> float | None:
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number too large for a float
        return None


def _short(text: str, most: int) -> str:
    return " ".join(clean(text).split())[:most]
