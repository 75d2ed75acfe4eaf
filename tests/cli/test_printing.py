"""Nothing that is printed steers the terminal, and JSON loses nothing."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.cli.printing import say, say_json, say_markdown, say_prose, say_row, width

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
any_text = st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b\x9b\r\n\t\u202e\ud800[]m;"))


@pytest.mark.parametrize("say_it", [say, say_row, say_prose, say_markdown])
@given(text=any_text)
def test_whatever_the_text_is(say_it: object, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("click.echo", lambda message, **_: printed.append(message))
        assert callable(say_it)
        say_it(text)
    assert not STEERING.search("\n".join(printed))


@given(
    st.recursive(any_text | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(any_text, inner))
)
def test_json_holds_everything_and_steers_nothing(data: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("click.echo", lambda message, **_: printed.append(message))
        say_json(data)
    [text] = printed
    assert not STEERING.search(text)
    assert json.loads(text) == data


def test_rows_stay_whole_for_other_programs_and_are_wrapped_in_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "word " * 30
    monkeypatch.delenv("COLUMNS", raising=False)
    say_row(row, indent=2)
    assert capsys.readouterr().out.count("\n") == 1
    monkeypatch.setenv("COLUMNS", "40")
    say_row(row, indent=2)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert {line[:6] for line in lines[1:]} == {"      "}


@pytest.mark.parametrize(("columns", "used"), [("40", 40), ("200", 100), ("5", 20)])
def test_texts_are_as_wide_as_can_be_read(columns: str, used: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == used
