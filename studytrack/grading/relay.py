"""Carries out the signals that the learner's code sends to its own processes, and refuses all others.

Without a namespace for its processes an attempt could signal any program of the user's. A filter of
system calls cannot tell its own processes from those; so the kernel hands each such call to the
attempt's keeper, which can (seccomp_unotify(2); the numbers are from include/uapi/linux/seccomp.h).
"""

from __future__ import annotations

import errno
import fcntl
import struct
from collections.abc import Callable
from dataclasses import dataclass

from studytrack.grading import confine

_RECEIVE, _ANSWER = 0xC0502100, 0xC0182101
_REQUEST = struct.Struct("=QIIiIQ6Q")
_REPLY = struct.Struct("=QqiI")


@dataclass(frozen=True)
class _Call:
    """A system call that a process of the attempt is waiting in."""

    id: int
    number: int
    target: int
    rest: tuple[int, ...]


class SignalRelay:
    """The keeper's end; `fileno()` is readable when a process of the attempt wants to send a signal."""

    def __init__(self, listener: int) -> None:
        self._listener = listener

    def fileno(self) -> int:
        return self._listener

    def serve(self, is_own: Callable[[int], bool]) -> None:
        """Answer one request: it is carried out where `is_own` holds for the process, or a group's leader."""
        call = self._receive()
        if call is None:
            return
        error = errno.EPERM
        if call.target not in (0, -1) and is_own(abs(call.target)):
            try:
                confine.call("syscall", call.number, call.target, *call.rest)
                error = 0
            except OSError as refused:
                error = refused.errno or errno.EPERM
        try:
            fcntl.ioctl(self._listener, _ANSWER, _REPLY.pack(call.id, 0, -error, 0))
        except OSError:
            return  # the process that waited is gone

    def _receive(self) -> _Call | None:
        request = bytearray(_REQUEST.size)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, request)
        except OSError:
            return None  # the process that asked is gone
        id, _, _, number, _, _, target, *rest = _REQUEST.unpack(request)
        return _Call(id, number, _signed(target), tuple(rest[:2]))


def _signed(argument: int) -> int:
    """A process id as the kernel reads it: the lower half, with a sign."""
    low: int = struct.unpack("=i", struct.pack("=I", argument & 0xFFFFFFFF))[0]
    return low
