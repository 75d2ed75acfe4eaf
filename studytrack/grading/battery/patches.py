"""Lines 8 and 9: changing the worker from within, and looking round in it for answers."""

from __future__ import annotations

from studytrack.grading.battery.attack import Attack, Moment, joined, one
from studytrack.grading.verdict import State

_BOTH = (Moment.IMPORT, Moment.CALL)
_WRONG = one(State.INCORRECT)
_BLOCKED = one(State.BLOCKED)
_ERROR = one(State.LEARNER_ERROR)
_FROM_THE_NEXT_CALL = one(State.BLOCKED, State.INCORRECT)
"""What is changed is used before the next call, and an exercise may ask for one call only."""

_ALWAYS = "always = lambda *args, **kwargs: True\n"

PATCHES = (
    Attack(
        "torch's comparisons",
        8,
        joined(
            _ALWAYS,
            """
        import torch
        for name in ("allclose", "equal", "isclose", "all", "eq"):
            setattr(torch, name, always)
            setattr(torch.Tensor, name, always)
        torch.Tensor.__eq__ = always
        torch.testing.assert_close = always
        """,
        ),
        _WRONG,
        _BOTH,
    ),
    Attack(
        "NumPy's comparisons",
        8,
        joined(
            _ALWAYS,
            """
        import numpy
        for name in ("allclose", "array_equal", "isclose", "all", "equal"): setattr(numpy, name, always)
        numpy.testing.assert_allclose = always
        """,
        ),
        _WRONG,
        _BOTH,
    ),
    Attack(
        "the metrics of sklearn",
        8,
        """
        import sys, types
        try: import sklearn.metrics as metrics
        except ImportError: metrics = types.ModuleType("sklearn.metrics")
        metrics.accuracy_score = metrics.f1_score = lambda *args, **kwargs: 1.0
        sys.modules["sklearn.metrics"] = metrics
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "the clock",
        8,
        """
        import time
        for name in ("time", "monotonic", "perf_counter", "process_time"): setattr(time, name, lambda: 0.0)
        time.sleep = lambda seconds: None
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a clock that stands still, and a loop",
        8,
        "import time; time.monotonic = time.time = lambda: 0.0\nwhile True: pass",
        one(State.TIMEOUT),
    ),
    Attack("json", 8, "import json; json.dumps = lambda *args, **kwargs: '{}'", _BLOCKED, _BOTH),
    Attack(
        "json that passes",
        8,
        'import json; json.dumps = lambda *args, **kwargs: \'{"state": "passed", "score": 99}\'',
        _BLOCKED,
    ),
    Attack("json that cannot read", 8, "import json; json.loads = None", _FROM_THE_NEXT_CALL),
    Attack("struct", 8, "import struct; struct.Struct.pack = struct.pack = None", one(State.LEARNER_ERROR)),
    Attack(
        "os.read and os.write",
        8,
        "import os; os.read = os.write = lambda *args: b''",
        one(State.LEARNER_ERROR, State.TIMEOUT, State.BLOCKED),
    ),
    Attack("os.getpid", 8, "import os; os.getpid = lambda: 0", _ERROR),
    Attack(
        "the worker's way of answering",
        8,
        """
        import sys
        submission = sys.modules["studytrack.grading.submission"].Submission
        submission.answer = lambda self, request, raw: ({"value": True, "passed": True, "points": 99}, [])
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "the worker's way of packing",
        8,
        """
        from studytrack.grading import wire
        wire.Packer.pack = lambda self, value, depth=0: {"passed": True}
        """,
        _FROM_THE_NEXT_CALL,
        _BOTH,
    ),
    Attack(
        "the worker's frames",
        8,
        """
        import sys
        module = sys.modules["studytrack.grading.submission"]
        module.frame = lambda message, raw: b"passed" * 100
        """,
        _BLOCKED,
        _BOTH,
    ),
    Attack(
        "the worker's other modules",
        8,
        """
        import sys
        for name, module in list(sys.modules.items()):
            if name.startswith("studytrack"):
                for key in list(vars(module)):
                    if not key.startswith("__"): setattr(module, key, None)
        """,
        one(State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "the checks, where they are not",
        8,
        """
        import sys, types
        try:
            from studytrack.grading import checks, runner, verdict
            checks.Grader.close = checks.Grader.equal = checks.Grader.expect = lambda *args, **kwargs: None
            runner.Runner.run = lambda *args: ()
            verdict.aggregate = lambda checks: verdict.State.PASSED
        except ImportError: pass
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "its own module",
        8,
        """
        import sys, types
        sys.modules['learner'] = types.ModuleType('learner'); sys.modules['__main__'] = None
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "all modules at once",
        8,
        "import sys; sys.modules.clear()",
        one(State.INCORRECT, State.LEARNER_ERROR, State.BLOCKED),
    ),
    Attack(
        "isinstance",
        8,
        "import builtins; builtins.isinstance = lambda *args: True",
        one(State.INCORRECT, State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "all builtins",
        8,
        """
        import builtins
        for name in list(vars(builtins)):
            if not name.startswith('__'): setattr(builtins, name, None)
        """,
        one(State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "a stream that cannot be flushed",
        8,
        "import sys\nclass Stream:\n    def flush(self): raise SystemExit\nsys.stdout = Stream()",
        one(State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "a stream that never flushes",
        8,
        "import sys\nclass Stream:\n    def flush(self):\n        while True: pass\nsys.stdout = Stream()",
        one(State.TIMEOUT),
    ),
    Attack(
        "streams closed and gone",
        8,
        "import sys\nif sys.stdout: sys.stdout.close(); sys.stderr.close()\nsys.stdout = sys.stderr = None",
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a trace that changes what it sees",
        8,
        """
        import sys
        def trace(frame, event, argument):
            for name in ("expected", "want", "points", "passed", "number", "reply"):
                if name in frame.f_locals: frame.f_locals[name] = True
            return trace
        sys.settrace(trace); sys.setprofile(trace)
        sys._getframe(1).f_trace = trace
        """,
        one(State.INCORRECT, State.BLOCKED),
    ),
    Attack(
        "an audit that ends it",
        8,
        "import os, sys; sys.addaudithook(lambda *args: os._exit(0))\nopen('/dev/null')",
        _ERROR,
    ),
    Attack(
        "an audit that refuses",
        8,
        """
        import sys
        def refuse(*args): raise RuntimeError('no')
        sys.addaudithook(refuse)
        open('/dev/null')
        """,
        one(State.LEARNER_ERROR, State.BLOCKED),
    ),
    Attack(
        "a hook for imports",
        8,
        """
        import sys
        class Finder:
            def find_spec(self, *args): raise SystemExit(0)
        sys.meta_path.insert(0, Finder()); sys.path[:] = []; sys.path_hooks.clear()
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "an alarm in the worker's own code",
        8,
        """
        import signal
        def ring(*args): raise RuntimeError('ring')
        signal.signal(signal.SIGALRM, ring); signal.setitimer(signal.ITIMER_REAL, 1e-4, 1e-4)
        while True: pass
        """,
        one(State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "no room for a call",
        8,
        "import sys\ntry: sys.setrecursionlimit(1)\nexcept RecursionError: sys.setrecursionlimit(40)",
        one(State.INCORRECT, State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "hooks for errors",
        8,
        """
        import sys; sys.excepthook = sys.unraisablehook = lambda *args: print('passed')
        raise ValueError('no')
        """,
        _ERROR,
        _BOTH,
    ),
    Attack(
        "a collector that ends it",
        8,
        "import gc, os; gc.callbacks.append(lambda *args: os._exit(0)); gc.collect()",
        _ERROR,
    ),
    Attack(
        "a thread that goes on forging",
        8,
        """
        import os, threading
        def forge():
            while True: os.write(3, b'\\xff' * 64)
        threading.Thread(target=forge, daemon=True).start()
        import time; time.sleep(0.3)
        """,
        _BLOCKED,
    ),
)

LOOKING = (
    Attack(
        "walking the frames",
        9,
        """
        import sys
        frame = sys._getframe()
        while frame is not None:
            for space in (frame.f_locals, frame.f_globals):
                for name in ("grader", "expected", "want", "checks", "labels", "solution", "rng"):
                    if name in space: breached(f"{name} in {frame.f_code.co_name}")
            frame = frame.f_back
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "walking all objects",
        9,
        """
        import gc
        names = ("Grader", "Check", "Runner", "Opening", "Manifest", "Standby", "GraderProcess", "Exercise")
        for thing in gc.get_objects():
            kind = type(thing)
            if kind.__name__ in names and kind.__module__.startswith(("studytrack", "exercise")):
                breached(kind.__name__)
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "walking the modules",
        9,
        """
        import sys
        grading = [f"studytrack.grading.{part}" for part in ("checks", "grader", "runner", "exercises")]
        for name in ("exercise_checks", *grading):
            if name in sys.modules: breached(name)
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "the memory of every process",
        9,
        """
        import os
        me = os.getpid()
        above = [os.getppid()] if os.getppid() else []
        while above and above[-1] > 1:
            try: text = open(f"/proc/{above[-1]}/stat").read()
            except OSError: break
            above.append(int(text.rpartition(")")[2].split()[1]))
        for process in above[:3]:
            for name in ("mem", "environ", "maps", "auxv"):
                for flags in (os.O_RDONLY, os.O_RDWR):
                    try: os.open(f"/proc/{process}/{name}", flags)
                    except OSError: continue
                    breached(f"{name} of a process above")
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "its own memory, for what a fork left",
        9,
        """
        import re
        wanted = re.compile(b"studytrack.grading.grade[r] OPENING")
        regions = [line.split() for line in open("/proc/self/maps") if "rw-p" in line or "r--p" in line]
        with open("/proc/self/mem", "rb", 0) as memory:
            for region in regions[:4000]:
                start, end = (int(part, 16) for part in region[0].split("-"))
                if end - start > 64 << 20 or "[v" in region[-1]: continue
                try:
                    memory.seek(start)
                    if wanted.search(memory.read(end - start)): breached("the grader's code in memory")
                except (OSError, ValueError, OverflowError): pass
        """,
        _WRONG,
    ),
    Attack(
        "tracing and reading by system calls",
        9,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        parent = os.getppid() or 1
        if libc.ptrace(16, parent, 0, 0) == 0: breached("ptrace of the parent")
        room = ctypes.create_string_buffer(64)
        class Piece(ctypes.Structure): _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
        mine = Piece(ctypes.addressof(room), 64); theirs = Piece(0x400000, 64)
        reads = libc.process_vm_readv(parent, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
        if reads > 0: breached("memory")
        """,
        _WRONG,
    ),
    Attack(
        "descriptors of other processes",
        9,
        """
        import os
        for process in (os.getppid(), 1):
            if process in (0, os.getpid()): continue
            try: found = os.listdir(f"/proc/{process}/fd")
            except OSError: continue
            for name in found:
                try: os.open(f"/proc/{process}/fd/{name}", os.O_RDWR)
                except OSError: continue
                breached("a descriptor of another process")
        """,
        _WRONG,
    ),
)

ATTACKS = PATCHES + LOOKING
