"""Ids that the loader derives, and that are written down on request."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from studytrack.curriculum.fixing import fix_ids
from studytrack.curriculum.ids import slug
from studytrack.curriculum.loading import load_curriculum
from studytrack.curriculum.models import ID_PATTERN, Lesson
from studytrack.errors import CurriculumError

Write = Callable[..., Path]

BARE = """\
# yaml-language-server: $schema=lesson.schema.json
id: nets          # the lesson
title: Nets
summary: About nets.

steps:
  # first of all
  - kind: video   # two hours
    title: The video, part 1!
    minutes: 90
  -   {kind: book, title: "No", minutes: 5}   # in braces
  -
    title: "3"
    kind: other

    minutes: 5
  - minutes: 5
    title: Чтение
    kind: reading
exercises:
- title: The video, part 1!
  links: [{title: a, url: https://example.org}]
questions:
  - prompt: |
      Why is it **zeroed**?
    kind: explain
    topic: gradients
    explanation: They add up.
    rubric: [They add up.]
  - &q
    prompt: Why is it zeroed?
    kind: explain
    topic: gradients
    explanation: They add up.
    rubric: [They add up.]
notes:
  - title: Layers
  - {title: Layers}
"""

FIXED = """\
# yaml-language-server: $schema=lesson.schema.json
id: nets          # the lesson
title: Nets
summary: About nets.

steps:
  # first of all
  - id: the-video-part-1
    kind: video   # two hours
    title: The video, part 1!
    minutes: 90
  -   {id: "no", kind: book, title: "No", minutes: 5}   # in braces
  -
    id: "3"
    title: "3"
    kind: other

    minutes: 5
  - id: box-ffca7c0e
    minutes: 5
    title: Чтение
    kind: reading
exercises:
- id: the-video-part-1-2
  title: The video, part 1!
  links: [{title: a, url: https://example.org}]
questions:
  - id: nets-why-is-it-zeroed
    prompt: |
      Why is it **zeroed**?
    kind: explain
    topic: gradients
    explanation: They add up.
    rubric: [They add up.]
  - &q
    id: nets-why-is-it-zeroed-2
    prompt: Why is it zeroed?
    kind: explain
    topic: gradients
    explanation: They add up.
    rubric: [They add up.]
notes:
  - title: Layers
  - {title: Layers}
"""


def load(file: Path) -> Lesson:
    return load_curriculum([file], []).lessons[0]


def test_what_has_no_id_is_named_by_its_words(write: Write) -> None:
    lesson = load(write(BARE))
    assert [step.id for step in lesson.steps] == ["the-video-part-1", "no", "3", "box-ffca7c0e"]
    assert [line.id for line in lesson.exercises] == ["the-video-part-1-2"]
    assert [question.id for question in lesson.questions] == [
        "nets-why-is-it-zeroed",
        "nets-why-is-it-zeroed-2",
    ]
    assert [note.id for note in lesson.notes] == ["layers", "layers-2"]


def test_a_derived_id_gives_way_to_one_that_was_written(write: Write) -> None:
    text = BARE.replace('    title: "3"\n', '    title: "3"\n    id: the-video-part-1\n')
    assert [step.id for step in load(write(text)).steps][:3] == [
        "the-video-part-1-2",
        "no",
        "the-video-part-1",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_ids_are_written_and_nothing_else_changes(line_end: str, mark: str, write: Write) -> None:
    file = write(mark + BARE.replace("\n", line_end))
    before = load(file)
    written = fix_ids(file)
    assert written == [
        "the-video-part-1", "no", "3", "box-ffca7c0e", "the-video-part-1-2",
        "nets-why-is-it-zeroed", "nets-why-is-it-zeroed-2",
    ]  # fmt: skip
    assert file.read_bytes().decode() == mark + FIXED.replace("\n", line_end)
    assert load(file) == before
    assert fix_ids(file) == []


def test_a_lesson_with_all_its_ids_is_left_alone(lesson_text: str, write: Write) -> None:
    file = write(lesson_text)
    time = file.stat().st_mtime_ns
    assert fix_ids(file) == []
    assert file.stat().st_mtime_ns == time


def test_a_lesson_with_faults_is_left_alone(write: Write) -> None:
    file = write(BARE.replace("minutes: 90", "minutes: ninety"))
    with pytest.raises(CurriculumError, match="needs a whole number"):
        fix_ids(file)
    assert "ninety" in file.read_text()
    assert "id: the-video" not in file.read_text()


def test_a_layout_that_leaves_no_place_is_told(write: Write) -> None:
    text = "id: x\ntitle: x\nsummary: x\nsteps:\n- ? kind\n  : book\n  title: t\n  minutes: 1\n"
    file = write(text)
    with pytest.raises(CurriculumError, match=r":5:3: no id can be written .*; write `id: t` yourself"):
        fix_ids(file)
    assert file.read_text() == text


@given(st.text(max_size=200), st.sampled_from(["box", "question"]))
def test_every_text_makes_an_id(text: str, kind: str) -> None:
    made = slug(text, kind)
    assert re.fullmatch(ID_PATTERN, made)
    assert len(made) <= 60
    assert made == slug(text, kind)


titles = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=30
)


@given(st.lists(titles.filter(lambda title: title.strip()), min_size=1, max_size=8))
def test_written_ids_are_the_derived_ones(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    steps = [{"kind": "book", "title": name, "minutes": 1} for name in names]
    data = {"id": "x", "title": "x", "summary": "x", "steps": steps}
    file = tmp_path_factory.getbasetemp() / "written.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    before = load(file)
    assert len(fix_ids(file)) == len(names)
    assert load(file) == before
