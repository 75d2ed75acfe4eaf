"""The commands about lessons, boxes, notes and the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.said import Run

LESSON = "straight-lines"


def test_the_page(st: Run) -> None:
    st("tick", f"{LESSON}/video")
    out = st("show", LESSON).out
    for line in (
        "[x] Video: a line through points · 20 min  (straight-lines/video)",
        "    Watch how the slope turns the line and the intercept lifts it.",
        "[ ] Fit it yourself · 45 min  (straight-lines/notebook)",
        "    [ ] reproduce",
        "  The course: https://course.example/1",
        "- What a line is  3:10",
        "[ ] The same on other points  https://competition.example",
        "[ ] Fit a line · 10 min  (line)",
        "0 seen of 5, 0 due.  studytrack quiz straight-lines",
    ):
        assert line in out.splitlines()


def test_the_notes_in_full(st: Run) -> None:
    st("note", LESSON, "mine")
    out = st("show", LESSON, "--notes").out
    for words in ("Two numbers make a line", "Warning: Without `b`", "  The slope  5:00", "- mine"):
        assert words in out


def test_json_names_every_item_with_its_kind_and_state(st: Run) -> None:
    st("tick", f"{LESSON}/notebook/run")
    st("tick", f"{LESSON}/web")
    page = st("show", LESSON, "--json").data
    for part in ("steps", "resources", "notes", "exercises", "questions"):
        assert page[part]
        for item in page[part]:
            assert {"id", "kind"} <= item.keys(), part
    video, notebook, _ = page["steps"]
    assert (video["id"], video["kind"], video["ticked"]) == ("video", "video", False)
    assert [stage["ticked"] for stage in notebook["stages"]] == [False, True, False, False]
    web, line = page["exercises"]
    assert (web["kind"], web["ticked"], web["state"]) == ("link", True, "done")
    assert (line["kind"], line["ticked"], line["state"]) == ("graded", False, "new")
    assert {question["state"] for question in page["questions"]} == {"new"}
    assert page["resources"][0] == {
        "id": "https://course.example/1",
        "kind": "website",
        "title": "The course",
        "url": "https://course.example/1",
    }
    [note] = page["notes"]
    assert [inner["kind"] for inner in note["notes"]] == ["warning", "note"]


def test_a_box_is_ticked_emptied_and_undone(st: Run) -> None:
    assert st("tick", f"{LESSON}/notebook/other-data").out == "[x] Fit it yourself: other data\n"
    assert st("untick", f"{LESSON}/notebook/other-data").out == "[ ] Fit it yourself: other data\n"
    assert st("undo").out == "Taken back: the emptying of Fit it yourself: other data\n"
    assert "[x] other data" in st("show", LESSON).out
    assert st("undo").status == 0
    assert st("undo").out == "There is nothing to take back.\n"


def test_the_log_tells_what_was_done(st: Run) -> None:
    st("tick", f"{LESSON}/video")
    st("answer", "value", "7")
    first, second = st("log", "--json").data
    assert {name: first[name] for name in ("at", "kind", "subject")} == {
        "at": "2026-11-02T18:00:00+00:00",
        "kind": "tick",
        "subject": f"{LESSON}/video",
    }
    assert first["id"] < second["id"]
    assert second["body"]["given"] == "7"
    assert st("log", "-n", "1", "--json").data == [second]
    rows = st("log").out.splitlines()
    assert rows[0] == "2026-11-02 18:00:00  tick      straight-lines/video"
    assert "given=7  correct=True  rating=3" in rows[1]


def test_notes_of_ones_own(st: Run, home: Path) -> None:
    assert st("note", LESSON).out == f"No notes yet: studytrack note {LESSON} TEXT\n"
    file = home / "notes" / f"{LESSON}.md"
    assert st("note", LESSON, "first").out == f"Noted in {file}\n"
    st("note", LESSON, "- with a dash", "--at", "3:10")
    assert st("note", LESSON).out == (
        "- first\n- [3:10](https://video.example/watch?v=line&t=190s) - with a dash\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["", "--at", "3:10"], "the note is empty"),
        (["text", "--at", "99"], "'99' is not a time in a video"),
        (["--at", "3:10"], "TEXT is needed"),
    ],
)
def test_notes_that_cannot_be_taken(st: Run, arguments: list[str], told: str) -> None:
    said = st("note", LESSON, *arguments)
    assert said.status == 2
    assert told in said.err


def test_bytes_that_are_no_text_are_noted_as_far_as_they_can(st: Run) -> None:
    assert st("note", LESSON, "caf\udce9").status == 0
    assert st("note", LESSON).out == "- caf?\n"


def test_what_steers_a_terminal_is_not_printed(st: Run, home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / f"{LESSON}.md").write_text("\x1b[31mred\x1b]0;title\x07 \x9b2J\u202emine", "utf-8")
    assert st("note", LESSON).out == "red mine\n"
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(st("show", LESSON).out)
    json = st("show", LESSON, "--json")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(json.out)
    assert json.data["own_notes"] == "\x1b[31mred\x1b]0;title\x07 \x9b2J\u202emine"
