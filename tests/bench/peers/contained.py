"""Running a command under a supervisor that lets nothing of it escape."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int | None
    seconds: float
    cut_short: str
    """`time` or `memory` where it had to be killed for that, else nothing."""
    output: str
    """The end of what it printed."""


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], seconds: float) -> Ran:
    """Runs a command for as long as `seconds`; none of its processes is left."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        order = {
            "command": list(command),
            "cwd": str(cwd),
            "environment": dict(environment),
            "output": str(output),
            "seconds": seconds,
        }
        supervisor = [sys.executable, "-m", "tests.bench.peers.supervisor", json.dumps(order)]
        told = json.loads(subprocess.run(supervisor, check=True, stdout=subprocess.PIPE).stdout)
        return Ran(told["status"], told["seconds"], told["cut_short"], _end_of(output))


def _end_of(file: Path) -> str:
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 20_000))
        return opened.read().decode(errors="replace")
