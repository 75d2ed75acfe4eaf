"""Shows a training while it runs: `from studytrack import live`, then one line in the loop.

    live.log(step=i, of=steps, loss=loss)

draws the curve of the loss and tells how far the training is and how long it still takes. Where
there are epochs and batches, `track` counts them, and makes a table of the epochs:

    for epoch in live.track(range(epochs)):
        for x, y in live.track(batches):
            ...
            live.log(loss=loss)
        live.log(valid_loss=valid_loss, accuracy=accuracy)

Metrics called `…loss` share one picture; others, such as the accuracy or `lr`, have a line each.
A fastai `Learner` shows all of this by itself.

Run by the grader, the numbers appear while the code runs; run by itself, a file that logs behaves
as if it did not. What is logged is a picture for the learner and never decides about points.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from typing import SupportsFloat, TypeVar

from studytrack.live.shown import shown

__all__ = ["log", "track"]

T = TypeVar("T")


def log(step: int | None = None, of: int | None = None, **metrics: SupportsFloat) -> None:
    """Show the metrics of one step, such as `log(loss=loss, accuracy=0.9)`.

    A metric is a number or a tensor that holds one. Steps count from 0; where none is given they
    are those of the loop that is tracked, or the calls of `log`. With `of`, the number of steps
    that there will be, the time left is told. Raises TypeError where a metric is not a number.
    """
    try:
        values = {name: _number(value) for name, value in metrics.items()}
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(f"live.log: every metric must be a single number ({error})") from None
    shown.log(None if step is None else int(step), None if of is None else int(of), values)


def track(items: Iterable[T], of: int | None = None) -> Iterator[T]:
    """Go through `items` and show how far the loop is: `for batch in track(batches)`.

    A loop inside a tracked loop is that of the batches of an epoch. `of` is the number of items,
    where `items` cannot tell it.
    """
    loop = shown.begin_loop(operator.length_hint(items) or None if of is None else int(of))
    try:
        for item in items:
            yield item
            loop.advance()
    finally:
        shown.end_loop(loop)


def _number(value: SupportsFloat) -> float:
    item = getattr(value, "item", None)  # of a tensor; float() would warn where it requires grad
    return float(item() if item else value)
