"""Submissions that attack: each gets its named state, earns nothing by it, and leaves nothing behind."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pytest

from studytrack.grading.verdict import State
from tests.grading.conftest import SOLUTION, Grade, processes_called

GREETS = '\n\ndef hello():\n    return "hello"\n'


def twice(body: str) -> str:
    """A submission whose `twice` does this, and whose `hello` is right."""
    return "def twice(x):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") + GREETS


@dataclass(frozen=True)
class Ending:
    """Code that ends the attempt, and how that is called."""

    body: str
    state: State
    says: str


ENDINGS = {
    "loop": Ending("while True: pass", State.TIMEOUT, "after 1 s"),
    "swallows everything": Ending(
        """
        while True:
            try:
                while True: pass
            except BaseException: pass
        """,
        State.TIMEOUT,
        "after 1 s",
    ),
    "ignores signals": Ending(
        """
        import signal
        for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        while True: pass
        """,
        State.TIMEOUT,
        "after 1 s",
    ),
    "sys.exit": Ending("import sys; sys.exit(0)", State.LEARNER_ERROR, "ended the program"),
    "os._exit": Ending("import os; os._exit(0)", State.LEARNER_ERROR, "os._exit"),
    "segmentation fault": Ending("import ctypes; ctypes.string_at(0)", State.LEARNER_ERROR, "SIGSEGV"),
    "raises MemoryError": Ending("raise MemoryError", State.OUT_OF_MEMORY, "MemoryError"),
    "a list": Ending(
        "kept = []\nwhile True: kept.append(bytes(1 << 20))",
        State.OUT_OF_MEMORY,
        "more memory than is allowed",
    ),
    "an array": Ending("import numpy; return numpy.ones(1 << 30)", State.OUT_OF_MEMORY, "more memory than"),
    "shared memory": Ending(
        """
        import mmap
        room = mmap.mmap(-1, 1 << 30)
        while True: room.write(bytes(1 << 20))
        """,
        State.OUT_OF_MEMORY,
        "200 MB",
    ),
    "sockets to keep data in": Ending(
        """
        import os, socket, time
        for _ in range(3): os.fork()
        kept = [socket.socketpair() for _ in range(200)]
        time.sleep(60)
        """,
        State.BLOCKED,
        "too many files",
    ),
    "prints without end": Ending("while True: print('x' * 1000)", State.OUTPUT_FLOOD, "64 kB"),
    "one long line": Ending("import os; os.write(1, b'x' * 50_000_000)", State.OUTPUT_FLOOD, "64 kB"),
    "closes its descriptors": Ending(
        "import os; os.closerange(0, 64); return x * 2", State.BLOCKED, "connection"
    ),
    "closes the channel and stays": Ending(
        "import os, time; os.close(3); time.sleep(60)", State.BLOCKED, "connection"
    ),
    "garbage in every descriptor": Ending(
        """
        import os
        for descriptor in range(3, 64):
            try: os.write(descriptor, b"\\xff" * 100)
            except OSError: pass
        return x * 2
        """,
        State.BLOCKED,
        "connection",
    ),
    "a forged reply": Ending(
        """
        import json, os, struct
        text = json.dumps({"number": 1, "value": "hello", "passed": True, "score": 4}).encode()
        os.write(3, struct.pack("<II", len(text), 0) + text)
        return x
        """,
        State.BLOCKED,
        "connection",
    ),
    "a huge frame": Ending(
        "import os, struct; os.write(3, struct.pack('<II', 2**32 - 1, 2**32 - 1))",
        State.BLOCKED,
        "connection",
    ),
    "patched json": Ending(
        "import json; json.dumps = lambda *a, **k: '{}'; return x", State.BLOCKED, "connection"
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_ends_the_attempt_is_named(grade: Grade, name: str) -> None:
    ending = ENDINGS[name]
    graded = grade(twice(ending.body))
    assert graded.verdict.state is ending.state, graded.verdict
    assert graded.verdict.score == 0
    assert graded["twice"].state is ending.state
    assert ending.says in graded["twice"].message
    assert "Doubles" in graded.verdict.message, "the check that ran is named"
    assert graded["hello"].state is State.SKIPPED
    assert ending.says in graded["hello"].message, "what kept it from running is said"


@pytest.mark.parametrize("name", ["loop", "sys.exit", "os._exit", "a list", "prints without end"])
def test_the_same_while_the_file_is_run(grade: Grade, name: str) -> None:
    ending = ENDINGS[name]
    graded = grade(textwrap.dedent(ending.body).replace("return ", "") + GREETS)
    assert (graded.verdict.state, graded.verdict.score) == (ending.state, 0)
    assert {check.state for check in graded.verdict.checks} == {State.SKIPPED}


LIES = {
    "an always-true ==": """
        class Anything:
            def __eq__(self, other): return True
            def __float__(self): return 1.0
            def __array__(self, *_, **__): return self
            __hash__ = None
        return Anything()
    """,
    "NaN": "return x * float('nan')",
    "an endless iterator": "import itertools; return itertools.count()",
    "megabytes of text": "return 'x' * 5_000_000",
}
"""Of each kind one: the battery has all of them."""


@pytest.mark.parametrize("name", LIES)
def test_lies_earn_nothing(grade: Grade, name: str) -> None:
    graded = grade(twice(LIES[name]))
    assert graded["twice"].state in (State.INCORRECT, State.LEARNER_ERROR), graded["twice"]
    assert graded["twice"].points == 0
    assert graded["hello"].state is State.PASSED, "one wrong answer does not spoil the others"


# Processes give themselves this name, so that none can be overlooked in the process table.
NAMES_ITSELF = "import ctypes, os; ctypes.CDLL(None).prctl(15, {name!r}.encode(), 0, 0, 0)\n"
DAEMONS = """
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        import signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
        os._exit(0)
return x * 2
"""


def test_daemonised_orphans_are_gone_with_the_verdict(grade: Grade, tier: str) -> None:
    name = f"orphan-{tier[:8]}"
    graded = grade(twice(NAMES_ITSELF.format(name=name) + DAEMONS))
    assert graded["twice"].state is State.PASSED
    assert processes_called(name) == []


def test_a_fork_bomb_is_put_out(grade: Grade, tier: str) -> None:
    name = f"bomb-{tier[:8]}"
    bomb = "for _ in range(12):\n    os.fork()\nimport time; time.sleep(60)"
    graded = grade(twice(NAMES_ITSELF.format(name=name) + bomb))
    assert graded["twice"].points == 0
    assert processes_called(name) == []


def test_memory_that_is_hidden_is_not_overlooked(grade: Grade) -> None:
    graded = grade(
        twice(
            """
            import ctypes, mmap, time
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
            room = mmap.mmap(-1, 400 << 20)
            for _ in range(400): room.write(bytes(1 << 20))
            time.sleep(60)
            """
        )
    )
    assert graded["twice"].state in (State.BLOCKED, State.OUT_OF_MEMORY), graded["twice"].message


def test_a_child_that_has_ended_hides_nothing(grade: Grade) -> None:
    body = "import os, time\nif os.fork() == 0: os._exit(0)\ntime.sleep(0.2)\nreturn x * 2"
    assert grade(twice(body)).verdict.state is State.PASSED


def test_a_fork_of_the_learner_s_does_not_answer(grade: Grade) -> None:
    assert grade(twice("import os; os.fork(); return x * 2")).verdict.state is State.PASSED


def test_signalling_everyone_in_reach_earns_nothing(grade: Grade) -> None:
    body = "import os\nfor _ in range(2): os.kill(os.getppid() or os.getpid(), 9)\nreturn x"
    assert grade(twice(body))["twice"].points == 0
    assert grade(SOLUTION).verdict.state is State.PASSED


REPLIES = [
    "{}",
    "{'value': {}}",
    "{'value': {'array': ['object', [1]]}}",
    "{'value': {'array': ['float64', [1000]]}}",
    "{'value': {'dict': [[[1], 2]]}}",
    "{'value': {'tuple': 5}}",
    "{'value': {'handle': ['x', 'y']}}",
    "{'value': {'handle': [99, '\\x1b[31m']}}",
    "{'value': eval('[' * 60 + ']' * 60)}",
    "{'value': 10 ** 4000}",
    "{'value': [[1], [1, 2], 'x', None]}",
    "{'value': {'passed': True}, 'score': 4}",
    "{'number': None, 'value': 1}",
    "{'raised': 5}",
    "{'raised': {}}",
    "{'raised': {'kind': [], 'errno': [1], 'type': 5, 'text': {}, 'lines': [[1], ['x', 2], 3]}}",
    "{'raised': {'kind': 'error', 'type': '\\x1b]0;x\\x07', 'text': 'y', 'lines': [[10 ** 9, '\\x1b[2J']]}}",
    "{'missing': 5}",
    "{'missing': [1, [2], {}], 'found': {}}",
    "{'missing': [], 'found': '\\x1b[31m'}",
    "{'unsendable': 3}",
    "{'unsendable': '\\x1b[31m'}",
    "{'unsendable': 'x' * 900_000}",
    "{'missing': ['wtcei'] * 100_000}",
]


@pytest.mark.parametrize("reply", REPLIES)
def test_a_process_taken_over_supplies_only_data(grade: Grade, reply: str) -> None:
    graded = grade(
        f"""
        import sys
        submission = sys.modules["studytrack.grading.submission"]
        submission.Submission.answer = lambda self, request, raw: ({reply}, [])
        """
    )
    assert graded.verdict.score == 0
    assert graded.verdict.state is not State.GRADER_ERROR, graded.finished.trace
    assert "\x1b" not in str(graded.verdict)
    assert len(str(graded.verdict)) < 10_000, "it is kept for ever, and shown"
