"""The sandbox: a worker in the best tier of isolation that really works on this machine."""

from __future__ import annotations

import selectors
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from studytrack.errors import GradingError
from studytrack.grading import bubblewrap
from studytrack.grading.tiers import BUBBLEWRAP, PROCESS, TIERS, Tier, plain, tiers_to_try
from studytrack.grading.warm import WarmWorker

_PATIENCE = 10.0
"""Seconds in which a worker must have said whether it can be confined; it takes a tenth of one."""

_ASKED_FOR = ("it was asked for by name", "without STUDYTRACK_TIER the best one that works here is taken")
"""Why there is no better tier where none was tried, and what to do about it."""


def start_worker(
    tiers: Sequence[str],
    preload: Sequence[str],
    hidden: Sequence[Path],
    interrupted: Callable[[], None] = lambda: None,
) -> tuple[WarmWorker, Tier]:
    """A worker in the first of the tiers that really works here, and that tier.

    `interrupted` is called every now and then and may raise. Raises GradingError if none works.
    """
    refusals: list[tuple[str, str]] = []
    for name in tiers:
        if name == BUBBLEWRAP and (missing := bubblewrap.missing()):
            refusals.append(missing)
            continue
        worker = WarmWorker(name, preload, hidden)
        try:
            _await_confined(worker, interrupted)
        except BaseException:
            worker.close()
            raise
        if worker.alive:
            tier = plain(worker.filtered) if name == PROCESS else TIERS[name]
            because, remedy = _why(refusals) if refusals or name == BUBBLEWRAP else _ASKED_FOR
            return worker, replace(tier, because=because, remedy=remedy)
        worker.close()
        remedy = bubblewrap.REFUSED_REMEDY if name == BUBBLEWRAP else ""
        refusals.append((f"{name} does not work here ({worker.why})", remedy))
    because, remedy = _why(refusals)
    raise GradingError(f"the learner's code cannot be run: {because}", remedy)


def _why(refusals: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Why there is no better tier, and what to do about it."""
    return (
        " and ".join(because for because, _ in refusals),
        next((remedy for _, remedy in refusals if remedy), ""),
    )


def _await_confined(worker: WarmWorker, interrupted: Callable[[], None]) -> None:
    end = monotonic() + _PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(worker, selectors.EVENT_READ)
        while worker.state == "starting" and monotonic() < end:
            if selector.select(0.1):
                worker.notice()
            interrupted()
    if worker.state == "starting":
        worker.state, worker.why = "gone", "it does not answer"


def probe(tier: str | None = None) -> Tier:
    """The best tier that works on this machine, found by trying; some tenths of a second.

    `tier` or the environment variable `STUDYTRACK_TIER` asks for one. Raises UsageError if there
    is no such tier, GradingError if it does not work here.
    """
    worker, found = start_worker(tiers_to_try(tier), (), ())
    worker.close()
    return found
