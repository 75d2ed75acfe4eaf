"""Reading what was typed as a choice or a number; what cannot be read is asked again."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from studytrack.curriculum.models import Choice
from studytrack.errors import UsageError
from studytrack.quiz.wording import folded


class Unreadable(UsageError):  # noqa: N818 - no fault, and no class of faults
    """What was typed is no answer to this question. It counts as nothing: ask again."""


def read_text(given: str) -> str:
    """The answer without spaces around it. Raises Unreadable where nothing is left."""
    if not given.strip():
        raise Unreadable("there is no answer yet", "type one; a guess teaches too")
    return given.strip()


def read_choice(choices: Sequence[Choice], given: str) -> int:
    """The place in `choices`, from 0, that is meant by its number or its text.

    Where a choice's text is a number as well, the number on the screen goes first.
    """
    text = read_text(given)
    number = re.fullmatch(r"(\d{1,3})[.)]?", text)
    if number and 1 <= int(number[1]) <= len(choices):
        return int(number[1]) - 1
    return _choice_of_text(choices, text)


def read_choices(choices: Sequence[Choice], given: str) -> frozenset[int]:
    """The places in `choices`, from 0, that are meant: `1,3`, `1 3`, `13`, or texts between semicolons."""
    text = read_text(given)
    # There are nine choices at most, so that every digit is one.
    digits = {int(digit) for digit in re.findall(r"\d", text)}
    known = set(range(1, len(choices) + 1))
    if re.fullmatch(r"[\d\s,;]+", text) and digits and digits <= known:
        return frozenset(digit - 1 for digit in digits)
    parts = [part for part in text.split(";") if part.strip()]
    try:
        return frozenset({_choice_of_text(choices, text)})
    except Unreadable:
        if len(parts) < 2:
            raise
        return frozenset(_choice_of_text(choices, part) for part in parts)


def _choice_of_text(choices: Sequence[Choice], text: str) -> int:
    for place, choice in enumerate(choices):
        if folded(choice.text, case_sensitive=True) == folded(text, case_sensitive=True):
            return place
    for place, choice in enumerate(choices):
        if folded(choice.text) == folded(text):
            return place
    raise Unreadable(f"there is no choice {_shown(text)}", f"type numbers from 1 to {len(choices)}")


_SIGNS = str.maketrans("−–⁄’\u00a0\u2009\u202f", "--/'   ")
_NUMBER = re.compile(r"([+-]?)\s*(\d[\d.,' _]*|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[., '_])\d{3}(?:(?P=mark)\d{3})*(?P<rest>(?!(?P=mark))[.,]\d*)?")


def read_number(given: str, unit: str | None) -> float:
    """The number that was typed: `0.001`, `1e-3`, `.5`, `1/4`, `0,5`, `12 000`, `50 %`, its unit or not.

    Per cent are hundredths, unless they are the unit. Raises Unreadable where it is not a
    number, in another unit, or could mean two: `1,234`.
    """
    text = read_text(given.translate(_SIGNS))
    scale = 1.0
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)]
    elif text.endswith("%"):
        text, scale = text[:-1], 0.01
    parts = [_decimal(part.strip(), given) for part in text.split("/")]
    if len(parts) > 2 or (len(parts) == 2 and parts[1] == 0):
        raise _no_number(given)
    value = (parts[0] / parts[1] if len(parts) == 2 else parts[0]) * scale
    if not math.isfinite(value):
        raise _no_number(given)
    return value


def _decimal(text: str, given: str) -> float:
    """One number without unit, its thousands grouped or not, with a decimal point or comma."""
    number = _NUMBER.fullmatch(text)
    if not number:
        raise _no_number(given)
    sign, digits, exponent = number[1], number[2], number[3] or ""
    if grouped := _GROUPED.fullmatch(digits):
        mark = grouped["mark"]
        alone = digits.count(mark) == 1 and not grouped["rest"]
        if mark == "," and alone and not digits.startswith("0"):
            raise Unreadable(
                f"{_shown(given)} could be a thousand or a decimal comma",
                f"write {digits.replace(',', '')} or {digits.replace(',', '.')}",
            )
        if not (mark in ",." and alone):
            digits = digits.replace(mark, "")
    try:
        return float(sign + digits.replace(",", ".") + exponent)
    except ValueError:
        raise _no_number(given) from None


def _no_number(given: str) -> Unreadable:
    return Unreadable(
        f"{_shown(given)} cannot be read as a number here", "write one such as 0.001, 1e-3 or 1/4"
    )


def _shown(text: str) -> str:
    return repr(text.strip() if len(text) < 40 else f"{text.strip()[:39]}…")
