"""A lesson, as data: what an author may write in its YAML file, and nothing else.

The docstrings and field descriptions become the JSON Schema that editors show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

StepKind = Literal["video", "notebook", "book", "reading", "project", "other"]
Stage = Literal["watch", "run", "reproduce", "other-data"]
"""The course's recipe for a lesson: watch it, run the notebook, reproduce it from a
clean copy, then repeat it on a different data set (https://course.fast.ai)."""
CalloutKind = Literal["idea", "info", "warning", "try"]

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]*$"
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""A stable name: lower-case letters, digits, `-` and `_`. The learner's history hangs on it."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _printable(text: str) -> str:
    if found := _UNSAFE.search(text):
        raise ValueError(f"holds the control character U+{ord(found[0]):04X}, which could steer the terminal")
    return text


def _line(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if "\n" in text:
        raise ValueError("has more than one line")
    return _printable(text)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return _printable(text)


def _web_link(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+([/?#]\S*)?", url):
        raise ValueError("is not an http(s) address")
    return _printable(url)


def _seconds(at: int | str) -> int:
    if isinstance(at, str):
        if not re.fullmatch(r"(\d{1,2}:)?\d{1,2}:\d{2}", at):
            raise ValueError("is not a time stamp")
        seconds = 0
        for part in at.split(":"):
            seconds = seconds * 60 + int(part)
        return seconds
    return at


Line = Annotated[str, AfterValidator(_line)]
"""Text on one line."""
Markdown = Annotated[str, AfterValidator(_text)]
"""Markdown, with maths between `$` or `$$`."""
WebLink = Annotated[str, AfterValidator(_web_link)]
"""An address that starts with http:// or https://."""
TimeStamp = Annotated[int | str, AfterValidator(_seconds)]
"""A place in the lesson's video, `m:ss` or `h:mm:ss`; held as seconds.

YAML 1.1 reads an unquoted 38:20 as a number to the base of 60, which gives the same seconds."""


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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
    """A piece of the outline of a lesson; a callout is a note without children that stands out."""

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
            raise ValueError("a note needs a title or a text")
        if self.callout and not self.text:
            raise ValueError("a callout needs a text")
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
            raise ValueError("needs `links` or an `exercise`")
        return self


class Place(Model):
    """Where in the lesson the answer to a question can be found."""

    note: Id | None = None
    at: TimeStamp | None = None
    link: WebLink | None = None


class Choice(Model):
    """One of the answers offered."""

    text: Markdown
    right: bool = False
    why: Markdown | None = None
    """Why it is wrong (or right); every wrong choice needs it."""


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

    @model_validator(mode="after")
    def _wrong_choices_say_why(self) -> Self:
        texts = [choice.text.strip() for choice in self.choices]
        if len(set(texts)) < len(texts):
            raise ValueError("two choices are the same")
        for number, choice in enumerate(self.choices, 1):
            if not choice.right and not choice.why:
                raise ValueError(f"choice {number} is wrong and does not say why")
        return self


class OneOf(_Choices):
    """One of several answers is right."""

    kind: Literal["choice"]

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("exactly one choice must be `right: true`")
        return self


class SeveralOf(_Choices):
    """Some of several answers are right; all of those and no others are to be chosen."""

    kind: Literal["choices"]

    @model_validator(mode="after")
    def _some_are_right(self) -> Self:
        if not any(choice.right for choice in self.choices):
            raise ValueError("at least one choice must be `right: true`")
        return self


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
    answer: float | int
    tolerance: Annotated[float | int, Field(ge=0)] = 0
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
