"""Reading a YAML file into a model: what any model gets, whatever the file holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from studytrack.curriculum import yaml_reader
from studytrack.curriculum.models import Lesson
from studytrack.curriculum.reading import read_document, read_model, read_source
from studytrack.curriculum.yaml_reader import parse_source
from studytrack.errors import CurriculumError, Fault

Write = Callable[..., Path]


class Limits(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seconds: float = 10.0


class Manifest(BaseModel):
    """Like the description of an exercise: not strict, with a mapping and a validator of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    hints: Annotated[list[str], Field(min_length=2)]
    limits: Limits = Limits()
    points: dict[str, Limits] = {}
    level: Literal["easy", "hard"] = "easy"
    code: Annotated[str, Field(pattern=r"^[A-Z]+$")] = "A"

    @field_validator("id")
    @classmethod
    def _is_short(cls, name: str) -> str:
        if len(name) > 10:
            raise ValueError("is too long; use a shorter one")
        return name


def faults(file: Path, model: type[BaseModel] = Manifest) -> list[str]:
    with pytest.raises(CurriculumError) as caught:
        read_model(file, model)
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def test_any_model_is_read(write: Write) -> None:
    file = write(
        "id: tensors\nhints: [a, b]\nlimits: {seconds: 5}\npoints:\n  x: {seconds: 1}\n", "exercise.yaml"
    )
    manifest = read_model(file, Manifest)
    assert manifest.hints == ["a", "b"]
    assert manifest.points["x"].seconds == 1.0


def test_faults_of_any_model_have_their_places(write: Write) -> None:
    text = "id: a_very_long_name\nhints: [a]\nlimits: {second: 5}\n"
    text += "points:\n  x: {seconds: soon}\nlevel: hrad\ncode: a b\n"
    assert faults(write(text)) == [
        "1:5: `id` is too long; use a shorter one",
        "2:8: `hints` has too few items: it needs at least 2; write more, or leave the key out",
        "3:10: `second` is not a key of `limits`; did you mean 'seconds'?",
        '5:16: `seconds` needs a number, and "soon" is text; write digits only',
        "6:8: `level` cannot be `hrad`; did you mean 'hard'?",
        "7:7: `code` cannot be `a b`; write what matches ^[A-Z]+$",
    ]


def test_a_fault_found_later_can_be_placed(write: Write) -> None:
    document = read_document(write("id: x\nhints:\n  - a\n  - b\n"), Manifest)
    fault = document.source.fault(["hints", 1], "says nothing", "say more")
    assert (fault.line, fault.column) == (4, 5)
    beyond = document.source.fault(["hints", 7, "text"], "is not there", "write it")
    assert (beyond.line, beyond.column) == (3, 3)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "1:1: the file is empty; write it, or delete it"),
        (b"\n# nothing yet\n", "1:1: the file is empty; write it, or delete it"),
        (b"id: x\ntitle: na\xefve\n", "2:10: the byte 0xef is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfid: \xff\n", "1:5: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\r\nb: \xe2\x82\n", "2:4: the byte 0xe2 is not UTF-8; save the file as UTF-8"),
        ("id: x\n".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
        (b"id: x\nhint\x07s: []\n", "2:5: the invisible character U+0007 stands here; delete it"),
        (b"# " + b"x" * 3_000_000, "1:1: the file is larger than 2 MiB; split it into several"),
        (b"%YAML 3.0\n---\na: 1\n", "1:1: the file asks for another version of YAML; remove the line"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(data: bytes, told: str, write: Write) -> None:
    assert faults(write(data)) == [told]


def test_a_file_without_keys(write: Write) -> None:
    (told,) = faults(write("just text\n"))
    assert told.startswith("1:1: the file needs keys and values and is text")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere.yaml") == ["1:1: there is no such file; name a YAML file"]
    assert faults(tmp_path) == ["1:1: this is not a file; name a YAML file"]


def test_aliases_that_explode_are_refused(write: Write) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    (told,) = faults(write("\n".join(lines)))
    assert told.startswith("6:8: with its aliases written out the file holds more than 200,000 values")


def test_aliases_that_nest_are_refused(write: Write) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n + 1}: &a{n + 1} [*a{n}]" for n in range(1000))]
    (told,) = faults(write("\n".join(lines)))
    assert "nested more than 40 deep" in told


def test_an_alias_stands_for_what_it_names(write: Write) -> None:
    manifest = read_model(write("id: x\nhints: [&h a, b, *h]\n"), Manifest)
    assert manifest.hints == ["a", "b", "a"]


def test_very_many_faults_are_counted(write: Write) -> None:
    text = "id: x\nhints:\n" + "  - 1\n" * 300
    told = faults(write(text))
    assert len(told) == 101
    assert "102:5: 200 more faults were found; mend these first" in told
    told = faults(write("id: x\n" * 1000))
    assert len(told) == 101
    assert "more faults below" in told[-1]


def test_a_lesson_that_was_read_can_be_written_and_read_again(lesson_text: str, write: Write) -> None:
    lesson = read_model(write(lesson_text), Lesson)
    again = write(yaml.safe_dump(lesson.model_dump(mode="json", exclude_none=True), allow_unicode=True))
    assert read_model(again, Lesson) == lesson


def test_without_libyaml_the_same_is_read_and_told(
    lesson_text: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = read_model(write(lesson_text), Lesson)
    bad = write(lesson_text.replace("title: Chapter 4", "title: @4"), "bad.yaml")
    told = faults(bad, Lesson)
    monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)
    assert read_model(write(lesson_text), Lesson) == lesson
    assert faults(bad, Lesson) == told


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates() | plain,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(plain, below, max_size=4),
    max_leaves=15,
)


def as_tuples(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(as_tuples(item) for item in data)
    return {key: as_tuples(item) for key, item in data.items()} if isinstance(data, dict) else data


@given(st.dictionaries(plain, values, min_size=1, max_size=5), st.booleans())
def test_what_yaml_writes_is_read_as_it_was(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    source = parse_source(Path("x.yaml"), text)
    assert not source.faults
    assert source.root.data() == as_tuples(data)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
@example(b"? ? ?")
@example(b"a: !<tag:yaml.org,2002:int> x")
@example(b"a: 0b_\nb: 2024-99-99\nc: 1:99999999999999999999:0")
@example(b"- *a\n- &a [*a]")
def test_whatever_bytes_a_file_holds_there_is_a_lesson_or_faults(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(data)
    told = faults(file, Lesson)
    assert told


words = ["id", "title", "steps", "questions", "kind", "choice", "x", "no", "1", "é"]
marks = [":", ": ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "&a ", "*a", '"', "'", "|\n", "#"]
rare = ["!!str ", "\t", "<<", "? ", "---\n", "\\"]
pieces = st.sampled_from(words + marks + rare)


@given(st.lists(pieces, max_size=40).map("".join))
def test_whatever_yaml_a_file_holds_there_is_a_source_or_faults(text: str) -> None:
    lines = text.count("\n") + 1
    try:
        source = parse_source(Path("x.yaml"), text)
        source.root.data()
        found: Sequence[Fault] = source.faults
    except CurriculumError as error:
        found = error.faults
    for fault in found:
        assert 1 <= fault.line <= lines + 1
        assert fault.column >= 1
        assert fault.problem
        assert fault.remedy


def mangle(text: str, start: int, length: int, replacement: str) -> str:
    start %= len(text)
    return text[:start] + replacement + text[start + length :]


@given(st.integers(0, 10_000), st.integers(0, 30), pieces)
def test_wherever_a_lesson_is_mangled_every_fault_stands_inside_it(
    lesson_text: str, tmp_path_factory: pytest.TempPathFactory, start: int, length: int, replacement: str
) -> None:
    text = mangle(lesson_text, start, length, replacement)
    file = tmp_path_factory.getbasetemp() / "mangled.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        read_model(file, Lesson)
    except CurriculumError as error:
        lines = text.split("\n")
        for fault in error.faults:
            assert fault.line <= len(lines)
            assert fault.column <= len(lines[fault.line - 1]) + 1


def test_reading_a_source_keeps_going_after_faults_it_can_step_over(write: Write) -> None:
    source = read_source(write("a: 1\na: 2\n3: x\nb: !tag y\n"))
    assert [fault.line for fault in source.faults] == [2, 3, 4]
    assert source.root.data() == {"a": 1, "b": "y"}
