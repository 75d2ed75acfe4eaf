"""The walls that an attempt puts around itself, in each tier, before any of the learner's code runs."""

from __future__ import annotations

from studytrack.grading import confine, landlock, seccomp
from studytrack.grading.seccomp import Guard, Installed
from studytrack.grading.tiers import BUBBLEWRAP, LANDLOCK, PROCESS


def close(tier: str, folder: str) -> Installed:
    """Give up rights, keep to `folder`, filter system calls; for good.

    Raises OSError where something that `tier` promises cannot be had.
    """
    confine.drop_capabilities()
    confine.gain_nothing()
    if tier == LANDLOCK:
        landlock.around_the_attempt(folder)
    try:
        return seccomp.install(_guard(tier))
    except OSError:
        if tier == PROCESS:  # it promises to take what the system gives
            return Installed(filtered=False)
        raise


def _guard(tier: str) -> Guard:
    if tier == BUBBLEWRAP:
        return Guard()
    if tier == LANDLOCK:
        return Guard(others=True, signals=not landlock.keeps_signals_in(), status=True)
    return Guard(others=True, signals=True)
