"""A filter over system calls: what no exercise needs and an escape would start with is refused.

Where the process has no namespaces of its own, what reaches other programs is refused as well.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studytrack.grading import confine

# name: (number on x86_64, number on aarch64), from the kernel's unistd tables; None where there is none
_Numbers = dict[str, tuple[int, int | None]]
_REFUSED: _Numbers = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "shmget": (29, 194),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_REACHES_OTHERS: _Numbers = {
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "msgctl": (71, 187),
    "msgrcv": (70, 188),
    "msgsnd": (69, 189),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "semctl": (66, 191),
    "semget": (64, 190),
    "semop": (65, 193),
    "setpriority": (141, 140),
    "shmat": (30, 196),
    "shmctl": (31, 195),
}
_FIRST_IS_A_PROCESS: _Numbers = {
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
}
_SIGNALS: _Numbers = {
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "tkill": (200, 130),
}
_SIGNALS_TO: _Numbers = {"kill": (62, 129), "tgkill": (234, 131)}
_ASKS_FOR_SIGNALS = {
    # on behalf of another process: F_SETOWN, F_SETSIG, F_SETOWN_EX; FIOSETOWN, SIOCSPGRP
    "fcntl": ((72, 25), (8, 10, 15)),
    "ioctl": ((16, 29), (0x8901, 0x8902)),
}
_CHANGES_A_FILE_S_STATUS: _Numbers = {
    "chmod": (90, None),
    "chown": (92, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "file_setattr": (469, 469),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "futimesat": (261, None),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
    "utime": (132, None),
    "utimensat": (280, 88),
    "utimes": (235, None),
}


@dataclass(frozen=True)
class Guard:
    """What a process without namespaces of its own is kept from."""

    others: bool = False
    """Whatever reaches other programs than by signals."""
    signals: bool = False
    """Signals to any process but itself, unless who holds the listener lets them through."""
    status: bool = False
    """Changing modes, owners, times and attributes of files, which then seems to work and does nothing:
    programs that copy files would stumble over a refusal."""


@dataclass(frozen=True)
class _Machine:
    column: int
    audit: int
    """AUDIT_ARCH_* of include/uapi/linux/audit.h."""
    clone: int
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0, 0xC000003E, 56, 41, 317),
    "aarch64": _Machine(1, 0xC00000B7, 220, 198, 277),
}
_CLONE3 = 435  # on both
_X32 = 0x40000000  # x86_64 only: the bit that marks a call of the x32 interface
_CLONE_NEW = 0x7E020000  # the flags of clone that make namespaces
_AF_UNIX = 1
_SET_FILTER, _NEW_LISTENER = 1, 8  # include/uapi/linux/seccomp.h

# classic BPF, include/uapi/linux/bpf_common.h: load a word, jump if equal, at least, any bit set; return
_LD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO, _NOTIFY = 0x7FFF0000, 0x80000000, 0x00050000, 0x7FC00000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ARGUMENTS = (16, 24)  # of the lower halves of the first two
_Instruction = tuple[int, int, int, int]
"""Operation, the instructions to leave out when true and when false, operand."""

_PASS: _Instruction = (_RET, 0, 0, _ALLOW)


def _answer(error: int) -> _Instruction:
    """Do nothing, and report this error; none where it is 0."""
    return (_RET, 0, 0, _ERRNO | error)


def _program(machine: _Machine, guard: Guard, me: int) -> Iterator[_Instruction]:
    """The filter for the process `me`."""

    def numbers(calls: _Numbers) -> Iterator[int]:
        found = (of_machines[machine.column] for of_machines in calls.values())
        return (number for number in found if number is not None)

    yield (_LD, 0, 0, _ARCHITECTURE)
    yield (_JEQ, 1, 0, machine.audit)
    yield (_RET, 0, 0, _KILL)
    yield (_LD, 0, 0, _NUMBER)
    yield (_JGE, 0, 1, _X32)
    yield _answer(errno.ENOSYS)
    for number in numbers(_REFUSED):
        yield from _always(number, errno.EPERM)
    # the flags of clone3 lie behind a pointer; without it libc falls back to clone
    yield from _always(_CLONE3, errno.ENOSYS)
    yield (_JEQ, 0, 4, machine.clone)
    yield (_LD, 0, 0, _ARGUMENTS[0])
    yield (_JSET, 0, 1, _CLONE_NEW)
    yield _answer(errno.EPERM)
    yield _PASS
    yield from _only_with(machine.socket, 0, (_AF_UNIX,), _answer(errno.EAFNOSUPPORT))
    if guard.others:
        for number in numbers(_REACHES_OTHERS):
            yield from _always(number, errno.EPERM)
        for number in numbers(_FIRST_IS_A_PROCESS):
            yield from _only_with(number, 0, (0, me), _answer(errno.EPERM))
        for of_machines, requests in _ASKS_FOR_SIGNALS.values():
            number, refused = of_machines[machine.column], _answer(errno.EPERM)
            yield from _only_with(number, 1, requests, otherwise=_PASS, then=refused)
    if guard.signals:
        for number in numbers(_SIGNALS):
            yield from _always(number, errno.EPERM)
        for number in numbers(_SIGNALS_TO):
            itself_and_its_group = (me, 0, 2**32 - me)
            yield from _only_with(number, 0, itself_and_its_group, (_RET, 0, 0, _NOTIFY))
    if guard.status:
        for number in numbers(_CHANGES_A_FILE_S_STATUS):
            yield from _always(number, 0)
    yield _PASS


def _always(number: int, error: int) -> Iterator[_Instruction]:
    yield (_JEQ, 0, 1, number)
    yield _answer(error)


def _only_with(
    number: int, argument: int, values: Sequence[int], otherwise: _Instruction, then: _Instruction = _PASS
) -> Iterator[_Instruction]:
    """Allow a call where the argument is one of the values."""
    yield (_JEQ, 0, len(values) + 3, number)
    yield (_LD, 0, 0, _ARGUMENTS[argument])
    for place, value in enumerate(values):
        yield (_JEQ, len(values) - place, 0, value)
    yield otherwise
    yield then


class Installed(NamedTuple):
    """What came of installing a filter."""

    filtered: bool
    listener: int | None = None
    """Where signals are guarded, the descriptor that a `SignalRelay` answers requests on."""


def install(guard: Guard) -> Installed:
    """Filter this process's system calls from now on, and those of all it starts.

    On machines whose numbers are not in the table nothing is filtered. Raises OSError.
    """
    if not (confine.LINUX and platform.machine() in _MACHINES):
        return Installed(filtered=False)
    machine = _MACHINES[platform.machine()]
    program = list(_program(machine, guard, os.getpid()))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *i) for i in program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    confine.gain_nothing()
    flags = _NEW_LISTENER if guard.signals else 0
    answer = confine.call("syscall", machine.seccomp, _SET_FILTER, flags, header)
    return Installed(filtered=True, listener=answer if guard.signals else None)
