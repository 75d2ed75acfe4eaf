"""What a tier of isolation says that it does not cover, as what an attack may reach in it."""

from __future__ import annotations

from studytrack.grading.battery.attack import Reach
from studytrack.grading.tiers import Tier

_OPEN: dict[str, frozenset[Reach]] = {
    "a fault of the Linux kernel itself": frozenset(),
    "sockets and shared memory of your other programs can be reached": frozenset({Reach.SOCKETS}),
    "the names of files and of processes can be seen": frozenset(),
    "your files can be read and changed, as by any program that you start": frozenset(
        {Reach.FILES, Reach.SOCKETS}
    ),
    "the checks and the solutions can be read": frozenset({Reach.ANSWERS}),
    "the network can be used, and other programs signalled": frozenset({Reach.NETWORK, Reach.SIGNALS}),
}
"""By the sentences of `Tier.lacks`, so that nothing is excused here that the learner is not told."""


def left_open(tier: Tier) -> frozenset[Reach]:
    """What a tier does not cover. Raises KeyError for a sentence that says nothing to the battery."""
    return frozenset[Reach]().union(*(_OPEN[sentence] for sentence in tier.lacks))
