"""What the learner's code cannot reach in bubblewrap."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.grading.exercises import Exercise
from studytrack.grading.session import BlockingSession
from studytrack.grading.tiers import BUBBLEWRAP
from studytrack.grading.verdict import State
from studytrack.paths import PACKAGE, shipped_exercises
from tests.grading.conftest import Grade, grading_in, tier_works
from tests.grading.test_hostile import twice


@pytest.fixture(scope="module")
def sandboxed(small_exercise: Exercise) -> Iterator[Grade]:
    if reason := tier_works(BUBBLEWRAP):
        pytest.skip(reason)
    with BlockingSession(small_exercise, tier=BUBBLEWRAP) as session:
        yield grading_in(session)


def seen(sandboxed: Grade, expression: str) -> str:
    """What an expression comes to in the sandbox, as text."""
    code = f"import glob, os, socket, sys\nfrom pathlib import Path\nprint(repr({expression}))\n"
    verdict = sandboxed(code).verdict
    assert verdict.state is State.NOT_ATTEMPTED, verdict.message
    return verdict.output.strip()


def test_the_exercises_are_not_there(sandboxed: Grade, small_exercise: Exercise) -> None:
    places = [
        small_exercise.folder,
        small_exercise.solution,
        shipped_exercises() / "fit_quadratic" / "checks.py",
    ]
    assert (
        seen(sandboxed, f"[os.path.exists(p) for p in {list(map(str, places))}]") == "[False, False, False]"
    )


def test_the_learner_s_files_are_not_there(sandboxed: Grade) -> None:
    notes = Path(os.environ["STUDYTRACK_HOME"], "notes.md")
    notes.write_text("mine")
    assert seen(sandboxed, f"os.path.exists({str(notes)!r})") == "False"


def test_of_the_home_only_python_s_own_folders_are_there(sandboxed: Grade) -> None:
    shown = map(Path, ast.literal_eval(seen(sandboxed, f"glob.glob('{Path.home()}/*', include_hidden=True)")))
    needed = [Path(folder) for folder in (sys.prefix, sys.base_prefix, PACKAGE)]
    assert [path for path in shown if not any(path in (one, *one.parents) for one in needed)] == []


def test_only_its_own_processes_are_there(sandboxed: Grade) -> None:
    assert seen(sandboxed, "[p for p in os.listdir('/proc') if p.isdigit()]") == "['1']"


def test_the_environment_holds_nothing_of_the_learner_s(
    small_exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "1234")
    with BlockingSession(small_exercise) as session:
        assert "1234" not in seen(grading_in(session), "dict(os.environ)")


def test_nothing_but_its_own_folders_can_be_written_to(sandboxed: Grade) -> None:
    tries = """
import ast
import os
import sys
written = []
for top in os.listdir("/"):
    for folder, inner, _ in os.walk("/" + top):
        if folder.startswith(("/tmp", "/dev/shm", "/proc")):
            inner.clear()
            continue
        inner[:] = inner[:20]
        try:
            open(folder + "/written", "w").close()
            written.append(folder)
        except OSError:
            pass
print(written, os.getcwd())
"""
    assert sandboxed(tries).verdict.output.strip() == "[] /tmp"


@pytest.mark.parametrize(
    "body",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import os, studytrack; open(studytrack.__file__, 'a')",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(0x10000000): raise OSError(ctypes.get_errno(), 'unshare')
        """,
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.ptrace(16, 1, 0, 0): raise OSError(ctypes.get_errno(), 'ptrace')
        """,
    ],
    ids=["tcp", "udp", "write", "unshare", "ptrace"],
)
def test_what_the_sandbox_refuses_is_called_blocked(sandboxed: Grade, body: str) -> None:
    graded = sandboxed(twice(body))
    assert graded["twice"].state is State.BLOCKED, graded["twice"].message
    assert graded["hello"].state is State.PASSED


def test_the_disk_cannot_be_filled(sandboxed: Grade) -> None:
    body = """
    for number in range(1000):
        with open(f"big{number}", "wb") as file:
            file.write(bytes(100 << 20))
    """
    assert sandboxed(twice(body))["twice"].state in (State.LEARNER_ERROR, State.OUT_OF_MEMORY)
