"""Marks an answer, where the kind of question allows it, and says what was nearly right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studytrack.curriculum.models import Choice, Explain, Number, OneOf, Question, SeveralOf, Typed
from studytrack.quiz.reading import Unreadable, read_choice, read_choices, read_number, read_text
from studytrack.quiz.wording import folded, misspelt


@dataclass(frozen=True)
class Marking:
    """Whether an answer is right, and what to say to it."""

    correct: bool | None
    """None where the learner is to judge against the rubric."""
    message: str
    """Markdown on this very answer; may be empty. The question's explanation comes besides."""
    given: str
    """The answer as it is recorded: for choices their texts, whose order changes."""


def mark(question: Question, given: str) -> Marking:
    """Marks `given` as an answer to `question`.

    Numbers of choices count as `question` has them: pass the question as it was shown.
    Raises Unreadable where it is no answer at all; nothing is to be counted then.
    """
    match question:
        case OneOf():
            return _mark_one(question, given)
        case SeveralOf():
            return _mark_several(question, given)
        case Typed():
            return _mark_typed(question, given)
        case Number():
            return _mark_number(question, given)
        case Explain():
            return Marking(None, "", read_text(given))


def right_answer(question: Question) -> str:
    """The right answer as Markdown; of several choices or of a rubric, a list."""
    match question:
        case OneOf() | SeveralOf():
            return _listed([choice.text for choice in question.choices if choice.right])
        case Typed():
            return question.accept[0]
        case Number():
            return f"{question.answer:g} {question.unit or ''}".strip()
        case Explain():
            return _listed(question.rubric)


def _listed(lines: Iterable[str]) -> str:
    lines = list(lines)
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _mark_one(question: OneOf, given: str) -> Marking:
    choice = question.choices[read_choice(question.choices, given)]
    return Marking(choice.right, choice.why or "", choice.text)


def _mark_several(question: SeveralOf, given: str) -> Marking:
    places = read_choices(question.choices, given)
    chosen = [choice for place, choice in enumerate(question.choices) if place in places]
    wrong = [choice for choice in chosen if not choice.right]
    missing = sum(choice.right for choice in question.choices) - (len(chosen) - len(wrong))
    message = _remarks(wrong) if wrong else _remarks(chosen) if not missing else ""
    if missing:
        lacks = "one right choice is missing" if missing == 1 else f"{missing} right choices are missing"
        message = f"{message}\n\nAnd {lacks}." if message else f"{lacks.capitalize()}."
    return Marking(not wrong and not missing, message, "; ".join(choice.text for choice in chosen))


def _remarks(choices: Iterable[Choice]) -> str:
    return _listed([f"{choice.text}: {choice.why}" for choice in choices if choice.why] or [""])


def _mark_typed(question: Typed, given: str) -> Marking:
    text = read_text(given)
    typed = folded(text, question.case_sensitive)
    accepted = [folded(form, question.case_sensitive) for form in question.accept]
    if typed in accepted:
        return Marking(True, "", text)
    for miss in question.near_misses:
        if folded(miss.answer, question.case_sensitive) == typed:
            return Marking(False, miss.why, text)
    if folded(text) in [folded(form) for form in question.accept]:
        return Marking(False, "Close: upper and lower case matter here.", text)
    if any(misspelt(typed, form) for form in accepted):
        return Marking(False, "Close: check the spelling.", text)
    return Marking(False, "", text)


def _mark_number(question: Number, given: str) -> Marking:
    value = read_number(given, question.unit)
    if _within(value, question.answer, question.tolerance):
        return Marking(True, "", given.strip())
    for miss in question.near_misses:
        try:
            near = read_number(miss.answer, question.unit)
        except Unreadable:
            continue
        if _within(value, near, question.tolerance):
            return Marking(False, miss.why, given.strip())
    return Marking(False, "", given.strip())


def _within(value: float, answer: float, tolerance: float) -> bool:
    # A billionth is for what binary fractions cannot hold: 0.3 is not 0.1 + 0.2 to a computer.
    return abs(value - answer) <= tolerance + 1e-9 * max(abs(answer), tolerance)
