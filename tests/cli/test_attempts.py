"""Earlier attempts in the plain terminal: listed, shown, compared, taken up again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import LIBRARY
from tests.cli.said import Run

SOLUTION = (LIBRARY / "exercises" / "line" / "solution.py").read_text(encoding="utf-8")
WRONG = "def slope(x, y):\n    return sum(y) / sum(x)\n"
WORSE = "def slope(x, y):\n    return x.no\n"


@pytest.fixture
def mine(st: Run, home: Path) -> Path:
    """The learner's file, after two attempts, the first of them without any point."""
    st("start", "line")
    file = home / "work" / "line" / "line.py"
    for code in (WORSE, WRONG):
        file.write_text(code, encoding="utf-8")
        st("check", "line")
    return file


def test_without_an_attempt_it_is_said_how_to_make_one(st: Run) -> None:
    assert st("history", "line").out == "There is no attempt yet. studytrack check line makes one.\n"
    assert st("history", "line", "--json").data == []
    for command in (["history", "line", "1"], ["diff", "line"], ["resume", "line", "1"]):
        said = st(*command)
        assert said.status == 2
        assert "there is no attempt 1 at line: none yet" in said.err


def test_an_unknown_exercise_is_told(st: Run) -> None:
    for command in (["history", "lime"], ["diff", "lime"], ["resume", "lime", "1"]):
        said = st(*command)
        assert said.status == 2
        assert "line" in said.err


def test_the_list_tells_when_how_and_what_became_of_it(st: Run, mine: Path) -> None:
    st("hint", "line")
    mine.write_text(SOLUTION, encoding="utf-8")
    st("check", "line")
    first, second, third = st("history", "line").out.splitlines()
    assert first.startswith("  1  2026-11-02 18:00  learner error  0/3  ")
    assert second.startswith("  2  2026-11-02 18:00  partial        1/3  ")
    assert third.startswith("  3  2026-11-02 18:00  passed         3/3  ")
    assert third.endswith("  1 hint")
    listed = st("history", "line", "--json").data
    assert [(each["number"], each["state"], each["score"]) for each in listed] == [
        (1, "learner_error", 0.0),
        (2, "partial", 1.0),
        (3, "passed", 3.0),
    ]
    assert {"id", "at", "seconds", "isolation", "metrics", "hints", "solution_seen"} <= listed[0].keys()
    assert "code" not in listed[0]


def test_one_attempt_is_shown_with_what_was_said_and_its_code(st: Run, mine: Path) -> None:
    shown = st("history", "line", "2").out
    assert "✗ 0  finds the slope among noise" in shown
    assert "was expected" in shown
    assert shown.endswith(f"\n\n{WRONG}")
    data = st("history", "line", "1", "--json").data
    assert data["code"] == WORSE
    assert data["checks"][0]["state"] == "learner_error"
    assert "line.py, line 2, in slope" in data["checks"][0]["message"]


def test_one_that_could_not_be_run_still_says_why(st: Run, mine: Path) -> None:
    mine.write_bytes(b"# gr\xf6\xdfe\n")
    st("check", "line")
    mine.write_text("x = (", encoding="utf-8")
    st("check", "line")
    assert "not UTF-8: save the file as UTF-8." in st("history", "line", "3").out
    assert "SyntaxError: '(' was never closed" in st("history", "line", "4").out
    assert "never closed" in st("history", "line", "4", "--json").data["message"]


def test_an_attempt_that_was_taken_back_is_gone(st: Run, mine: Path) -> None:
    st("undo")
    assert [each["number"] for each in st("history", "line", "--json").data] == [1]


def test_the_difference_is_with_the_last_that_differs(st: Run, mine: Path) -> None:
    said = st("diff", "line")
    assert said.status == 0
    assert said.out.splitlines() == [
        "--- attempt 1",
        "+++ your file now",
        "@@ -1,2 +1,2 @@",
        " def slope(x, y):",
        "-    return x.no",
        "+    return sum(y) / sum(x)",
    ]
    assert st("diff", "line", "2").out == "attempt 2 and your file now are the same.\n"
    assert st("diff", "line", "2", "1").out.splitlines()[:2] == ["--- attempt 2", "+++ attempt 1"]
    assert "there is no attempt 3 at line: 1 to 2" in st("diff", "line", "1", "3").err


def test_a_terminal_shows_it_side_by_side_where_there_is_room(
    st: Run, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "2 -     return x.no" in st("diff", "line").out
    assert "│2 +     return sum(y) / sum(x)" in st("diff", "line").out
    monkeypatch.setenv("COLUMNS", "60")
    assert st("diff", "line").out.splitlines() == [
        "- attempt 1   + your file now",
        "1   def slope(x, y):",
        "2 -     return x.no",
        "2 +     return sum(y) / sum(x)",
    ]


def test_the_solution_stands_beside_one_s_own(st: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown = st("solution", "line", "--yes").out
    assert shown.splitlines()[0].split("│") == [f"{'yours':<59}", "the solution"]
    for line in SOLUTION.splitlines():
        assert line.strip()[:40] in shown


def test_an_attempt_is_taken_up_again_and_nothing_is_lost(st: Run, mine: Path) -> None:
    mine.write_text("mine", encoding="utf-8")
    said = st("resume", "line", "1")
    kept = mine.with_name("line.1.py")
    assert said.out == f"Your file is that of attempt 1 again; the other is in {kept}.\n"
    assert mine.read_text(encoding="utf-8") == WORSE
    assert kept.read_text(encoding="utf-8") == "mine"
    assert st("resume", "line", "1").out == "Your file is that of attempt 1 again.\n"
    assert not mine.with_name("line.2.py").exists()
    mine.unlink()
    st("resume", "line", "2")
    assert mine.read_text(encoding="utf-8") == WRONG


def test_what_was_wrong_is_set_out_in_its_parts(st: Run, mine: Path) -> None:
    out = st("check", "line").out
    shown = out.split("finds the slope among noise\n")[1].splitlines()
    labels = [line.split()[0] for line in shown if line.startswith("      ") and line[6] != " "]
    assert labels == ["called", "got", "expected"]
