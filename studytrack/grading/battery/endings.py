"""Lines 1 to 3: code that does not end, that ends the process, that takes all there is."""

from __future__ import annotations

from studytrack.grading.battery.attack import Attack, Moment, joined, one
from studytrack.grading.verdict import State

_BOTH = (Moment.IMPORT, Moment.CALL)
_TIMEOUT = one(State.TIMEOUT)
_ERROR = one(State.LEARNER_ERROR)
_MEMORY = one(State.OUT_OF_MEMORY)
_WRONG = one(State.INCORRECT)
_BLOCKED = one(State.BLOCKED)

_NAMED = "import ctypes, os; ctypes.CDLL(None).prctl(15, AIM['token'].encode(), 0, 0, 0)\n"
"""Gives the process, and those it forks, a name that is found in the process table."""

LOOPS = (
    Attack("an endless loop", 1, "while True: pass", _TIMEOUT, _BOTH),
    Attack(
        "a loop that swallows every exception",
        1,
        """
        while True:
            try:
                while True: pass
            except BaseException: pass
        """,
        _TIMEOUT,
        _BOTH,
    ),
    Attack(
        "a loop that ignores signals",
        1,
        """
        import signal
        for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while True: pass
        """,
        _TIMEOUT,
        _BOTH,
    ),
    Attack(
        "a loop with every signal blocked",
        1,
        """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True: pass
        """,
        _TIMEOUT,
    ),
    Attack("sleep", 1, "import time; time.sleep(1e6)", _TIMEOUT, _BOTH),
    Attack("a loop in C that keeps the lock", 1, "import re; re.match('(a+)+$', 'a' * 64 + 'b')", _TIMEOUT),
    Attack(
        "a lock taken twice",
        1,
        "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
        _TIMEOUT,
    ),
    Attack("recursion without end", 1, "def deeper(): return deeper()\ndeeper()", _ERROR, _BOTH),
    Attack(
        "code left for the end of the program",
        1,
        "import atexit\ndef forever():\n    while True: pass\natexit.register(forever)",
        _WRONG,
        _BOTH,
    ),
)

EXITS = (
    Attack("sys.exit(0)", 2, "import sys; sys.exit(0)", _ERROR, _BOTH),
    Attack("an exit of its own class", 2, "class Bye(SystemExit): pass\nraise Bye(0)", _ERROR),
    Attack("KeyboardInterrupt", 2, "raise KeyboardInterrupt", _ERROR, _BOTH),
    Attack("GeneratorExit", 2, "raise GeneratorExit", _ERROR),
    Attack("os._exit(0)", 2, "import os; os._exit(0)", _ERROR, _BOTH),
    Attack("os._exit with the worker's own status", 2, "import os; os._exit(70)", _BLOCKED),
    Attack("os.abort()", 2, "import os; os.abort()", _ERROR),
    Attack("a segmentation fault", 2, "import ctypes; ctypes.string_at(0)", _ERROR, _BOTH),
    Attack(
        "a segmentation fault that is handled",
        2,
        """
        import ctypes, signal
        signal.signal(signal.SIGSEGV, lambda *_: None)
        ctypes.string_at(0)
        """,
        one(State.LEARNER_ERROR, State.TIMEOUT),
    ),
    # Process 1 of a namespace is spared its own signals; elsewhere it ends or stops.
    Attack(
        "SIGKILL to itself",
        2,
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        one(State.LEARNER_ERROR, State.INCORRECT),
    ),
    Attack(
        "SIGSTOP to itself",
        2,
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        one(State.TIMEOUT, State.INCORRECT),
    ),
    Attack("another program in its place", 2, "import os; os.execv('/bin/sleep', ['sleep', '60'])", _BLOCKED),
    Attack("a program that ends at once", 2, "import os; os.execv('/bin/true', ['true'])", _ERROR),
    Attack(
        "an error that lies",
        2,
        """
        class Lying(Exception):
            def __str__(self): raise self
            __repr__ = __str__
        raise Lying
        """,
        _ERROR,
    ),
    Attack(
        "a fork that answers while its parent ends",
        2,
        "import os\nif os.fork(): os._exit(0)",
        _ERROR,
    ),
    Attack("a fork that answers as well", 2, "import os; os.fork()", _WRONG),
)

MEMORY = (
    Attack("a list", 3, "kept = []\nwhile True: kept.append(bytes(1 << 20))", _MEMORY, _BOTH),
    Attack("a NumPy array", 3, "import numpy; numpy.ones(1 << 32)", _MEMORY, _BOTH),
    Attack("a torch tensor", 3, "import torch; torch.ones(1 << 32)", _MEMORY, _BOTH),
    Attack(
        "many torch tensors",
        3,
        "import torch\nkept = []\nwhile True: kept.append(torch.ones(1 << 18))",
        _MEMORY,
    ),
    Attack("a number", 3, "x = 10\nwhile True: x = x << x.bit_length()", _MEMORY),
    Attack(
        "shared memory",
        3,
        "import mmap\nroom = mmap.mmap(-1, 1 << 33)\nwhile True: room.write(bytes(1 << 20))",
        _MEMORY,
        _BOTH,
    ),
    Attack(
        "memory shared out among children",
        3,
        joined(
            _NAMED,
            """
        import time
        for _ in range(20):
            if os.fork() == 0:
                kept = [b'x' * (1 << 20) for _ in range(200)]
                time.sleep(60)
                os._exit(0)
        time.sleep(60)
        """,
        ),
        _MEMORY,
    ),
    Attack(
        "memory taken again and again",
        3,
        """
        kept = []
        while True:
            try: kept.append(bytes(1 << 20))
            except MemoryError: pass
        """,
        one(State.TIMEOUT, State.OUT_OF_MEMORY),
    ),
    Attack(
        "files in memory",
        3,
        """
        import os
        kept = []
        for number in range(12):
            kept.append(os.memfd_create(AIM["token"]))
            for _ in range(100): os.write(kept[-1], bytes(1 << 20))
        """,
        one(State.OUT_OF_MEMORY, State.BLOCKED),
    ),
    Attack("MemoryError, raised for nothing", 3, "raise MemoryError", _MEMORY),
)

PROCESSES = (
    Attack(
        "a fork bomb",
        3,
        joined(
            _NAMED,
            """
        import time
        for _ in range(12):
            try: os.fork()
            except OSError: pass
        time.sleep(60)
        """,
        ),
        one(State.BLOCKED, State.TIMEOUT),
        _BOTH,
    ),
    Attack(
        "threads without end",
        3,
        """
        import threading, time
        while True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        """,
        _ERROR,
    ),
    Attack(
        "a thread that never ends",
        3,
        "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()",
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a thread that never rests",
        3,
        """
        import threading
        def forever():
            while True: pass
        threading.Thread(target=forever).start()
        """,
        _WRONG,
    ),
    Attack(
        "daemons that hold the pipes",
        3,
        joined(
            _NAMED,
            """
        import signal, time
        for _ in range(3):
            if os.fork() == 0:
                os.setsid()
                if os.fork(): os._exit(0)
                for number in range(1, 20):
                    try: signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError): pass
                time.sleep(60)
                os._exit(0)
        """,
        ),
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a program left running",
        3,
        "import subprocess; subprocess.Popen(['sleep', '60'], start_new_session=True)",
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a daemon that goes on forking",
        3,
        joined(
            _NAMED,
            """
        import time
        if os.fork() == 0:
            os.setsid()
            while True:
                if os.fork(): os._exit(0)
                time.sleep(0.001)
        """,
        ),
        _WRONG,
    ),
)

ATTACKS = LOOPS + EXITS + MEMORY + PROCESSES
