"""Nothing that a learner's code prints can steer the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.grading.feed import Feed
from studytrack.grading.messages import Event, Output
from studytrack.grading.output import Cleaner, clean

pieces = st.lists(
    st.text(max_size=20)
    | st.sampled_from(
        [
            "\x1b[31m",
            "\x1b]0;title\x07",
            "\x1b]8;;http://x\x1b\\",
            "\x9b2J",
            "\x1bP1q\x1b\\",
            "\r",
            "\r\n",
            "\n",
        ]
    )
).map("".join)


def is_safe(text: str) -> bool:
    return all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in text)


@given(pieces)
def test_what_is_cleaned_is_safe_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert is_safe(once)
    assert clean(once) == once


@given(st.lists(st.binary(max_size=30)))
def test_bytes_in_any_pieces_come_out_safe(chunks: list[bytes]) -> None:
    cleaner = Cleaner()
    assert is_safe("".join(map(cleaner.feed, chunks)) + cleaner.rest())


@given(st.text(alphabet="ab é\n\t", max_size=200), st.integers(1, 7))
def test_harmless_text_is_kept_however_it_is_cut(text: str, size: int) -> None:
    cleaner, data = Cleaner(), text.encode()
    shown = "".join(cleaner.feed(data[i : i + size]) for i in range(0, len(data), size)) + cleaner.rest()
    assert shown == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]52;c;c3RlYWw=\x1b\\b", "ab"),
        ("10 %\r50 %\r100 %\n", "100 %\n"),
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("abc\u202edef\u2066", "abcdef"),
        ("bell\a tab\t.", "bell tab\t."),
        ("cut off \x1b[3", "cut off "),
    ],
)
def test_what_is_left_of_it(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_what_is_printed_is_shown_up_to_a_bound() -> None:
    events: list[Event] = []
    feed = Feed(events.append, most_output=100_000)
    for _ in range(9):
        feed.take_output(b"x" * 9_999 + b"\n")
    assert not feed.flooded
    feed.take_output(b"y" * 20_000)
    feed.flush()
    assert feed.flooded
    assert len(feed.printed) <= 64_000
    assert "".join(event.text for event in events if isinstance(event, Output)) == feed.printed
