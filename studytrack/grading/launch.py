"""How a worker is started: its command line, its environment, its share of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from studytrack.grading import bubblewrap
from studytrack.grading.tiers import BUBBLEWRAP


def command(tier: str, worker: Sequence[str], hidden: Sequence[Path]) -> list[str]:
    """The command line that starts `worker` (arguments for Python) in a tier, with `hidden` out of sight."""
    python = [sys.executable, "-B", "-P", *worker]
    return bubblewrap.wrap(python, hidden) if tier == BUBBLEWRAP else python


def environment(folder: str, threads: int) -> dict[str, str]:
    """All that the worker's environment holds; nothing of the learner's own."""
    count = str(threads)
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        "OPENBLAS_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": folder,
    }


def threads() -> int:
    """How many threads torch may use: half the cores.

    On two busy cores a training of 50 steps took five times longer with two threads than with one.
    """
    return max(1, min(4, (os.cpu_count() or 1) // 2))
