"""What the learner's code cannot reach: in bubblewrap it is not there, with Landlock it cannot be opened."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.grading.confine import SHARED_MEMORY
from studytrack.grading.exercises import Exercise
from studytrack.grading.removing import remove_tree
from studytrack.grading.session import BlockingSession
from studytrack.grading.shared_memory import SharedMemory
from studytrack.grading.tiers import BUBBLEWRAP, LANDLOCK, PROCESS
from studytrack.grading.verdict import State
from studytrack.paths import PACKAGE, shipped_exercises
from tests.grading.conftest import Grade, command_line, descendants, grading_in, tier_works
from tests.grading.test_hostile import twice


def graded_in(tier: str, exercise: Exercise) -> Iterator[Grade]:
    if reason := tier_works(tier):
        pytest.skip(reason)
    with BlockingSession(exercise, tier=tier) as session:
        yield grading_in(session)


@pytest.fixture(scope="module")
def in_bubblewrap(small_exercise: Exercise) -> Iterator[Grade]:
    yield from graded_in(BUBBLEWRAP, small_exercise)


@pytest.fixture(scope="module", params=[BUBBLEWRAP, LANDLOCK])
def sandboxed(small_exercise: Exercise, request: pytest.FixtureRequest) -> Iterator[Grade]:
    yield from graded_in(request.param, small_exercise)


@pytest.fixture(scope="module")
def filtered(tier: str, small_exercise: Exercise) -> Iterator[Grade]:
    """Each tier, for on Linux all of them filter system calls."""
    yield from graded_in(tier, small_exercise)


def seen(sandboxed: Grade, expression: str) -> str:
    """What an expression comes to in the sandbox, as text."""
    code = f"""\
import glob, os, socket, sys
from pathlib import Path

def opens(path):
    try:
        open(path, "rb").close()
    except OSError:
        return False
    return True

print(repr({expression}))
"""
    verdict = sandboxed(code).verdict
    assert verdict.state is State.NOT_ATTEMPTED, verdict.message
    return verdict.output.strip()


def test_the_exercises_cannot_be_read(sandboxed: Grade, small_exercise: Exercise) -> None:
    shipped = shipped_exercises() / "fit_quadratic" / "checks.py"
    places = [str(place) for place in (small_exercise.solution, small_exercise.checks_file, shipped)]
    assert seen(sandboxed, f"[p for p in {places} if opens(p)]") == "[]"


def test_the_exercises_are_not_even_there(in_bubblewrap: Grade, small_exercise: Exercise) -> None:
    places = [str(place) for place in (small_exercise.folder, shipped_exercises() / "fit_quadratic")]
    assert seen(in_bubblewrap, f"[p for p in {places} if os.path.exists(p)]") == "[]"


@pytest.mark.parametrize("way", ["a link", "a link to the folder", "the folder above", "/proc/self/root"])
def test_no_way_round_leads_to_the_solution(sandboxed: Grade, small_exercise: Exercise, way: str) -> None:
    solution = str(small_exercise.solution)
    made = {
        "a link": f"os.symlink({solution!r}, 'link')\npath = 'link'",
        "a link to the folder": f"os.symlink(os.path.dirname({solution!r}), 'l')\npath = 'l/solution.py'",
        "the folder above": f"path = '../' * 40 + {solution!r}",
        "/proc/self/root": f"path = '/proc/self/root' + {solution!r}",
    }[way]
    verdict = sandboxed(f"import os\n{made}\nopen(path)\n").verdict
    assert verdict.state in (State.BLOCKED, State.LEARNER_ERROR)
    assert "PermissionError" in verdict.message or "FileNotFoundError" in verdict.message


def test_the_learner_s_files_cannot_be_read(sandboxed: Grade) -> None:
    notes = Path(os.environ["STUDYTRACK_HOME"], "notes.md")
    notes.write_text("mine")
    assert seen(sandboxed, f"opens({str(notes)!r})") == "False"


def test_of_the_home_only_python_s_own_folders_are_there(in_bubblewrap: Grade) -> None:
    listing = seen(in_bubblewrap, f"glob.glob('{Path.home()}/*', include_hidden=True)")
    shown = map(Path, ast.literal_eval(listing))
    needed = [Path(folder) for folder in (sys.prefix, sys.base_prefix, PACKAGE)]
    assert [path for path in shown if not any(path in (one, *one.parents) for one in needed)] == []


def test_only_its_own_processes_are_there(in_bubblewrap: Grade) -> None:
    assert seen(in_bubblewrap, "[p for p in os.listdir('/proc') if p.isdigit()]") == "['1']"


def test_no_process_that_keeps_the_score_can_be_looked_into(filtered: Grade) -> None:
    graders = {child for child in descendants(os.getpid()) if "grading.grader" in command_line(child)}
    assert graders
    in_reach = f"[p for p in {graders | {os.getpid()}} if opens(f'/proc/{{p}}/mem')]"
    assert seen(filtered, in_reach) == "[]"


def test_no_other_process_can_be_looked_into(sandboxed: Grade) -> None:
    others = "(p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid())"
    assert seen(sandboxed, f"[p for p in {others} if opens(f'/proc/{{p}}/mem')]") == "[]"


def test_the_environment_holds_nothing_of_the_learner_s(
    small_exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "1234")
    with BlockingSession(small_exercise) as session:
        assert "1234" not in seen(grading_in(session), "dict(os.environ)")


def test_nothing_but_its_own_folders_can_be_written_to(sandboxed: Grade, tmp_path: Path) -> None:
    tops = [str(path) for path in (*Path("/").iterdir(), tmp_path)]
    tries = f"""
import os
written = []
mine = os.getcwd()
for top in {tops}:
    for folder, inner, _ in os.walk(top):
        if folder.startswith((mine, "/dev/shm", "/proc")):
            inner.clear()
            continue
        inner[:] = inner[:20]
        try:
            open(folder + "/written", "w").close()
            written.append(folder)
        except OSError:
            pass
print(written)
"""
    assert sandboxed(tries).verdict.output.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


_SETS_AN_ATTRIBUTE_ANOTHER_WAY = """
import ctypes, struct
value = ctypes.create_string_buffer(b"1")
given = ctypes.create_string_buffer(struct.pack("=QII", ctypes.addressof(value), 1, 0))
ctypes.CDLL(None).syscall(463, -100, path.encode(), 0, b"user.seen", given, 16)
"""
"""By setxattrat(2), which Linux has since 6.13."""


def test_files_of_the_learner_s_cannot_be_changed_without_opening_them(
    sandboxed: Grade, tmp_path: Path
) -> None:
    file = tmp_path / "progress.db"
    file.write_text("mine")
    file.chmod(0o640)
    before = file.stat()
    harm = [
        "os.chmod(path, 0)",
        "os.truncate(path, 0)",
        "os.utime(path, (0, 0))",
        "os.unlink(path)",
        "os.rename(path, path + '.old')",
        "os.link(path, 'mine')",
        "os.setxattr(path, 'user.seen', b'1')",
        _SETS_AN_ATTRIBUTE_ANOTHER_WAY,
    ]
    for act in harm:
        sandboxed(f"import os\npath = {str(file)!r}\n{act}\n")
    after = file.stat()
    assert file.read_text() == "mine"
    assert (after.st_mode, after.st_mtime, after.st_nlink) == (before.st_mode, before.st_mtime, 1)
    assert os.listxattr(file) == []


def test_files_can_be_copied_with_their_modes_all_the_same(sandboxed: Grade) -> None:
    code = "import shutil\nopen('a', 'w').write('x')\nshutil.copy2('a', 'b')\nprint(open('b').read())"
    assert sandboxed(code).verdict.output.strip() == "x"


@pytest.mark.parametrize(
    "body",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
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
    ids=["tcp", "udp", "unshare", "ptrace"],
)
def test_what_the_filter_refuses_is_called_blocked(filtered: Grade, body: str) -> None:
    graded = filtered(twice(body))
    assert graded["twice"].state is State.BLOCKED, graded["twice"].message
    assert graded["hello"].state is State.PASSED


def test_writing_where_nothing_may_be_written_is_called_blocked(sandboxed: Grade) -> None:
    graded = sandboxed(twice("import os, studytrack; open(studytrack.__file__, 'a')"))
    assert graded["twice"].state is State.BLOCKED, graded["twice"].message


@pytest.fixture(scope="module", params=[LANDLOCK, PROCESS])
def beside_others(small_exercise: Exercise, request: pytest.FixtureRequest) -> Iterator[Grade]:
    """The tiers in which other programs can be seen, and so must be kept from being harmed."""
    yield from graded_in(request.param, small_exercise)


@pytest.mark.parametrize(
    "act",
    [
        "os.kill(other, 9)",
        "os.kill(os.getppid(), 9)",
        "os.killpg(os.getpgid(other), 9)",
        "signal.pidfd_send_signal(os.pidfd_open(other), 9)",
        "fcntl.fcntl(socket.socketpair()[0], 10, 9)",
        "fcntl.fcntl(socket.socketpair()[0], fcntl.F_SETOWN, other)",
        "resource.prlimit(other, resource.RLIMIT_CPU, (1, 1))",
        "os.sched_setaffinity(other, {0})",
        "os.setpriority(os.PRIO_PROCESS, other, 19)",
    ],
)
def test_other_programs_are_left_alone(beside_others: Grade, act: str) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        before = (os.sched_getaffinity(other.pid), os.getpriority(os.PRIO_PROCESS, other.pid))
        imports = "import fcntl, os, resource, signal, socket"
        graded = beside_others(twice(f"{imports}\nother = {other.pid}\n{act}\nreturn x"))
        assert graded["twice"].points == 0
        assert (os.sched_getaffinity(other.pid), os.getpriority(os.PRIO_PROCESS, other.pid)) == before
        other.communicate(b"\n")
    assert other.returncode == 0
    assert graded["hello"].state is State.PASSED, "nor did it end itself"


def test_its_own_processes_may_be_used_and_ended(filtered: Grade) -> None:
    body = """
    import os, signal, subprocess
    assert subprocess.run(["true"]).returncode == 0
    child = os.fork()
    if child == 0:
        signal.raise_signal(signal.SIGKILL)
        os._exit(0)
    os.waitpid(child, 0)
    sleeper = subprocess.Popen(["sleep", "60"], start_new_session=True)
    sleeper.kill()
    assert sleeper.wait() == -signal.SIGKILL
    sleeper = subprocess.Popen(["sleep", "60"], start_new_session=True)
    os.killpg(sleeper.pid, signal.SIGTERM)
    assert sleeper.wait() == -signal.SIGTERM
    return x * 2
    """
    assert filtered(twice(body))["twice"].state is State.PASSED


_REMOVES_WHAT_IT_WRITES = """
import os, time
kept = []
for n in range(3):
    kept.append(open(f"{folder}/studytrack-test-{{n}}", "wb", buffering=0))
    os.unlink(kept[-1].name)
    for _ in range(100): kept[-1].write(bytes(1 << 20))
time.sleep(0.2)
return x * 2
"""
"""300 MB in files that are open and have no name any more."""


def there_now(grade: Grade) -> str:
    """What an attempt finds in its folder: nothing, or what Python needs where that lies in /tmp."""
    return seen(grade, "sorted(os.listdir())")


@pytest.mark.parametrize(
    "body",
    [
        "for n in range(1000):\n    with open(f'big{n}', 'wb') as file: file.write(bytes(100 << 20))",
        "with open('big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))",
        "import os\nfor n in range(10**6):\n    os.mkdir(str(n))",
        """
        for n in range(1000):
            with open(f'/dev/shm/studytrack-test-{n}', 'wb') as file: file.write(bytes(100 << 20))
        """,
        _REMOVES_WHAT_IT_WRITES.format(folder="."),
        _REMOVES_WHAT_IT_WRITES.format(folder="/dev/shm"),
    ],
    ids=["files", "one file", "folders", "shared memory", "removed files", "removed shared memory"],
)
def test_the_disk_cannot_be_filled(filtered: Grade, body: str) -> None:
    empty = there_now(filtered)
    graded = filtered(twice(body))
    assert graded["twice"].state in (State.BLOCKED, State.TIMEOUT), graded["twice"].message
    assert there_now(filtered) == empty
    assert list(Path(SHARED_MEMORY).glob("studytrack-test-*")) == []


def test_folders_nested_in_thousands_do_no_harm(filtered: Grade) -> None:
    empty = there_now(filtered)
    nested = "import os\nwhile True: os.mkdir('d'); os.chdir('d')"
    assert filtered(twice(nested))["twice"].state in (State.BLOCKED, State.TIMEOUT, State.LEARNER_ERROR)
    assert there_now(filtered) == empty


def test_all_that_was_written_is_removed(tmp_path: Path) -> None:
    folder, kept = tmp_path / "attempt", tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for name in ("attempt", *["d" * 200] * 50, *"d" * 1500):
        os.mkdir(name, dir_fd=descriptor)
        deeper = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = deeper
    os.close(descriptor)
    (folder / "link").symlink_to(kept)
    (folder / "closed").mkdir(mode=0)
    remove_tree(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (kept / "file").exists()


def test_new_shared_memory_is_cleared_unless_it_is_used() -> None:
    shared = SharedMemory()
    used, left = (Path(SHARED_MEMORY, f"studytrack-test-{name}") for name in ("used", "left"))
    left.write_text("left by an attempt")
    with used.open("w"):
        shared.clear()
        assert used.exists()
        assert not left.exists()
    used.unlink()
