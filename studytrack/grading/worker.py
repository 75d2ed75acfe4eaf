"""The warm worker: holds the libraries ready and forks an attempt whenever the grader asks for one.

Run as `python -m studytrack.grading.worker DESCRIPTOR OPTIONS`, in the sandbox where there is one.
It holds no answers and never runs a line of the learner's itself.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from studytrack.grading import confine, seccomp
from studytrack.grading.keeper import CUT_OFF, Descriptors, Order, keep, wake_on_child_exit
from studytrack.grading.libraries import Stage, stages
from studytrack.grading.usage import children

Serve = Callable[[int, Order], NoReturn]

_LONGEST_ORDER = 1 << 16
_IDLE_AFTER = 0.25
"""Seconds without an order after which there is time to load what may follow."""


def main() -> NoReturn:
    """Confine, prove it, load, then serve until the grader closes its end."""
    grader = socket.socket(fileno=int(sys.argv[1]))
    options = json.loads(sys.argv[2])
    namespaces = options["namespaces"]
    try:
        _harden(namespaces)
        if namespaces:
            _rehearse()
    except OSError as error:
        _say(grader, state="refused", why=str(error))
        sys.exit(1)
    _say(grader, state="confined")
    from studytrack.grading.submission import serve  # brings numpy, which can wait until here

    needed, later = stages(options["preload"])
    for load in needed:
        load()
    _settle()
    _say(grader, state="ready", complete=not later)
    _take_orders(grader, namespaces, later, serve)


def _say(grader: socket.socket, **message: str | bool) -> None:
    grader.sendall(json.dumps(message).encode() + b"\n")


def _harden(namespaces: bool) -> None:
    if namespaces and os.geteuid() == 0:
        # The /proc that bubblewrap makes for root has covers, which forbid an attempt its own.
        confine.mount_proc()
        confine.leave_root()
    if not namespaces:
        confine.die_with_parent()
        confine.adopt_orphans()
    confine.gain_nothing()
    confine.hide_memory()


def _rehearse() -> None:
    """Confine a process as an attempt will be. Raises OSError where the machine does not allow it."""
    reader, writer = os.pipe()
    outer = os.fork()
    if outer == 0:
        try:
            confine.enter_namespaces()
            inner = os.fork()
            if inner == 0:
                confine.furnish_namespaces(tmp_mb=1)
                confine.drop_capabilities()
                seccomp.install()
                os._exit(0)
            os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) and 1)
        except OSError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(1)
    os.close(writer)
    why = os.read(reader, 4096).decode()
    os.close(reader)
    if os.waitpid(outer, 0)[1]:
        raise OSError(why)


def _settle() -> None:
    """Keep the collector from touching, and so from copying, what the attempts share."""
    gc.collect()
    gc.freeze()


def _take_orders(grader: socket.socket, namespaces: bool, later: list[Stage], serve: Serve) -> NoReturn:
    waker = wake_on_child_exit()
    watched: list[Any] = [grader, waker]
    keepers: dict[int, int] = {}
    """The process id of each, and the descriptor that tells the grader when it is reaped."""
    while True:
        idle = bool(later) and not keepers
        readable, _, _ = select.select(watched, [], [], _IDLE_AFTER if idle else None)
        if waker in readable:
            os.read(waker, 512)
            _reap(keepers)
            if not namespaces:
                _kill_strays(keepers)
        if grader in readable:
            keeper, life = _start_attempt(grader, serve)
            keepers[keeper] = life
        elif idle and not readable:
            _say(grader, state="loading")
            later.pop(0)()
            _settle()
            _say(grader, state="ready", complete=not later)


def _start_attempt(grader: socket.socket, serve: Serve) -> tuple[int, int]:
    order, received, _, _ = socket.recv_fds(grader, _LONGEST_ORDER, 4)
    if not order:
        os._exit(0)
    keeper = os.fork()
    if keeper == 0:
        try:
            grader.close()
            keep(Order(**json.loads(order)), Descriptors(*received), serve)
        except BaseException:  # noqa: BLE001 - nothing may return into the worker's loop
            for descriptor in (received[1], sys.stderr.fileno()):  # the second, once all is arranged
                with suppress(OSError):
                    os.write(descriptor, traceback.format_exc().encode())
        finally:
            os._exit(CUT_OFF)
    *others, life = received
    for descriptor in others:
        os.close(descriptor)
    return keeper, life


def _reap(keepers: dict[int, int]) -> None:
    with suppress(ChildProcessError):
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            if ended in keepers:
                os.close(keepers.pop(ended))


def _kill_strays(keepers: dict[int, int]) -> None:
    """What an attempt left behind by killing its keeper is adopted here."""
    for child in set(children()) - keepers.keys():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
