"""Circles in what needs what, which nobody could ever begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

_MOST = 20


def find_cycles(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The circles among the names, each as [a, b, …, a] where every name needs the next.

    Each begins with the one of its names that stands first in `needs`. What is needed and
    is not a name itself is passed over. After twenty circles it stops.
    """
    order = {name: number for number, name in enumerate(needs)}
    left = {name: [need for need in wanted if need in order] for name, wanted in needs.items()}
    cycles: list[list[str]] = []
    while len(cycles) < _MOST:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = error.args[1][:0:-1]  # graphlib lists what comes before first
            start = circle.index(min(circle, key=order.__getitem__))
            circle = circle[start:] + circle[:start]
            cycles.append([*circle, circle[0]])
            left[circle[-1]] = [need for need in left[circle[-1]] if need != circle[0]]
        else:
            break
    return cycles
