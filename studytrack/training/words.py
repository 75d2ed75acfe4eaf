"""A training in words: one line that says the most important first to go where there is room."""

from __future__ import annotations

from studytrack.grading.messages import Progress
from studytrack.training.picture import Picture
from studytrack.training.time_left import clock

_GAP = "  "
_LOSS, _PLACE, _LEFT, _OTHER, _INNER, _RATE = range(6)
"""What is left out last comes first."""


def told(picture: Picture, room: int, now: float | None = None) -> str:
    """The newest numbers in at most `room` columns: how far it is, the time left at `now`, the metrics."""
    pieces = [*_places(picture, now), *_values(picture)]
    while len(pieces) > 1 and len(_joined(pieces)) > room:
        least = max(weight for weight, _ in pieces)
        last = max(place for place, (weight, _) in enumerate(pieces) if weight == least)
        del pieces[last]
    line = _joined(pieces)
    return line if len(line) <= room else line[: max(0, room - 1)] + "…"


def number(value: float | None) -> str:
    """A metric in at most four figures."""
    return "NaN" if value is None else f"{value:.4g}"


def count(step: float) -> str:
    """A whole number in full, unless it is out of all proportion."""
    return f"{step:.0f}" if abs(step) < 1e12 else f"{step:.3g}"


def is_loss(name: str) -> bool:
    """Whether a metric is drawn on the axis of the losses."""
    return name.lower().endswith("loss")


def is_rate(name: str) -> bool:
    """Whether a metric is a learning rate."""
    return name in ("lr", "learning_rate")


def _places(picture: Picture, now: float | None) -> list[tuple[int, str]]:
    pieces = []
    if picture.progress:
        outer, *inner = _where(picture.progress)
        pieces = [(_PLACE, outer), *((_INNER, part) for part in inner)]
    elif picture.step is not None:
        pieces = [(_PLACE, f"step {count(picture.step)}")]
    left = picture.seconds_left(now) if now is not None else None
    return [*pieces, (_LEFT, f"{clock(left)} left")] if left is not None else pieces


def _where(progress: Progress) -> list[str]:
    return [
        f"{part.name.replace('_', ' ')} {part.done}{'' if part.total is None else f'/{part.total}'}"
        for part in progress.parts
    ]


def _values(picture: Picture) -> list[tuple[int, str]]:
    names = sorted(picture.last, key=lambda name: (is_rate(name), not is_loss(name)))
    weights = [_LOSS] + [_OTHER] * len(names)
    return [
        (_RATE if is_rate(name) else weight, _value(picture, name))
        for weight, name in zip(weights, names, strict=False)
    ]


def _value(picture: Picture, name: str) -> str:
    since = picture.lost.get(name)
    return f"{name} {number(picture.last[name])}{'' if since is None else f' since step {count(since)}'}"


def _joined(pieces: list[tuple[int, str]]) -> str:
    return _GAP.join(text for _, text in pieces)
