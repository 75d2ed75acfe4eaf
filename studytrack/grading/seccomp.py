"""A filter over system calls: what no exercise needs and an escape would start with is refused."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from studytrack.grading import confine

# name: (number on x86_64, number on aarch64), from the kernel's unistd tables
_REFUSED = {
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


@dataclass(frozen=True)
class _Machine:
    column: int
    audit: int
    """AUDIT_ARCH_* of include/uapi/linux/audit.h."""
    clone: int
    socket: int


_MACHINES = {
    "x86_64": _Machine(0, 0xC000003E, 56, 41),
    "aarch64": _Machine(1, 0xC00000B7, 220, 198),
}
_CLONE3 = 435  # on both
_X32 = 0x40000000  # x86_64 only: the bit that marks a call of the x32 interface
_CLONE_NEW = 0x7E020000  # the flags of clone that make namespaces
_AF_UNIX = 1

# classic BPF, include/uapi/linux/bpf_common.h: load a word, jump if equal, at least, any bit set; return
_LD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_Instruction = tuple[int, int, int, int]


def _program(machine: _Machine) -> Iterator[_Instruction]:
    """Jumps count the instructions they leave out, when true and when false."""

    def refuse(error: int) -> _Instruction:
        return (_RET, 0, 0, _ERRNO | error)

    yield (_LD, 0, 0, _ARCHITECTURE)
    yield (_JEQ, 1, 0, machine.audit)
    yield (_RET, 0, 0, _KILL)
    yield (_LD, 0, 0, _NUMBER)
    yield (_JGE, 0, 1, _X32)
    yield refuse(errno.ENOSYS)
    for numbers in _REFUSED.values():
        yield (_JEQ, 0, 1, numbers[machine.column])
        yield refuse(errno.EPERM)
    # the flags of clone3 lie behind a pointer; without it libc falls back to clone
    yield (_JEQ, 0, 1, _CLONE3)
    yield refuse(errno.ENOSYS)
    yield (_JEQ, 0, 4, machine.clone)
    yield (_LD, 0, 0, _FIRST_ARGUMENT)
    yield (_JSET, 0, 1, _CLONE_NEW)
    yield refuse(errno.EPERM)
    yield (_RET, 0, 0, _ALLOW)
    yield (_JEQ, 0, 3, machine.socket)
    yield (_LD, 0, 0, _FIRST_ARGUMENT)
    yield (_JEQ, 1, 0, _AF_UNIX)
    yield refuse(errno.EAFNOSUPPORT)
    yield (_RET, 0, 0, _ALLOW)


def install() -> None:
    """Filter this process's system calls from now on, and those of all it starts.

    On machines whose numbers are not in the table the namespaces have to do alone.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return
    program = list(_program(machine))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *i) for i in program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    confine.gain_nothing()
    confine.filter_system_calls(header)
