"""Takes rights away from the calling process, for good: Linux namespaces, mounts, capabilities, limits.

Standard library and system calls only; this runs in processes that have torch loaded. Elsewhere
than on Linux what has no counterpart does nothing, and the tier says so.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import struct
import sys
from pathlib import Path

LINUX = sys.platform == "linux"
NOBODY = 65534
TEMPORARY, SHARED_MEMORY = "/tmp", "/dev/shm"  # noqa: S108 - private to each attempt

# include/uapi/linux/sched.h: user, mount, pid, network, ipc and uts namespaces
_CLONE_NEW = 0x10000000 | 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
# include/uapi/linux/mount.h
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_BIND, _MS_REC, _MS_PRIVATE = (
    1,
    2,
    4,
    8,
    0x1000,
    0x4000,
    1 << 18,
)
# include/uapi/linux/prctl.h
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_CHILD_SUBREAPER = 1, 4, 24, 36
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *args: int | bytes | None) -> int:
    """Call a function of libc. Raises OSError with the name of what failed."""
    converted = [ctypes.c_ulong(arg) if isinstance(arg, int) else arg for arg in args]
    result: int = getattr(_libc, name)(*converted)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _prctl(option: int, value: int = 0) -> None:
    if LINUX:
        call("prctl", option, value, 0, 0, 0)


def die_with_parent(sent: signal.Signals = signal.SIGKILL) -> None:
    """Be sent a signal when the thread that made this process ends."""
    _prctl(_PR_SET_PDEATHSIG, sent)


def hide_memory() -> None:
    """Let no other process of the same user read this one's memory or trace it."""
    _prctl(_PR_SET_DUMPABLE, 0)


def show_memory() -> None:
    """The reverse; needed to write the identity maps of a new user namespace."""
    _prctl(_PR_SET_DUMPABLE, 1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def gain_nothing() -> None:
    """Rule out that starting a program brings new rights."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def mount_proc(flags: int = 0) -> None:
    """Show the processes of this process's namespace, and no others, in /proc."""
    _mount("proc", "/proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC | flags)


def _mount(kind: str, target: str, flags: int, options: str = "") -> None:
    call("mount", kind.encode(), target.encode(), kind.encode(), flags, options.encode())


def leave_root() -> None:
    """Become the user that owns nothing; the capabilities go with it."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def enter_namespaces() -> None:
    """Enter new namespaces of every kind; the next fork is process 1 of the new one for processes.

    The caller must have a single thread, as a fresh fork has.
    """
    user, group = os.geteuid(), os.getegid()
    show_memory()
    call("unshare", _CLONE_NEW)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def furnish_namespaces(tmp_mb: int) -> None:
    """Give the calling process 1 its own /proc, and an empty /tmp and /dev/shm of limited size.

    What is mounted below /tmp, such as a Python environment that lives there, stays in its place.
    """
    kept = {point: os.open(point, os.O_PATH) for point in _mounts_below(TEMPORARY)}
    call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
    mount_proc(_MS_RDONLY)
    for folder in (TEMPORARY, SHARED_MEMORY):
        _mount("tmpfs", folder, _MS_NOSUID | _MS_NODEV, f"size={tmp_mb}m,nr_inodes=20000,mode=1777")
    for point, descriptor in kept.items():
        Path(point).mkdir(parents=True)
        source = f"/proc/self/fd/{descriptor}".encode()
        call("mount", source, point.encode(), None, _MS_BIND | _MS_REC, None)
        os.close(descriptor)


def _mounts_below(folder: str) -> list[str]:
    """The outermost mount points below a folder, from proc_pid_mountinfo(5)."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    points = (re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), line.split()[4]) for line in lines)
    outermost: list[str] = []
    for point in sorted(point for point in points if point.startswith(f"{folder}/")):
        if not any(point.startswith(f"{other}/") for other in outermost):
            outermost.append(point)
    return outermost


def drop_capabilities() -> None:
    """Give up every capability, now and across programs started later."""
    if not LINUX:
        return
    for capability in range(64):
        try:
            call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError:
            break  # there are no more; or there is no right to, and so none to give up
    call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    call("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))


def die_before_others() -> None:
    """Where the machine runs out of memory, let this process be the one to go."""
    if LINUX:
        Path("/proc/self/oom_score_adj").write_text("900")


def counts_processes_by_namespace() -> bool:
    """Whether RLIMIT_NPROC counts within a user namespace; before Linux 5.14 it counts all of a user's."""
    version = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return LINUX and version is not None and tuple(map(int, version.groups())) >= (5, 14)


def limit(memory_mb: int, file_mb: int, descriptors: int = 512, processes: int | None = None) -> None:
    """Bound what this process and its children may use.

    `memory_mb` is on top of what is in use: RLIMIT_DATA counts private writable memory, so that
    going beyond it is a MemoryError rather than an end.
    """
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: file_mb << 20,
        resource.RLIMIT_NOFILE: descriptors,
    }
    if LINUX:
        bounds[resource.RLIMIT_DATA] = memory_of("self")["VmData"] + (memory_mb << 20)
    if processes is not None:
        bounds[resource.RLIMIT_NPROC] = processes
    for kind, most in bounds.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def memory_of(process: str) -> dict[str, int]:
    """The sizes that Linux tells about a process, in bytes, by the names of proc_pid_status(5)."""
    sizes = {}
    for line in Path("/proc", process, "status").read_text().splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            sizes[name] = int(value.split()[0]) << 10
    return sizes
