"""The commands about exercises, but for `check`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.said import Run


def test_the_list(st: Run) -> None:
    [entry] = st("exercises", "--json").data
    assert (entry["id"], entry["state"], entry["points"]) == ("line", "new", 3)
    assert st("exercises").out == "line               · Fit a line · 10 min · new\n"


def test_starting_shows_the_task_and_puts_the_starter(st: Run, home: Path) -> None:
    said = st("start", "line")
    file = home / "work" / "line" / "line.py"
    assert "Write `slope(x, y)`" in said.out
    assert said.out.endswith(f"\nWrite in {file}\nthen run: studytrack check line\n")
    file.write_text("mine", encoding="utf-8")
    st("start", "line")
    assert file.read_text(encoding="utf-8") == "mine"


def test_starting_over_keeps_what_was_written(st: Run, home: Path) -> None:
    st("start", "line")
    file = home / "work" / "line" / "line.py"
    file.write_text("mine", encoding="utf-8")
    said = st("reset", "line")
    assert said.out == f"The starter is back; your earlier code is in {file.with_name('line.1.py')}\n"
    assert file.with_name("line.1.py").read_text(encoding="utf-8") == "mine"
    assert "NotImplementedError" in file.read_text(encoding="utf-8")


def test_hints_come_one_by_one(st: Run) -> None:
    first, second, none = (st("hint", "line").out for _ in range(3))
    assert first.startswith("Hint 1 of 2\nThe best slope")
    assert second.startswith("Hint 2 of 2\nDivide")
    assert none.startswith("There is no further hint. Those before: studytrack hint line --again\n")
    assert "The solution: studytrack solution line  (You have not passed it yet." in none
    assert st("hint", "line", "--again").out == first + second
    assert [hint["number"] for hint in st("hint", "line", "--again", "--json").data] == [1, 2]
    assert st("hint", "line", "--json").data == []


def test_the_first_hint_as_json(st: Run) -> None:
    assert "No hint was taken" in st("hint", "line", "--again").out
    [hint] = st("hint", "line", "--json").data
    assert (hint["number"], hint["of"]) == (1, 2)
    assert hint["hint"].startswith("The best slope")


def test_the_solution_has_its_price(st: Run) -> None:
    said = st("solution", "line", typed="n\n")
    assert "You have not passed it yet." in said.out
    assert said.out.endswith("Not shown.\n")
    assert st("log", "--json").data == []
    shown = st("solution", "line", typed="y\n")
    assert "sum(a * b for a, b in zip(x, y, strict=True))" in shown.out
    assert "solution" in [event["kind"] for event in st("log", "--json").data]
    again = st("solution", "line")
    assert again.status == 0
    assert "You have not passed it yet." not in again.out


def test_a_script_must_agree_to_the_price(st: Run) -> None:
    said = st("solution", "line")
    assert said.status == 2
    assert "--yes shows it all the same" in said.err
    assert st("solution", "line", "--yes").status == 0
