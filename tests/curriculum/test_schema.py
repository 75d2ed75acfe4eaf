"""The JSON Schema that editors read beside the lessons."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from studytrack.curriculum.schema import FIRST_LINE, SCHEMA_FILE, lesson_schema, write_schema
from studytrack.paths import shipped_curriculum


def test_the_shipped_schema_is_the_one_that_the_models_make(tmp_path: Path) -> None:
    write_schema(tmp_path / SCHEMA_FILE)
    shipped = (shipped_curriculum() / SCHEMA_FILE).read_text(encoding="utf-8")
    assert (tmp_path / SCHEMA_FILE).read_text(encoding="utf-8") == shipped, "run `studytrack schema`"


def test_every_shipped_lesson_names_the_schema() -> None:
    for file in shipped_curriculum().glob("*.yaml"):
        assert file.read_text(encoding="utf-8").splitlines()[0] == FIRST_LINE


def test_what_the_loader_names_need_not_have_an_id() -> None:
    kinds = lesson_schema()["$defs"]
    for name in ("Step", "ChecklistLine", "OneOf", "SeveralOf", "Typed", "Number", "Explain"):
        assert "id" in kinds[name]["properties"]
        assert "id" not in kinds[name]["required"]
    assert "id" in lesson_schema()["required"]


def test_every_model_says_what_it_is_and_takes_no_unknown_key() -> None:
    schema = lesson_schema()
    for model in (schema, *schema["$defs"].values()):
        assert model["description"], model["title"]
        assert model["additionalProperties"] is False
    assert "first is the one that opens" in schema["$defs"]["Step"]["properties"]["links"]["description"]


def pattern(*path: str) -> str:
    found: Any = lesson_schema()["$defs"]
    for key in path:
        found = found[int(key) if key.isdigit() else key]
    return str(found["pattern"])


@pytest.mark.parametrize(
    ("url", "right"),
    [("https://example.org/a?b=c#d", True), ("http://example.org", True), ("ftp://example.org", False),
     ("https://me@example.org", False), ("https://example.org/a b", False), ("https://", False)],
)  # fmt: skip
def test_editors_know_what_a_link_is(url: str, right: bool) -> None:
    assert bool(re.search(pattern("Link", "properties", "url"), url)) is right


@pytest.mark.parametrize(
    ("stamp", "right"),
    [("0:05", True), ("38:20", True), ("119:59", True), ("1:02:03", True), ("1:60", False), ("1:2:3", False),
     ("1:99:00", False), ("later", False)],
)  # fmt: skip
def test_editors_know_what_a_time_stamp_is(stamp: str, right: bool) -> None:
    assert bool(re.search(pattern("Note", "properties", "at", "anyOf", "0"), stamp)) is right
