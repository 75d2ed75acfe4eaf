"""Runs one command contained, and writes how it ended as JSON: `supervisor.py ORDER`, an order as JSON.

Whatever the command starts, daemons too, is this process's to end: it adopts all orphans below it. The
command and all below it are killed when the command ends, its time is over, or it takes more memory
than the machine can spare.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from studytrack.grading import confine
from studytrack.grading.usage import children

MOST_EACH = 8 << 30
"""Bytes of address space that one process may have."""
MOST_IN_ALL = 12 << 30
"""Bytes that all processes together may have in memory."""
LOOK_EVERY = 0.1


def main() -> None:
    order = json.loads(sys.argv[1])
    confine.adopt_orphans()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_EACH, MOST_EACH))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(order["output"]).open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            order["command"],
            cwd=order["cwd"],
            env=os.environ | order["environment"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        why = _watch(process, start + order["seconds"])
        seconds = time.perf_counter() - start
    _end_all()
    print(json.dumps({"status": process.returncode, "seconds": seconds, "cut_short": why}))


def _watch(process: subprocess.Popen[bytes], until: float) -> str:
    """Waits for the end; what cut it short, if something did."""
    ended = os.pidfd_open(process.pid)  # tells at once, where Popen.wait would look now and then
    while True:
        if select.select([ended], [], [], LOOK_EVERY)[0]:
            process.wait()
            return ""
        if time.perf_counter() > until:
            return "time"
        if sum(map(_resident, _descendants())) > MOST_IN_ALL:
            return "memory"


def _descendants() -> list[int]:
    found = children()
    for process in found:  # grows while it is walked
        found += children(process)
    return found


def _resident(process: int) -> int:
    try:
        return confine.memory_of(str(process)).get("RssAnon", 0)
    except OSError:
        return 0


def _end_all() -> None:
    """Kills everything below this process, until nothing is left."""
    while found := _descendants():
        for process in found:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process in children():
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


if __name__ == "__main__":
    main()
