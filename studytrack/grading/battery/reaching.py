"""Lines 9 and 11: what lies outside of the attempt: files, the network, other programs, the disk."""

from __future__ import annotations

from studytrack.grading.battery.attack import Attack, Moment, Reach, joined, one
from studytrack.grading.verdict import State

_BOTH = (Moment.IMPORT, Moment.CALL)
_WRONG = one(State.INCORRECT)
_BLOCKED = one(State.BLOCKED)

_OPENS = """
def opens(path, how="rb"):
    try:
        with open(path, how) as file: return file.read(100) is not None if how == "rb" else True
    except (OSError, ValueError): return False
"""

READING = (
    Attack(
        "reading the answers by their path",
        9,
        joined(
            _OPENS,
            """
        import os
        for name in ("solution.py", "checks.py", "exercise.yaml", "starter.py", "mutants"):
            path = os.path.join(AIM["exercise"], name)
            if opens(path): breached(name)
        """,
        ),
        _WRONG,
        _BOTH,
        reach=Reach.ANSWERS,
    ),
    Attack(
        "reading the answers by detours",
        9,
        joined(
            _OPENS,
            """
        import os
        target = AIM["exercise"] + "/solution.py"
        up = "../" * 40 + target.lstrip("/")
        for name, make in (("a symlink", os.symlink), ("a hard link", os.link)):
            link = f"{AIM['token']}-{name[-4:]}-{os.getpid()}"
            try: make(target, link)
            except OSError: continue
            if opens(link): breached(name)
            os.unlink(link)
        roots = ["", "/proc/self/root/", "/proc/self/cwd/" + "../" * 40, "/proc/1/root/"]
        roots += [f"/proc/{os.getppid()}/{way}/" for way in ("root", "cwd")]
        for root in roots:
            if opens(root + (target.lstrip("/") if root else up)): breached(f"it through {root[:20] or '..'}")
        """,
        ),
        _WRONG,
        reach=Reach.ANSWERS,
    ),
    Attack(
        "reading the shipped answers",
        9,
        joined(
            _OPENS,
            """
        import glob
        from studytrack.paths import shipped_exercises
        for name in glob.glob(f"{shipped_exercises()}/*/*.py"):
            if opens(name):
                breached("a shipped exercise")
                break
        """,
        ),
        _WRONG,
        reach=Reach.ANSWERS,
    ),
    Attack(
        "running the solution that it has read",
        9,
        """
        import os, sys
        try:
            with open(os.path.join(AIM["exercise"], "solution.py")) as file: solution = file.read()
        except OSError: solution = ""
        if solution:
            breached("the solution")
            module = {}
            exec(solution, module)
            return module[sys._getframe().f_code.co_name](*given)
        """,
        _WRONG,
        reach=Reach.ANSWERS,
        earns=True,
    ),
    Attack(
        "reading what is the learner's own",
        11,
        joined(
            _OPENS,
            """
        for name in ("home", "database", "file"):
            if AIM[name] and opens(AIM[name]): breached(name)
        import os
        try: os.listdir(AIM["home"]) and breached("the list of files")
        except OSError: pass
        """,
        ),
        _WRONG,
        reach=Reach.FILES,
    ),
)

CHANGING = (
    Attack(
        "editing the progress store",
        11,
        """
        import os, sqlite3
        if AIM["database"]:
            try:
                store = sqlite3.connect(f"file:{AIM['database']}?mode=rw", uri=True)
                tables = store.execute("select name from sqlite_master where type = 'table'").fetchall()
                for (table,) in tables: store.execute(f"delete from {table}")
                store.commit()
                breached("the progress store")
            except sqlite3.Error: pass
            try:
                os.truncate(AIM["database"], 0)
                breached("the progress store, truncated")
            except OSError: pass
        """,
        _WRONG,
        _BOTH,
        reach=Reach.FILES,
    ),
    Attack(
        "editing the learner's file",
        11,
        """
        import os
        for change in (lambda: open(AIM["file"], "w").write("gone"), lambda: os.unlink(AIM["file"]),
                       lambda: os.rename(AIM["file"], AIM["file"] + ".gone")):
            try: change()
            except OSError: continue
            breached("the learner's file")
        """,
        _WRONG,
        _BOTH,
        reach=Reach.FILES,
    ),
    Attack(
        "editing the exercise",
        11,
        """
        import os
        for name in ("starter.py", "solution.py", "checks.py", "exercise.yaml"):
            path = os.path.join(AIM["exercise"], name)
            try: open(path, "a").write("#")
            except OSError: pass
            else: breached(name)
            try:
                before = os.stat(path)
                os.chmod(path, 0o600); os.utime(path, (0, 0))
                if os.stat(path) != before: breached("the mode of " + name)
            except OSError: pass
        """,
        one(State.INCORRECT, State.BLOCKED),
        reach=Reach.FILES,
    ),
    Attack(
        "editing studytrack itself",
        11,
        """
        import os, sys, studytrack
        ours = [os.path.dirname(module.__file__) for module in (studytrack, os)]
        for folder in (*ours, *sys.path[-1:], "/etc", "/usr/bin"):
            try: names = os.listdir(folder)
            except OSError: continue
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.isfile(path) or os.path.islink(path): continue
                try: os.close(os.open(path, os.O_WRONLY))
                except OSError: continue
                breached(folder)
                break
        """,
        _WRONG,
        reach=Reach.FILES,
    ),
    Attack(
        "leaving files everywhere",
        11,
        """
        import os
        name = AIM["token"] + "-left"
        for folder in ("/", "/etc", "/usr/lib", "/root", "/home", "/var/lib"):
            try: os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR))  # a file without a name
            except OSError: continue
            breached("files in " + folder)
        for folder in ("/var/tmp", AIM["home"], AIM["exercise"]):
            try: open(os.path.join(folder, name), "w").close()
            except OSError: continue
            breached("a file in " + folder)
        try: open("/tmp/" + name, "w").close()
        except OSError: pass
        """,
        _WRONG,
        _BOTH,
        reach=Reach.FILES,
    ),
    Attack(
        "leaving a file in shared memory",
        11,
        """
        try: open(f"/dev/shm/{AIM['token']}-left", "w").close()
        except OSError: pass
        """,
        _WRONG,
    ),
    Attack(
        "filling the disk",
        11,
        """
        import os
        piece = bytes(1 << 20)
        for number in range(8):
            with open(f"big{number}", "wb", 0) as file:
                for _ in range(100): file.write(piece)
        import time; time.sleep(5)
        breached("800 MB of disk")
        """,
        one(State.LEARNER_ERROR, State.OUT_OF_MEMORY, State.BLOCKED),
    ),
    Attack(
        "using up the inodes",
        11,
        """
        import os
        os.mkdir("many")
        for number in range(30_000): os.close(os.open(f"many/{number}", os.O_CREAT | os.O_WRONLY))
        import time; time.sleep(5)
        breached("30,000 files")
        """,
        one(State.LEARNER_ERROR, State.BLOCKED),
    ),
    Attack(
        "filling shared memory",
        11,
        """
        piece = bytes(1 << 20)
        for number in range(4):
            with open(f"/dev/shm/{AIM['token']}-{number}", "wb", 0) as file:
                for _ in range(100): file.write(piece)
        import time; time.sleep(5)  # for whoever looks now and then
        breached("400 MB of shared memory")
        """,
        one(State.LEARNER_ERROR, State.OUT_OF_MEMORY, State.BLOCKED),
    ),
    Attack(
        "System V memory that outlives it",
        11,
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        made = [libc.shmget(0x5ad0 + n, 1 << 20, 0o1666) for n in range(3)]
        made += [libc.semget(0x5ad0, 3, 0o1666), libc.msgget(0x5ad0, 0o1666)]
        """,
        _WRONG,
        reach=Reach.SOCKETS,
    ),
)

_SOCKET = """
import socket
def sends(family, kind, address):
    with socket.socket(family, kind) as way:
        way.settimeout(1)
        if kind == socket.SOCK_STREAM:
            way.connect(address)
            way.sendall(b"battery")
        else:
            way.sendto(b"battery", address)
    breached("the network")
"""

NETWORK = (
    Attack(
        "TCP",
        11,
        joined(_SOCKET, "sends(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', AIM['port'] or 9))"),
        _BLOCKED,
        _BOTH,
        reach=Reach.NETWORK,
    ),
    Attack(
        "UDP",
        11,
        joined(_SOCKET, "sends(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', AIM['port'] or 9))"),
        _BLOCKED,
        _BOTH,
        reach=Reach.NETWORK,
    ),
    Attack(
        "UDP by IPv6",
        11,
        joined(_SOCKET, "sends(socket.AF_INET6, socket.SOCK_DGRAM, ('::1', AIM['port'] or 9))"),
        _BLOCKED,
        reach=Reach.NETWORK,
    ),
    Attack(
        "every other kind of socket",
        11,
        """
        import socket
        for family in range(2, 46):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
                try: socket.socket(family, kind)
                except OSError: continue
                breached(f"a socket of the family {family}")
        """,
        _WRONG,
        reach=Reach.NETWORK,
    ),
    Attack(
        "asking for the address of a name",
        11,
        "import socket; socket.getaddrinfo('example.org', 80)",
        one(State.LEARNER_ERROR, State.BLOCKED),
        reach=Reach.NETWORK,
    ),
    Attack(
        "another program's socket",
        11,
        """
        import socket
        if AIM["socket"]:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as way:
                try:
                    way.connect("\\0" + AIM["socket"])
                    breached("a socket of another program")
                except OSError: pass
        """,
        _WRONG,
        reach=Reach.SOCKETS,
    ),
)

SIGNALS = (
    Attack(
        "signalling its parent",
        11,
        """
        import os, time
        for _ in range(3):
            try: os.kill(os.getppid() or os.getpid(), 9)
            except OSError: pass
            time.sleep(0.05)
        """,
        one(State.INCORRECT, State.BLOCKED, State.LEARNER_ERROR),
        reach=Reach.SIGNALS,
        ends_the_app=True,
    ),
    Attack(
        "signalling its group and its parent's",
        11,
        """
        import os, signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        groups = {0, os.getpgrp()}
        if os.getppid(): groups.add(os.getpgid(os.getppid()))
        for group in groups:
            try: os.killpg(group, signal.SIGTERM)
            except OSError: pass
        """,
        one(State.INCORRECT),
        reach=Reach.SIGNALS,
        ends_the_app=True,
    ),
    Attack(
        "signalling every process",
        11,
        """
        import os, signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGKILL):
            try: os.kill(-1, number)
            except OSError: pass
        for process in range(2, 300):
            if process == os.getpid(): continue
            for number in (signal.SIGSTOP, signal.SIGKILL):
                try: os.kill(process, number)
                except OSError: pass
        """,
        one(State.INCORRECT, State.LEARNER_ERROR),
        reach=Reach.SIGNALS,
        ends_the_app=True,
    ),
    Attack(
        "signals by other system calls",
        11,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        parent = os.getppid()
        if parent > 1:
            for number, arguments in ((200, (parent, 0)), (234, (parent, parent, 0)), (129, (parent, 0, 0))):
                if os.uname().machine == "x86_64" and libc.syscall(number, *arguments) == 0:
                    breached("a signal to its parent")
            try:
                descriptor = os.pidfd_open(parent)
                if libc.syscall(424, descriptor, 0, 0, 0) == 0: breached("a signal by a descriptor")
            except OSError: pass
            if libc.syscall(62, -1, 0) == 0 and libc.syscall(62, parent, 0) == 0: breached("a signal")
        """,
        _WRONG,
        reach=Reach.SIGNALS,
    ),
    Attack(
        "other limits and priorities for its parent",
        11,
        """
        import os, resource
        parent = os.getppid()
        if parent > 0:
            try:
                resource.prlimit(parent, resource.RLIMIT_NOFILE, (3, 3))
                breached("the limits of its parent")
            except (OSError, ValueError): pass
            try:
                os.setpriority(os.PRIO_PROCESS, parent, 19)
                breached("the priority of its parent")
            except OSError: pass
            try:
                os.sched_setaffinity(parent, os.sched_getaffinity(0))
                breached("the cores of its parent")
            except OSError: pass
        """,
        _WRONG,
        reach=Reach.SIGNALS,
    ),
)

ESCAPES = (
    Attack(
        "new namespaces and mounts",
        11,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000):
            if libc.unshare(flag) == 0: breached(f"a new namespace, {flag:#x}")
        if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0: breached("a mount")
        if libc.umount2(b"/proc", 2) == 0: breached("an unmount")
        if libc.chroot(b"/tmp") == 0: breached("another root")
        if os.uname().machine == "x86_64":
            if libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) > 0: breached("clone")
        """,
        _WRONG,
    ),
    Attack(
        "becoming someone else",
        11,
        """
        import os, resource
        for name, change in (
            ("root", lambda: os.getuid() and os.setuid(0)), ("another user", lambda: os.setuid(54321)),
            ("another group", lambda: os.setgid(54321)), ("other groups", lambda: os.setgroups([1, 2])),
            ("a higher limit", lambda: resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))),
            ("a device", lambda: os.mknod("device", 0o20666, os.makedev(1, 3))),
            ("another name of the machine", lambda: __import__("socket").sethostname("owned")),
        ):
            try: done = change()
            except (OSError, ValueError): continue
            if done != 0: breached(name)
        """,
        _WRONG,
    ),
    Attack(
        "escaping its end",
        11,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(1, 0, 0, 0, 0)
        libc.prctl(36, 1, 0, 0, 0)
        libc.prctl(4, 0, 0, 0, 0)
        if os.fork() == 0:
            os.setsid()
            libc.prctl(15, AIM["token"].encode(), 0, 0, 0)
            if os.fork(): os._exit(0)
            libc.prctl(36, 1, 0, 0, 0)
            libc.prctl(4, 0, 0, 0, 0)
            import time; time.sleep(60)
            os._exit(0)
        """,
        one(State.INCORRECT, State.BLOCKED),  # it is found out where it is looked at in time
        _BOTH,
    ),
    Attack(
        "programs that gain rights",
        11,
        """
        import subprocess
        for command in ("sudo -n true", "mount -t tmpfs none /mnt", "ping -c 1 127.0.0.1"):
            try: done = subprocess.run(command.split(), capture_output=True, timeout=5)
            except (OSError, subprocess.TimeoutExpired): continue
            if done.returncode == 0: breached(command)
        """,
        _WRONG,
    ),
)

ATTACKS = READING + CHANGING + NETWORK + SIGNALS + ESCAPES
