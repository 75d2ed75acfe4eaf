"""Lines 4, 5 and 10: what is printed, the descriptors, and messages that the grader did not ask for."""

from __future__ import annotations

from studytrack.grading.battery.attack import Attack, Moment, Reach, joined, one
from studytrack.grading.verdict import State

_BOTH = (Moment.IMPORT, Moment.CALL)
_FLOOD = one(State.OUTPUT_FLOOD)
_WRONG = one(State.INCORRECT)
_BLOCKED = one(State.BLOCKED)
_ERROR = one(State.LEARNER_ERROR)

ESCAPES = "\\x1b[2J\\x1b]0;owned\\x07\\x1b]52;c;b3duZWQ=\\x07\\x9b31m\\x90q\\x9c\\u202e\\u2066\\r\\x08\\x7f"
"""As in a source: clears the screen, sets the title and the clipboard, colours, turns text round."""

OUTPUT = (
    Attack("150 MB of lines", 4, "for _ in range(150_000): print('x' * 999)", _FLOOD, _BOTH),
    Attack(
        "one line of 50 MB", 4, "import os\nfor _ in range(50): os.write(1, b'x' * 1_000_000)", _FLOOD, _BOTH
    ),
    Attack("a flood of errors", 4, "import sys\nwhile True: print('x' * 1000, file=sys.stderr)", _FLOOD),
    Attack(
        "a flood from a child",
        4,
        """
        import os
        if os.fork() == 0:
            while True: os.write(1, b"x" * 4096)
        import time; time.sleep(60)
        """,
        _FLOOD,
    ),
    Attack("a flood of null bytes", 4, "import os\nwhile True: os.write(2, bytes(65536))", _FLOOD),
    Attack("escapes, printed", 4, f"print('{ESCAPES}' * 3)", _WRONG, _BOTH),
    Attack("escapes in an error", 4, f"raise ValueError('{ESCAPES}')", _ERROR, _BOTH),
    Attack("escapes in the name of an error", 4, f"raise type('{ESCAPES}', (Exception,), {{}})()", _ERROR),
    Attack("escapes in an answer", 4, "", _WRONG, answer=f"'{ESCAPES}'"),
    Attack("escapes in the type of an answer", 4, "", _WRONG, answer=f"type('{ESCAPES}', (), {{}})()"),
    Attack(
        "escapes in a metric", 4, f"from studytrack import live\nlive.log(**{{'{ESCAPES}': 1.0}})", _WRONG
    ),
    Attack(
        "escapes to every terminal",
        4,
        f"""
        import fcntl, glob, os
        for device in ("/dev/tty", "/dev/console", AIM["terminal"]):
            try:
                terminal = os.open(device, os.O_WRONLY | os.O_NOCTTY)
                os.write(terminal, b"owned {ESCAPES[:7]}")
                fcntl.ioctl(terminal, 0x5412, b"x")
            except OSError: pass
        """,
        _WRONG,
        reach=Reach.FILES,
    ),
    Attack("input()", 4, "input()", _ERROR, _BOTH),
    Attack(
        "reading standard input", 4, "import sys; sys.stdin.read(); sys.stdin.buffer.read()", _WRONG, _BOTH
    ),
    Attack("reading descriptor 0", 4, "import os; os.read(0, 100)", _WRONG),
)

DESCRIPTORS = (
    Attack("closing descriptors 0 to 63", 5, "import os; os.closerange(0, 64)", _BLOCKED, _BOTH),
    Attack("closing all descriptors", 5, "import os; os.closerange(0, 4096)", _BLOCKED),
    Attack("closing all but the channel", 5, "import os; os.closerange(0, 3); os.closerange(4, 64)", _WRONG),
    Attack("closing the channel and staying", 5, "import os, time; os.close(3); time.sleep(60)", _BLOCKED),
    Attack("the output in the place of the channel", 5, "import os; os.dup2(1, 3)", _BLOCKED),
    Attack(
        "nothing in the place of the channel",
        5,
        "import os; os.dup2(os.open('/dev/null', os.O_RDWR), 3)",
        one(State.BLOCKED, State.LEARNER_ERROR),
    ),
    Attack(
        "zeros in the place of the channel",
        5,
        "import os; os.dup2(os.open('/dev/zero', os.O_RDWR), 3)",
        one(State.BLOCKED),
    ),
    Attack(
        "shutting the channel",
        5,
        "import socket; socket.socket(fileno=3).shutdown(socket.SHUT_RDWR)",
        _BLOCKED,
    ),
    Attack(
        "a channel that does not wait",
        5,
        "import os; os.set_blocking(3, False)",
        one(State.BLOCKED, State.INCORRECT),
    ),
    Attack("reading the channel", 5, "import os; os.read(3, 100)", one(State.TIMEOUT)),
    Attack(
        "sending its own descriptors",
        5,
        "import socket; socket.send_fds(socket.socket(fileno=3), [b'x'], [0, 1, 2, 4])",
        _BLOCKED,
    ),
)

_FRAME = """
import json, os, struct
def send(text): os.write(3, struct.pack("<II", len(text), 0) + text)
"""

FORGED = (
    Attack(
        "forged results",
        10,
        joined(
            _FRAME,
            """
        for number in range(50):
            send(json.dumps({"number": number, "value": 1, "state": "passed", "points": 99}).encode())
        """,
        ),
        _BLOCKED,
        _BOTH,
    ),
    Attack(
        "forged events of the grader",
        10,
        """
        import json, os
        check = dict(id="x", title="x", state="passed", points=99, max_points=99, message="")
        verdict = dict(exercise="x", file="x", state="passed", score=99, max_score=99, checks=[check],
                       isolation="bubblewrap", seconds=0, message="", output="")
        kinds = dict(CheckDone=dict(result=check), Finished=dict(verdict=verdict, trace=""))
        events = [dict(run=run, kind=kind, event=event) for run in range(3) for kind, event in kinds.items()]
        lines = b"".join(json.dumps(event).encode() + b"\\n" for event in events)
        for descriptor in (1, 2, 4):
            try: os.write(descriptor, lines[:60000])
            except OSError: pass
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "a forged report of the keeper",
        10,
        """
        import os
        for descriptor in range(5, 512):
            try: os.write(descriptor, b'{"reason": "itself", "exit": 0}')
            except OSError: pass
        """,
        _WRONG,
    ),
    Attack(
        "a million events",
        10,
        """
        import os
        os.set_blocking(4, True)
        lines = b'{"step":1,"loss":2.5}\\n' * 1000
        for _ in range(1000): os.write(4, lines)
        """,
        _WRONG,
        (Moment.IMPORT,),
    ),
    Attack(
        "a hundred thousand points, logged",
        10,
        """
        from studytrack import live
        for n in range(100_000): live.log(step=n, loss=float('nan') if n % 2 else 1e308)
        """,
        _WRONG,
        _BOTH,
    ),
    Attack(
        "metrics that are none",
        10,
        """
        import os
        os.set_blocking(4, True)
        for line in (b"nonsense", b'{"step": 1, "loss": "0"}', b'{"step":1,"score":4}', b"x" * 90_000,
                     b"[" * 90_000, b'{"step":1e999,"loss":-1e999}', b'{"loss":' + b"9" * 4000 + b"}",
                     b"\\xff\\xfe", b'{"step":true,"loss":1}', b'{"step":1,"a":{"b":1}}', b"null"):
            os.write(4, line + b"\\n")
        os.write(4, b"no end of the line" * 10_000)
        """,
        _WRONG,
    ),
    Attack(
        "a metric with a name of megabytes",
        10,
        "from studytrack import live\nlive.log(**{'x' * 5_000_000: 1.0})",
        _WRONG,
    ),
    Attack(
        "a frame that is longer than allowed",
        10,
        "import os, struct; os.write(3, struct.pack('<II', 2**32 - 1, 2**32 - 1))",
        _BLOCKED,
    ),
    Attack(
        "a frame that stays unfinished",
        10,
        "import os, struct, time; os.write(3, struct.pack('<II', 100, 100)); time.sleep(60)",
        one(State.TIMEOUT),
    ),
    Attack("bytes that are no frame", 10, "import os; os.write(3, b'\\xff' * 1000)", _BLOCKED),
    Attack("malformed JSON", 10, joined(_FRAME, "send(b'{')"), _BLOCKED),
    Attack("JSON that is nested without end", 10, joined(_FRAME, "send(b'[' * 500_000)"), _BLOCKED),
    Attack(
        "a number of a million digits",
        10,
        joined(_FRAME, "send(b'{\"number\":1,\"value\":' + b'9' * 1_000_000 + b'}')"),
        _BLOCKED,
    ),
    Attack(
        "a pickle in place of a frame",
        10,
        joined(_FRAME, "import pickle\nsend(pickle.dumps(print))"),
        _BLOCKED,
    ),
    Attack(
        "a pickle bomb",
        10,
        """
        import os
        class Bomb:
            def __reduce__(self): return os.system, ("touch /tmp/" + AIM["token"],)
        return Bomb()
        """,
        _WRONG,
    ),
    Attack(
        "a pickle bomb, pickled",
        10,
        """
        import os, pickle
        class Bomb:
            def __reduce__(self): return os.system, ("touch /tmp/" + AIM["token"],)
        Bomb.__qualname__ = "Bomb"; globals()["Bomb"] = Bomb; Bomb.__module__ = "learner"
        return pickle.dumps(Bomb())
        """,
        _WRONG,
    ),
)

ATTACKS = OUTPUT + DESCRIPTORS + FORGED
