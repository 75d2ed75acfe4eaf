"""The grader's side of one attempt: asking the learner's process, within limits, until it is gone."""

from __future__ import annotations

import json
import os
import selectors
import socket
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, NoReturn

from studytrack.errors import GradingError
from studytrack.grading.feed import Feed
from studytrack.grading.keeper import BEGIN, Order
from studytrack.grading.learner_errors import MEDDLED, explain_end
from studytrack.grading.outcomes import AttemptOver
from studytrack.grading.shared_memory import SharedMemory
from studytrack.grading.tiers import BUBBLEWRAP, PROCESS
from studytrack.grading.verdict import State
from studytrack.grading.warm import WarmWorker
from studytrack.grading.wire import HEADER, Json, Malformed, frame, frame_length, parse

_END_PATIENCE = 2.0
"""Seconds in which a keeper must have ended its attempt; it takes some hundredths of one."""
_START_PATIENCE = 20.0
_ENDING_PATIENCE = 0.2
"""Seconds in which a process that has closed its channel may end by itself."""
_PIECE = 1 << 16
_ENDLESS = "\nThat is all the time there is. Is there a loop without an end, or with far too many rounds?"


@dataclass(frozen=True)
class Limits:
    """What the learner's code may use in one attempt."""

    seconds: float
    memory_mb: int
    output_kb: int


class Attempt:
    """One run of a learner's file in a process of its own, from its start to its end.

    The process is made and confined at once, in the background, so that one can be had ready
    before it is needed; it is used for one run only.
    """

    def __init__(self, worker: WarmWorker, order: Order, commands: int) -> None:
        """Ask `worker` for a process. `commands` is readable when the app says something.

        Raises GradingError if the worker is gone.
        """
        self._worker = worker
        self._number = 0
        self._channel, channel = socket.socketpair()
        self._life, life = socket.socketpair()
        self._output, output = os.pipe()
        self._metrics, metrics = os.pipe()
        self._commands = commands
        self._pipes: dict[int, Callable[[bytes], None]] = {}
        """Those whose other end is open, and what takes their content; none before the beginning."""
        self._selector = selectors.DefaultSelector()
        self.ended = False
        self._shared: SharedMemory | None = None
        """Where the attempt has none of its own: what is there besides."""
        theirs = (channel.detach(), output, metrics, life.detach())
        try:
            worker.order(order, theirs)
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        for ours in (self._channel.fileno(), self._life.fileno(), self._output, self._metrics):
            os.set_blocking(ours, False)
            self._selector.register(ours, selectors.EVENT_READ)
        self._selector.register(commands, selectors.EVENT_READ)

    def begin(self, limits: Limits, feed: Feed, check_cancelled: Callable[[], None]) -> None:
        """Wait until the process is confined; before that none of the learner's code runs.

        `check_cancelled` is called whenever the app has said something and may raise. Raises
        GradingError if the process cannot be confined or has ended since it was made.
        """
        self._limits = limits
        self._left = limits.seconds
        self._feed = feed
        self._check_cancelled = check_cancelled
        if self._worker.tier != BUBBLEWRAP:
            self._shared = SharedMemory()
        self._pipes = {self._output: feed.take_output, self._metrics: feed.take_metrics}
        with suppress(OSError):
            self._life.send(BEGIN)
        try:
            self._exchange(b"", monotonic() + _START_PATIENCE)
        except AttemptOver as over:
            if over.state is State.CANCELLED:
                raise
            why = feed.printed or over.message
            raise GradingError(f"the learner's process could not be confined: {why}") from None

    def ask(self, message: dict[str, Json], raw: list[bytes]) -> tuple[dict[str, Json], bytes]:
        """Send a request and return the reply, which is whatever the learner's process sent.

        Raises AttemptOver if the attempt ended instead.
        """
        self._number += 1
        data = frame({"number": self._number, **message}, raw)
        start = monotonic()
        try:
            reply, arrays = self._exchange(data, start + self._left)
        except Malformed:
            self._end_as(State.BLOCKED, MEDDLED)
        finally:
            self._left -= monotonic() - start
        if reply.get("number") != self._number:
            self._end_as(State.BLOCKED, MEDDLED)
        return reply, arrays

    def _exchange(self, data: bytes, end: float) -> tuple[dict[str, Json], bytes]:
        rest, got = memoryview(data), bytearray()
        channel = self._channel.fileno()
        while True:
            self._selector.modify(channel, selectors.EVENT_READ | (selectors.EVENT_WRITE if rest else 0))
            timeout = end - monotonic()
            if timeout <= 0:
                self._end_as(State.TIMEOUT, f"Stopped after {self._limits.seconds:g} s.{_ENDLESS}")
            due = self._feed.timeout()
            ready = {
                key.fd: mask
                for key, mask in self._selector.select(timeout if due is None else min(timeout, due))
            }
            self._take_pipes(ready)
            if ready.get(channel, 0) & selectors.EVENT_WRITE:
                rest = self._send(rest)
            if ready.get(channel, 0) & selectors.EVENT_READ and self._receive(got):
                self._take_pipes(self._pipes)
                return _split(got)
            if self._life.fileno() in ready:
                self._over()
            if self._commands in ready:
                self._check()

    def _check(self) -> None:
        try:
            self._check_cancelled()
        except BaseException:
            self.end()
            raise

    def _send(self, rest: memoryview) -> memoryview:
        with suppress(BlockingIOError):
            try:
                return rest[self._channel.send(rest) :]
            except OSError:
                self._closed()
        return rest

    def _receive(self, got: bytearray) -> bool:
        """Take what has arrived; whether a whole frame is there. Raises Malformed."""
        while True:
            wanted = _missing(got)
            if wanted == 0:
                return True
            try:
                piece = self._channel.recv(min(wanted, 1 << 20))
            except BlockingIOError:
                return False
            except OSError:
                piece = b""
            if not piece:
                self._closed()
            got += piece

    def _take_pipes(self, ready: Container[int]) -> None:
        for descriptor, take in list(self._pipes.items()):
            if descriptor in ready and not self._drain(descriptor, take):
                self._selector.unregister(descriptor)
                del self._pipes[descriptor]
        if self._feed.flooded:
            self._end_as(State.OUTPUT_FLOOD, f"Stopped: it printed more than {self._limits.output_kb} kB.")
        self._feed.emit_due()

    def _drain(self, descriptor: int, take: Callable[[bytes], None]) -> bool:
        """Take what is in a pipe; false at its end."""
        for _ in range(16):
            try:
                data = os.read(descriptor, _PIECE)
            except BlockingIOError:
                return True
            if not data:
                return False
            take(data)
        return True

    def _closed(self) -> NoReturn:
        """The learner's process closed the channel: it is ending, or it meddles. Its keeper knows."""
        self._selector.unregister(self._channel.fileno())
        with selectors.DefaultSelector() as selector:
            selector.register(self._life, selectors.EVENT_READ)
            selector.select(_ENDING_PATIENCE)
        self._over()

    def _over(self) -> NoReturn:
        report = self.end()
        if report is None and self._worker.tier != PROCESS:
            raise GradingError("the sandbox ended while the learner's code ran", "run it again")
        state, message = explain_end(report, self._limits.memory_mb)
        raise AttemptOver(state, message)

    def _end_as(self, state: State, message: str) -> NoReturn:
        self.end()
        raise AttemptOver(state, message)

    def end(self) -> dict[str, Any] | None:
        """End every process of the attempt and return its keeper's report, None if there is none.

        When this returns those of the learner's code are gone. Does nothing the second time.
        """
        if self.ended:
            return None
        self.ended = True
        report = self._await_report()
        for descriptor, take in self._pipes.items():
            self._drain(descriptor, take)
        os.close(self._output)
        os.close(self._metrics)
        self._selector.close()
        self._channel.close()
        self._life.close()
        if report is None:
            self._worker.close()
        if self._shared:
            self._shared.clear()
        return report

    def _await_report(self) -> dict[str, Any] | None:
        self._life.setblocking(True)
        self._life.settimeout(_END_PATIENCE)
        try:
            with suppress(OSError):
                self._life.shutdown(socket.SHUT_WR)
            report = self._life.recv(4096)
        except OSError:
            return None
        with suppress(TimeoutError):  # a folder with very much in it goes on being removed
            while self._life.recv(1):
                pass  # its end comes when the keeper is gone too
        return dict(json.loads(report)) if report else None


def _missing(got: bytearray) -> int:
    """How many bytes of a frame are still to come. Raises Malformed."""
    if len(got) < HEADER.size:
        return HEADER.size - len(got)
    text, raw = frame_length(got[: HEADER.size])
    return HEADER.size + text + raw - len(got)


def _split(got: bytearray) -> tuple[dict[str, Json], bytes]:
    text, _ = frame_length(got[: HEADER.size])
    body = bytes(got[HEADER.size :])
    return parse(body[:text]), body[text:]
