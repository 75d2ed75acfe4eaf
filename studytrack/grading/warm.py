"""The grader's side of the warm worker: starting it, hearing from it, and ending it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from studytrack.errors import GradingError
from studytrack.grading import confine, launch, sight
from studytrack.grading.keeper import Order
from studytrack.grading.removing import remove_tree
from studytrack.grading.tiers import BUBBLEWRAP, LANDLOCK

_LAST_WORDS = 1000


class WarmWorker:
    """A worker process in one tier. `fileno()` is readable when it has something to say."""

    def __init__(self, tier: str, preload: Sequence[str], hidden: Sequence[Path]) -> None:
        self.tier = tier
        self.state = "starting"
        """Then `confined`, then `ready`, now and then `loading`; `refused` or `gone` where it ended."""
        self.why = ""
        self.loading: tuple[str, float] | None = None
        """What it loads now, and the seconds that this usually takes."""
        self._heard = b""
        self.complete = False
        """Whether all is loaded, what may come later too."""
        self.worked = False
        """Whether it was ever ready; one that never was is not tried again without need."""
        self.filtered = False
        """Whether an attempt's system calls are filtered; known once it is confined."""
        self.started = monotonic()
        self.attempts = 0
        self._folder = tempfile.TemporaryDirectory(prefix="studytrack-") if tier != BUBBLEWRAP else None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._socket, theirs = socket.socketpair()
        whole, listed = sight.readable(hidden) if tier == LANDLOCK else ([], [])
        options = json.dumps(
            {
                "tier": tier,
                "preload": list(preload),
                "folder": self._folder.name if self._folder else confine.TEMPORARY,
                "whole": list(map(str, whole)),
                "listed": list(map(str, listed)),
            }
        )
        worker = ["-m", "studytrack.grading.worker", str(theirs.fileno()), options]
        home = self._folder.name if self._folder else confine.TEMPORARY
        self._process = subprocess.Popen(
            launch.command(tier, worker, hidden),
            env=launch.environment(home, launch.threads()),
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            cwd="/",
        )
        theirs.close()

    def fileno(self) -> int:
        return self._socket.fileno()

    @property
    def alive(self) -> bool:
        return self.state not in ("refused", "gone")

    @property
    def ready(self) -> bool:
        """Whether an attempt would be begun at once."""
        return self.state == "ready"

    def notice(self) -> bool:
        """Take in what it has said, without waiting; whether there was anything."""
        try:
            data = self._socket.recv(65536, socket.MSG_DONTWAIT) if self.alive else b""
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data and self.alive:
            self.state, self.why = "gone", self._last_words()
        *lines, self._heard = (self._heard + data).split(b"\n")
        for message in map(json.loads, lines):
            self.state, self.why = message["state"], message.get("why", "")
            self.loading = (message["what"], message["seconds"]) if self.state == "loading" else None
            self.complete = message.get("complete", False)
            self.filtered = message.get("filtered", self.filtered)
            self.worked = self.worked or self.ready
        return True

    def order(self, order: Order, descriptors: Sequence[int]) -> None:
        """Ask for an attempt. Raises GradingError if the worker is gone."""
        self.attempts += 1
        try:
            socket.send_fds(self._socket, [json.dumps(asdict(order)).encode()], list(descriptors))
        except OSError as error:
            self.state = "gone"
            raise GradingError("the process that runs the learner's code ended", "run it again") from error

    def close(self) -> None:
        """End the worker with everything below it."""
        self._socket.close()
        try:
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._folder:
            remove_tree(self._folder.name)
            self._folder.cleanup()
        self._errors.close()
        self.state = "gone"

    def _last_words(self) -> str:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _LAST_WORDS))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"
