"""A learner's file before it is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.errors import UsageError
from studytrack.grading.source import fault, read_source, same_code


@given(st.text(max_size=200))
def test_any_text_is_python_or_has_a_line_and_a_reason(text: str) -> None:
    if found := fault(text):
        assert found.line >= 1
        assert found.why


@pytest.mark.parametrize(
    "nested", ["(" * 10_000, "-" * 100_000 + "1", "[" * 150 + "]" * 150, "x=" * 50_000 + "1"]
)
def test_deep_nesting_does_no_harm(nested: str) -> None:
    fault(nested)


def test_layout_and_comments_are_not_code() -> None:
    assert same_code("def f(x):\n    return x\n", "# mine\ndef f( x ):\n\n  return (x)  # so\n")
    assert not same_code("def f(x):\n    return x\n", "def f(x):\n    return -x\n")


def test_code_that_cannot_be_compared_is_not_the_starter() -> None:
    cases = "".join(f"elif x == {n}:\n    pass\n" for n in range(400))
    assert not same_code(f"x = 1\nif x:\n    pass\n{cases}", "x = 1\n")
    assert not same_code(f"x = 0x{'f' * 10_000}\n", "x = 1\n")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 1\n", "x = 1\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"x = 1\r\n", "x = 1\n"),
        ("# coding: latin-1\nx = 'é'\n".encode("latin-1"), "# coding: latin-1\nx = 'é'\n"),
    ],
)
def test_files_are_read_as_python_reads_them(tmp_path: Path, data: bytes, text: str) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(data)
    assert read_source(file) == text
    assert fault(text) is None


def test_bytes_that_fit_no_encoding_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(b"x = 1\ny = '\xe9'\n")
    found = fault(read_source(file))
    assert found is not None
    assert found.line == 2
    assert "UTF-8" in found.why


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.py", tmp_path / "link.py"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for file in (pipe, link):
        with pytest.raises(UsageError, match="not a file"):
            read_source(file)


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_source(tmp_path / "nowhere.py")
