"""A lesson, as data: what an author may write in its YAML file, and nothing else.

The docstrings become the descriptions in the JSON Schema, which editors show. A validator
says "what is wrong; what to do": the words follow the field's name, or stand alone for a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

StepKind = Literal["video", "notebook", "book", "reading", "project", "other"]
Stage = Literal["watch", "run", "reproduce", "other-data"]
"""The course's recipe for a lesson: watch it, run the notebook, reproduce it from a
clean copy, then repeat it on a different data set (https://course.fast.ai)."""
CalloutKind = Literal["idea", "info", "warning", "try"]

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]*$"
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""A stable name: lower-case letters, digits, `-` and `_`. The learner's history hangs on it."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WEB_LINK = r"https?://[^\s/?#@]+([/?#]\S*)?"
_TIME_STAMP = r"(\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d"
_DAY = 24 * 60 * 60


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write it, or leave the key out")
    if found := _UNSAFE.search(text):
        raise ValueError(
            f"holds the control character U+{ord(found[0]):04X}; remove it, "
            "and keep backslashes out of double quotes: single quotes leave them as they are"
        )
    return text


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise ValueError("has more than one line; make it one")
    return _text(text).strip()


def _web_link(url: str) -> str:
    if not re.fullmatch(_WEB_LINK, url):
        raise ValueError("is not an http(s) address; write it whole, from https:// on, without a user's name")
    return _text(url)


def _seconds(at: Any) -> int:
    if isinstance(at, str) and re.fullmatch(_TIME_STAMP, at, re.ASCII):
        seconds = 0
        for part in at.split(":"):
            seconds = seconds * 60 + int(part)
        return seconds
    if isinstance(at, int) and not isinstance(at, bool) and 0 <= at < _DAY:
        return at
    raise ValueError('is not a time stamp; write "m:ss" or "h:mm:ss"')


Line = Annotated[str, AfterValidator(_line), Field(max_length=500)]
"""Text on one line."""
Markdown = Annotated[str, AfterValidator(_text)]
"""Markdown, with maths between `$` or `$$`."""
WebLink = Annotated[
    str,
    AfterValidator(_web_link),
    Field(max_length=2000),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": f"^{_WEB_LINK}$", "maxLength": 2000}),
]
"""An address that starts with http:// or https://."""
TimeStamp = Annotated[
    int,
    BeforeValidator(_seconds),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_TIME_STAMP}$"},
                {"type": "integer", "minimum": 0, "exclusiveMaximum": _DAY},
            ]
        }
    ),
]
"""A place in the lesson's video, `m:ss` or `h:mm:ss`; held as seconds.

YAML 1.1 reads an unquoted 38:20 as a number to the base of 60, which gives the same seconds."""
Real = Annotated[float | int, Field(ge=-1e300, le=1e300)]
"""A number, neither infinite nor undefined."""


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Link(Model):
    """A page on the web."""

    title: Line
    url: WebLink


class Step(Model):
    """Something to watch, run, read or build; the learner ticks it off."""

    id: Id
    kind: StepKind
    title: Line
    minutes: Annotated[int, Field(ge=1, le=6000)]
    stages: tuple[Stage, ...] = ()
    """Boxes of their own: those of the course's four stages that apply."""
    links: tuple[Link, ...] = ()
    """The first is the one that opens."""
    needs: tuple[Id, ...] = ()
    """Steps of this lesson that come before."""
    text: Markdown | None = None
    """What to do and to look out for."""

    @field_validator("stages")
    @classmethod
    def _stages_differ(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        if len(set(stages)) < len(stages):
            raise ValueError("names a stage twice; remove one")
        return stages


class Resources(Model):
    """Where else to look, by kind."""

    website: tuple[Link, ...] = ()
    notebooks: tuple[Link, ...] = ()
    book: tuple[Link, ...] = ()
    other: tuple[Link, ...] = ()

    def groups(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The groups that hold something, in the order in which they are shown."""
        for name in type(self).model_fields:
            if links := getattr(self, name):
                yield name, links


class Note(Model):
    """A piece of the outline of a lesson; a callout stands out from the others."""

    id: Id | None = None
    """Given where something refers to it; else derived from the title."""
    title: Line | None = None
    at: TimeStamp | None = None
    callout: CalloutKind | None = None
    text: Markdown | None = None
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.title or self.text):
            raise ValueError("this note says nothing; write a `title` or a `text`")
        if self.callout and not self.text:
            raise ValueError("this callout says nothing; write a `text`")
        return self

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Note]]:
        """This note and all below it, each with its depth."""
        yield depth, self
        for note in self.notes:
            yield from note.walk(depth + 1)


class ChecklistLine(Model):
    """A line of the exercises: a page on the web, or an exercise that is graded here."""

    id: Id
    title: Line
    exercise: Id | None = None
    """The graded exercise that ticks this line when it is passed."""
    links: tuple[Link, ...] = ()
    needs: tuple[Id, ...] = ()
    """Lines of this checklist that come before."""
    text: Markdown | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not (self.exercise or self.links):
            raise ValueError("this line leads nowhere; write `links` or an `exercise`")
        return self


class Place(Model):
    """Where in the lesson the answer to a question can be found."""

    note: Id | None = None
    """A note of this lesson: its `id`, or what its title makes."""
    at: TimeStamp | None = None
    link: WebLink | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.note is None and self.at is None and self.link is None:
            raise ValueError("this place is nowhere; write a `note`, `at` or `link`")
        return self


class Choice(Model):
    """One of the answers offered."""

    text: Markdown
    right: bool = False
    why: Markdown | None = None
    """Why it is wrong (or right); every wrong choice needs it."""

    @model_validator(mode="after")
    def _wrong_says_why(self) -> Self:
        if not (self.right or self.why):
            raise ValueError("this choice is wrong and does not say why; write `why`, or `right: true`")
        return self


class _Question(Model):
    id: Id
    topic: Line
    """What it is about; questions of one topic are siblings and keep apart in a sitting."""
    prompt: Markdown
    explanation: Markdown
    place: Place | None = None
    hint: Markdown | None = None


class _Choices(_Question):
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=9)]

    @field_validator("choices")
    @classmethod
    def _choices_differ(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if len({choice.text.strip() for choice in choices}) < len(choices):
            raise ValueError("offers the same text twice; change one")
        return choices


class OneOf(_Choices):
    """One of several answers is right."""

    kind: Literal["choice"]

    @field_validator("choices")
    @classmethod
    def _one_is_right(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        right = sum(choice.right for choice in choices)
        if right != 1:
            raise ValueError(
                f"has {right} right answers; mark exactly one with `right: true`, or use `kind: choices`"
            )
        return choices


class SeveralOf(_Choices):
    """Some of several answers are right; all of those and no others are to be chosen."""

    kind: Literal["choices"]

    @field_validator("choices")
    @classmethod
    def _some_are_right(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if not any(choice.right for choice in choices):
            raise ValueError("has no right answer; mark those that are with `right: true`")
        return choices


class NearMiss(Model):
    """A wrong answer that is often given, and what to say to it."""

    answer: Line
    why: Markdown


class Typed(_Question):
    """A short answer is typed; case, spaces and the quotes around code do not matter."""

    kind: Literal["typed"]
    accept: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Every form that is right; the first is the one shown."""
    case_sensitive: bool = False
    near_misses: tuple[NearMiss, ...] = ()


class Number(_Question):
    """A number is typed."""

    kind: Literal["number"]
    answer: Real
    tolerance: Annotated[float | int, Field(ge=0, le=1e300)] = 0
    """How far off, in absolute terms, is still right."""
    unit: Line | None = None
    near_misses: tuple[NearMiss, ...] = ()


class Explain(_Question):
    """The learner explains in their own words and rates it against the rubric."""

    kind: Literal["explain"]
    rubric: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What a full answer mentions."""


Question = Annotated[OneOf | SeveralOf | Typed | Number | Explain, Field(discriminator="kind")]


class Lesson(Model):
    """One lesson: what to do, where to look, what to remember and what to be asked."""

    id: Id
    title: Line
    summary: Markdown
    number: Annotated[int, Field(ge=0)] | None = None
    """Its place in the course; lessons without one come last."""
    needs: tuple[Id, ...] = ()
    """Lessons that come before."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    resources: Resources = Resources()
    notes: tuple[Note, ...] = ()
    exercises: tuple[ChecklistLine, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def video(self) -> str | None:
        """The address of the first video, into which time stamps lead."""
        return next((s.links[0].url for s in self.steps if s.kind == "video" and s.links), None)


class Curriculum(Model):
    """All lessons there are, the shipped and the learner's own, in the order of the course."""

    lessons: tuple[Lesson, ...] = ()
