"""What separates two texts of code, and how it is laid out: nothing is lost and everything lines up."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.difference import Row, compare, fold
from studytrack.side_by_side import WIDE, Shown, laid_out, titles

BEFORE = "import torch\n\ndef f(x):\n    y = x.mean()\n    return y\n"
AFTER = "import torch\n\ndef f(x):\n    y = x.sum()\n    print(y)\n    return y\n"
code = st.lists(st.text(alphabet="ab =+(\t宽é\x1b", max_size=30), max_size=12).map("\n".join)


def texts(rows: list[Row], width: int) -> list[str]:
    return ["".join(text for text, _ in shown) for shown in laid_out(rows, width)]


def kinds(rows: list[Row]) -> list[str]:
    return [row.kind for row in rows]


@given(code, code)
def test_both_texts_are_whole_and_in_order(before: str, after: str) -> None:
    rows = compare(before, after)
    lefts = [row.left for row in rows if row.left]
    rights = [row.right for row in rows if row.right]
    assert [line.text for line in lefts] == before.splitlines()
    assert [line.text for line in rights] == after.splitlines()
    assert [line.number for line in lefts] == list(range(1, len(lefts) + 1))
    assert [line.number for line in rights] == list(range(1, len(rights) + 1))


@given(code, code)
def test_what_is_the_same_stands_beside_itself(before: str, after: str) -> None:
    for row in compare(before, after):
        if row.kind == "same":
            assert row.left is not None
            assert row.right is not None
            assert row.left.text == row.right.text


def test_a_line_that_was_changed_shows_which_words() -> None:
    rows = compare(BEFORE, AFTER)
    assert kinds(rows) == ["same", "same", "same", "changed", "added", "same"]
    changed = rows[3]
    assert changed.left is not None
    assert changed.right is not None
    assert [text for text, differs in changed.left.pieces if differs] == ["mean"]
    assert [text for text, differs in changed.right.pieces if differs] == ["sum"]


def test_lines_that_have_nothing_in_common_are_not_set_side_by_side() -> None:
    assert kinds(compare("loss.backward()\n", "params = zeros\n")) == ["removed", "added"]


def test_equal_stretches_are_folded_with_their_number_and_short_ones_are_not() -> None:
    many = "\n".join(map(str, range(20)))
    rows = fold(compare(many, f"{many}\nnew"))
    assert kinds(rows) == ["folded", "same", "same", "same", "added"]
    assert rows[0].folded == 17
    assert kinds(fold(compare("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n6\n7"))) == ["same"] * 6 + ["added"]


@given(code, code)
def test_folding_hides_equal_lines_and_nothing_else(before: str, after: str) -> None:
    rows = compare(before, after)
    folded = fold(rows)
    assert [row for row in folded if row.kind not in ("same", "folded")] == [
        row for row in rows if row.kind != "same"
    ]
    assert sum(row.folded or 1 for row in folded) == len(rows)


def cells(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1 for sign in text)


@given(code, code, st.integers(30, 180))
def test_every_line_is_as_wide_as_the_screen_and_without_controls(
    before: str, after: str, width: int
) -> None:
    for text in texts(compare(before, after), width):
        assert cells(text) in (width, width - (width >= WIDE and width % 2 == 0))
        assert text.isprintable()


def test_in_a_wide_terminal_they_stand_side_by_side() -> None:
    shown = texts(compare(BEFORE, AFTER), 100)
    assert titles("yours", "the solution", 100).split("│") == [f"{'yours':<49}", "the solution"]
    assert [line.split("│")[0].rstrip() for line in shown][3:] == [
        "4 ~     y = x.mean()",
        "",
        "5       return y",
    ]
    assert [line.split("│")[1].rstrip() for line in shown][3:] == [
        "4 ~     y = x.sum()",
        "5 +     print(y)",
        "6       return y",
    ]


def test_in_a_narrow_one_what_was_comes_before_what_is() -> None:
    shown = [line.rstrip() for line in texts(compare(BEFORE, AFTER), 40)]
    assert shown[3:] == [
        "4 -     y = x.mean()",
        "4 +     y = x.sum()",
        "5 +     print(y)",
        "6       return y",
    ]
    assert titles("yours", "the solution", 40) == "- yours   + the solution"


def test_what_is_told_by_colour_is_told_by_a_sign_too() -> None:
    def signed(shown: Shown) -> bool:
        roles = {role for _, role in shown if role not in ("plain", "number", "folded")}
        return not roles or any(text[0] in "-+~" for text, role in shown if role in roles)

    for width in (60, 120):
        assert all(map(signed, laid_out(compare(BEFORE, AFTER), width)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n" * 60_000, "\n" * 59_000 + "x"),
        ("x = 1 " * 50_000, "x = 2 " * 50_000),
        ("\n".join("ab" * n for n in range(900)), "\n".join("ba" * n for n in range(900))),
    ],
    ids=["blank", "one line", "all different"],
)
def test_what_is_long_does_not_take_long(before: str, after: str) -> None:
    assert compare(before, after)
