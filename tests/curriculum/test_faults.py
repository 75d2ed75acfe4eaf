"""What an author is told about a lesson with one thing wrong in it."""
# ruff: noqa: E501  (a row of the tables is a case)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studytrack.curriculum.loading import read_lessons

Case = tuple[str, str, str, str, str]
"""What stands in the lesson, what the author wrote instead, where, words of the problem, of the remedy."""

KEYS: list[Case] = [
    ("summary: |", "sumary: |", "6:1", "`sumary` is not a key of the file", "'summary'"),
    ("summary: |", "sumary: |", "2:1", "lacks `summary`", "`sumary` in line 6"),
    ("    minutes: 90", "    minuets: 90", "13:5", "`minuets` is not a key of item 1 of `steps`", "'minutes'"),
    ("    minutes: 90", "    minuets: 90", "10:5", "item 1 of `steps` lacks `minutes`", "`minuets` in line 13"),
    ("title: the video, url", "titel: the video, url", "16:10", "`titel` is not a key", "'title'"),
    ("website:", "wibsite:", "24:3", "`wibsite` is not a key of `resources`", "'website'"),
    ("near_misses:", "nearmisses:", "82:5", "`nearmisses` is not a key of item 4 of `questions`", "'near_misses'"),
    ("id: neural-nets\n", "", "2:1", "the file lacks `id`", "write `id: …`"),
    ("    title: Chapter 4\n", "", "17:5", "item 2 of `steps` lacks `title`", "write `title: …`"),
    ("    answer: 1.0e-3\n", "", "69:5", "item 3 of `questions` lacks `answer`", "write `answer: …`"),
    ("    kind: typed\n", "", "76:5", "item 4 of `questions` lacks `kind`", "choices, typed, number"),
    ("number: 3\n", "number: 3\nnumber: 4\n", "5:1", "`number` stands here for the second time (first in line 4)", "remove"),
    ("    topic: activations\n", "    topic: a\n    topic: b\n", "79:5", "`topic` stands here for the second", "remove"),
    ("number: 3\n", "number: 3\n7: x\n", "5:1", "the key `7` is read as a number", '"7" in quotes'),
    ("number: 3\n", "number: 3\nno: x\n", "5:1", "the key `no` is read as false", '"no" in quotes'),
    ("number: 3\n", "number: 3\n2024-05-01: x\n", "5:1", "is read as a date", "in quotes"),
    ("number: 3\n", "number: 3\n? [a]\n: x\n", "5:3", "is read as a list", "write a name"),
    ("number: 3\n", "number: 3\n<<: {a: b}\n", "5:1", "merging with `<<`", "write the keys out"),
    ("number: 3\n", 'number: 3\n"a\\e[31m": 1\n', "5:1", "`a\N{REPLACEMENT CHARACTER}[31m` is not a key", "known:"),
]  # fmt: skip

TYPES: list[Case] = [
    ("title: Chapter 4", "title: no", "19:12", "`title` needs text, and `no` without quotes is false", 'write "no" in quotes'),
    ("title: Chapter 4", "title: yes", "19:12", "`yes` without quotes is true", 'write "yes" in quotes'),
    ("title: Chapter 4", "title: On", "19:12", "`On` without quotes is true", 'write "On" in quotes'),
    ("title: Chapter 4", "title: off", "19:12", "`off` without quotes is false", 'write "off" in quotes'),
    ("title: Chapter 4", "title: 2024-05-01", "19:12", "`2024-05-01` without quotes is a date", '"2024-05-01" in quotes'),
    ("title: Chapter 4", "title: 4", "19:12", "`4` without quotes is a number", 'write "4" in quotes'),
    ("[ReLU, rectified linear unit]", "[ReLU, no]", "81:20", "item 2 of `accept` needs text, and `no`", '"no" in quotes'),
    ("title: Chapter 4", "title:", "19:11", "`title` has no value", "write one"),
    ("title: Chapter 4", "title: [Chapter 4]", "19:12", "`title` needs text and is a list", "without brackets"),
    ("      - They accumulate.", "      - Watch: out", "91:9", "item 1 of `rubric` needs text and is keys and values", "a colon in quotes"),
    ("answer: 1.0e-3", "answer: 1e-3", "74:13", "`answer` needs a number, and YAML reads `1e-3` as text", "write 1.0e-3"),
    ("answer: 1.0e-3", "answer: 2.5e3", "74:13", "YAML reads `2.5e3` as text", "write 2.5e+3"),
    ("answer: 1.0e-3", "answer: 0,001", "74:13", "YAML reads `0,001` as text", "write 0.001"),
    ("answer: 1.0e-3", "answer: .inf", "74:13", "`answer` is .inf", "write a number"),
    ("answer: 1.0e-3", "answer: .nan", "74:13", "`answer` is .nan", "write a number"),
    ("tolerance: 0", "tolerance: -1", "75:16", "`tolerance` is -1 and must be at least 0", "change it"),
    ("minutes: 90", "minutes: '90'", "13:14", '"90" in quotes is text', "write 90 without quotes"),
    ("minutes: 90", "minutes: ninety", "13:14", "`minutes` needs a whole number", "digits"),
    ("minutes: 90", "minutes: 90.5", "13:14", "`minutes` needs a whole number", "digits"),
    ("minutes: 90", "minutes: yes", "13:14", "needs a whole number and is true", "digits"),
    ("minutes: 90", "minutes: 0", "13:14", "`minutes` is 0 and must be at least 1", "change it"),
    ("minutes: 90", "minutes: 100000", "13:14", "can be at most 6000", "change it"),
    ("right: true", "right: 'true'", "56:16", '`right` needs true or false, and "true" is text', "without quotes"),
    ("[ReLU, rectified linear unit]", "ReLU", "81:13", "`accept` needs a list and is text", "after `- `"),
    ("needs: [video]", "needs: {a: video}", "21:12", "`needs` needs a list and is keys and values", "after `- `"),
    ("{note: layers, at: 40:10}", "[layers]", "53:12", "`place` needs keys and values and is a list", "`key: value`"),
]  # fmt: skip

VALUES: list[Case] = [
    ("kind: book", "kind: bok", "18:11", "`kind` cannot be `bok`", "'book'"),
    ("kind: typed", "kind: typd", "77:11", "`kind` cannot be `typd`", "'typed'"),
    ("kind: typed", "kind: no", "77:11", "`kind` needs text, and `no`", '"no" in quotes'),
    ("kind: typed", "kind: [typed]", "77:11", "`kind` needs text and is a list", "brackets"),
    ("[watch, run]", "[watch, runn]", "14:21", "item 2 of `stages` cannot be `runn`", "'run'"),
    ("[watch, run]", "[watch, watch]", "14:13", "`stages` names a stage twice", "remove one"),
    ("callout: idea", "callout: ideas", "32:18", "`callout` cannot be `ideas`", "'idea'"),
    ("title: Chapter 4", "title: ' '", "19:12", "`title` is empty", "write it"),
    ("title: Chapter 4", 'title: "Chapter\\n4"', "19:12", "`title` has more than one line", "make it one"),
    ("title: Chapter 4", 'title: "\\e[31mred"', "19:12", "the control character U+001B", "remove it"),
    ("title: Chapter 4", 'title: "a\\u202Eb"', "19:12", "the control character U+202E", "remove it"),
    ('at: "1:02:03"', 'at: "1:2:3"', "36:13", "`at` is not a time stamp", "m:ss"),
    ("at: 38:20", "at: later", "30:9", "`at` is not a time stamp", "m:ss"),
    ("at: 38:20", "at: 38:75", "30:9", "`at` is not a time stamp", "m:ss"),
    ("at: 38:20", "at: yes", "30:9", "`at` is not a time stamp", "m:ss"),
    ("{note: layers, at: 40:10}", "{}", "53:12", "this place is nowhere", "`note`, `at` or `link`"),
    ("https://example.org/lesson3", "ftp://example.org/lesson3", "26:12", "`url` is not an http(s) address", "https://"),
    ("https://example.org/lesson3", "javascript:alert(1)", "26:12", "not an http(s) address", "https://"),
    ("https://example.org/lesson3", "https://me@example.org", "26:12", "not an http(s) address", "user's name"),
    ("https://example.org/lesson3", "https://example.org/a b", "26:12", "not an http(s) address", "https://"),
    ("id: neural-nets", "id: Neural Nets", "2:5", "`id` cannot be `Neural Nets`", "lower-case letters"),
    ("id: neural-nets", "id: ../../etc", "2:5", "`id` cannot be `../../etc`", "lower-case letters"),
    ("id: neural-nets", "id: " + "n" * 81, "2:5", "`id` is too long", "shorten it"),
    ("[ReLU, rectified linear unit]", "[]", "81:13", "`accept` has too few items", "write more"),
    ("        why: That is the first number of its shape.", "        right: true", "55:7", "2 right answers", "exactly one"),
    ("        why: That adds to them.\n", "", "67:9", "this choice is wrong and does not say why", "write `why`"),
    ("- text: Calling `backward`", "- text: Calling `zero_` on them", "65:7", "the same text twice", "change one"),
    ("    exercise: tensors\n", "", "39:5", "this line leads nowhere", "`links` or an `exercise`"),
    ("        text: Mostly numbers.\n", "", "32:9", "this note says nothing", "`title` or a `text`"),
    ("- callout: idea\n        text: Mostly", "- callout: idea\n        title: Mostly", "32:9", "this callout says nothing", "`text`"),
]  # fmt: skip

SYNTAX: list[Case] = [
    ("title: Chapter 4", "title: Chapter 4: MNIST", "19:21", "a colon stands where none can", "in quotes"),
    ("    title: Chapter 4", "      title: Chapter 4", "19:12", "a colon stands where none can", "indent a key as"),
    ("title: Chapter 4", "title:Chapter 4", "19:5", "neither a key nor part of a text", "a space after the colon"),
    ("    title: Chapter 4", "   title: Chapter 4", "19:4", "among the items of a list", "indent it as its neighbours"),
    ("    minutes: 60", "\t    minutes: 60", "20:1", "a tab indents this line", "use spaces"),
    ("    minutes: 60", "  \tminutes: 60", "20:3", "a tab indents this line", "use spaces"),
    ("title: Chapter 4", 'title: "Chapter 4', "19:12", "the quote that begins here is closed only in line 36", "close it"),
    ("title: Chapter 4", "title: 'Chapter 4", "19:12", "this quote is never closed", "close it"),
    ("title: Chapter 4", 'title: "Chapter" 4', "19:22", "does not fit what stands before it", "quote a text whole"),
    ("needs: [video]", "needs: [video", "21:12", "this list is not closed", "`]`"),
    ('watch?v=1"}', 'watch?v=1"', "16:9", "these braces are not closed", "`}`"),
    ("needs: []", "needs: - intro", "5:8", "a list cannot begin behind its key", "on the next line"),
    ("summary: |", "summary: | text", "6:10", "nothing can follow `|`", "on the next line"),
    ("title: Chapter 4", "title: *Chapter* 4", "19:12", "a text cannot begin with `*`", "in quotes"),
    ("title: Chapter 4", "title: *chapter", "19:12", "`*chapter` names nothing", "in quotes"),
    ("title: Chapter 4", "title: `zip`", "19:12", "a text cannot begin with '`'", "in quotes"),
    ("title: Chapter 4", "title: @zip", "19:12", "a text cannot begin with '@'", "in quotes"),
    ("title: Chapter 4", "title: & x", "19:12", "a text cannot begin with `&`", "in quotes"),
    ("title: Chapter 4", "title: !secret x", "19:12", "tags such as `!secret`", "in quotes"),
    ("title: Chapter 4", "title: !!python/name:os.system x", "19:12", "tags such as `!!python/name", "in quotes"),
    ("prompt: What is $\\max", 'prompt: "$\\max$"\n    hint: $\\max', "79:15", "a backslash begins an escape", "single quotes"),
    ("prompt: What is $\\max", 'prompt: "$a \\times b$"\n    hint: $\\max', "79:13", "the backslash of `\\times`", "single quotes"),
    ("prompt: What is $\\max", 'prompt: "$\\frac12$"\n    hint: $\\max', "79:13", "control character U+000C", "single quotes"),
    ("resources:", "---\nresources:", "23:1", "a second document begins here", "remove the line `---`"),
    ("Chapter 4", "Chapter\0 4", "19:19", "the invisible character U+0000", "delete it"),
    ("Chapter 4", "Chapter\u2028 4", "19:19", "the invisible character U+2028", "delete it"),
    ("needs: []", "needs: &n [*n]", "5:12", "`*n` stands inside what it stands for", "write it out"),
    ("needs: []", f"needs: {'[' * 60}{']' * 60}", "5:47", "nested more than 40 deep", "nest it less"),
]  # fmt: skip

REFERENCES: list[Case] = [
    ("  - id: book", "  - id: video", "17:9", "the id `video` is used twice among the steps and exercises (first in line 10)", "another `id`"),
    ("  - id: fit\n", "  - id: book\n", "42:9", "the id `book` is used twice", "another `id`"),
    ("  - id: relu", "  - id: which-zero", "76:9", "the id `which-zero` is used twice among the questions", "another `id`"),
    ("  - id: relu", "  - id: fit_quadratic", "76:9", "`fit_quadratic` is an exercise's id", "another `id`"),
    ("  - title: What is inside", "  - id: layers\n    title: What is inside", "35:13", "`layers` is used twice among the notes", "another `id`"),
    ("needs: [video]", "needs: [vidoe]", "21:13", "there is no step `vidoe`", "'video'"),
    ("needs: [tensors]", "needs: [video]", "45:13", "there is no line of the exercises `video`", "known: fit, tensors"),
    ("needs: []", "needs: [intro]", "5:9", "there is no lesson `intro`", "known: neural-nets"),
    ("needs: []", "needs: [neural-nets]", "5:8", "neural-nets → neural-nets", "remove one"),
    ("needs: [video]", "needs: [book]", "21:12", "book → book", "remove one"),
    ("    minutes: 90", "    minutes: 90\n    needs: [book]", "14:12", "video → book → video", "remove one"),
    ("    exercise: tensors\n", "    exercise: tensors\n    needs: [fit]\n", "42:12", "tensors → fit → tensors", "remove one"),
    ("exercise: fit_quadratic", "exercise: fit_cubic", "44:15", "there is no graded exercise `fit_cubic`", "'fit_quadratic'"),
    ("note: layers", "note: layer", "53:19", "there is no note `layer`", "'layers'"),
    ("kind: video", "kind: reading", "30:9", "the lesson has no video", "a step of the kind `video`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place", "problem", "remedy"),
    KEYS + TYPES + VALUES + SYNTAX + REFERENCES,
    ids=lambda text: text[:30].strip().encode("ascii", "ignore").decode(),
)
def test_a_fault_is_told_with_its_place_and_its_remedy(
    old: str, new: str, place: str, problem: str, remedy: str, lesson_text: str, write: Callable[..., Path]
) -> None:
    assert old in lesson_text
    file = write(lesson_text.replace(old, new, 1))
    reading = read_lessons([file.parent], ["tensors", "fit_quadratic"])
    told = {f"{fault.line}:{fault.column}": fault for fault in reading.faults if problem in fault.problem}
    assert list(told) == [place], [str(fault) for fault in reading.faults]
    assert remedy in told[place].remedy
    assert str(told[place]).startswith(f"{file}:{place}: ")
    assert reading.curriculum.lessons == ()


def test_one_mistake_is_told_once(lesson_text: str, write: Callable[..., Path]) -> None:
    for old, new, *_ in TYPES + VALUES:
        file = write(lesson_text.replace(old, new, 1))
        faults = read_lessons([file.parent], ["tensors", "fit_quadratic"]).faults
        assert len(faults) == 1, [str(fault) for fault in faults]


def test_all_mistakes_are_told_at_once(lesson_text: str, write: Callable[..., Path]) -> None:
    edits = [
        ("title: Neural nets", "title: no"),
        ("number: 3\n", "number: 3\nnumber: 4\n"),
        ("kind: book", "kind: bok"),
        ("minutes: 60", "minutes: sixty"),
        ("https://example.org/lesson3", "ftp://example.org"),
        ("kind: choices", "kind: choise"),
        ("answer: 1.0e-3", "answer: 1e-3"),
    ]
    text = lesson_text
    for old, new in edits:
        text = text.replace(old, new, 1)
    faults = read_lessons([write(text).parent], ["tensors", "fit_quadratic"]).faults
    assert [(fault.line, fault.column) for fault in faults] == [
        (3, 8), (5, 1), (19, 11), (21, 14), (27, 12), (61, 11), (75, 13)
    ]  # fmt: skip


def test_references_are_checked_beside_equal_keys(lesson_text: str, write: Callable[..., Path]) -> None:
    text = lesson_text.replace("number: 3\n", "number: 3\nnumber: 4\n").replace("[video]", "[vidoe]")
    faults = read_lessons([write(text).parent], ["tensors", "fit_quadratic"]).faults
    assert [fault.line for fault in faults] == [5, 22]


def test_columns_count_characters_not_bytes(lesson_text: str, write: Callable[..., Path]) -> None:
    text = lesson_text.replace("{title: the video, url", "{title: naïve 😀 — ☂, ulr")
    faults = read_lessons([write(text).parent], ["tensors", "fit_quadratic"]).faults
    assert (16, 30) in [(fault.line, fault.column) for fault in faults]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_places_do_not_depend_on_line_ends(
    line_end: str, lesson_text: str, write: Callable[..., Path]
) -> None:
    text = "\ufeff" + lesson_text.replace("minutes: 60", "minutes: sixty").replace("\n", line_end)
    faults = read_lessons([write(text).parent], ["tensors", "fit_quadratic"]).faults
    assert [(fault.line, fault.column) for fault in faults] == [(20, 14)]
