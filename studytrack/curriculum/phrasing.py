"""What pydantic finds wrong, at its place in the file and in words for authors."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from math import isfinite
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from studytrack.curriculum.model_paths import Location, kinds, locate
from studytrack.curriculum.models import ID_PATTERN
from studytrack.curriculum.source import Key, Node, Source, describe, shown
from studytrack.errors import Fault, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_FAULTS = 100

_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}


def faults_of(source: Source, model: type[BaseModel], errors: list[ErrorDetails]) -> list[Fault]:
    """The faults that pydantic's errors tell of, at most `MAX_FAULTS` and a last one that counts the rest."""
    places = {locate(model, error["loc"]): error for error in reversed(errors)}  # the first of a union's
    placed = list(reversed(places.items()))
    faulty_lists = {place.path[:length] for place in places for length in range(len(place.path))}
    faults = [
        _phrase(source, place, error)
        for place, error in placed[:MAX_FAULTS]
        if not (error["type"] == "too_short" and place.path in faulty_lists)  # faulty items were not counted
    ]
    if left_out := placed[MAX_FAULTS:]:
        last = max(faults)
        problem = f"{len(left_out)} more faults were found"
        faults.append(Fault(source.file, last.line, last.column, problem, "mend these first"))
    return faults


def _phrase(source: Source, place: Location, error: ErrorDetails) -> Fault:
    kind, path = error["type"], place.path
    if kind == "extra_forbidden":
        return _unknown_key(source, place)
    if kind == "missing":
        return _missing_key(source, place)
    if kind == "union_tag_invalid":
        return _unknown_kind(source, place)
    if kind == "union_tag_not_found":
        known = ", ".join(kinds(place.wanted))
        return source.fault(path, f"{_name(path)} lacks `kind`", f"write `kind: …`, one of {known}")
    node = source.nodes(path)[-1]
    problem, remedy = _words(error, node)
    name = "" if kind == "value_error" and isinstance(node.value, dict) else f"{_name(path)} "
    return source.fault(path, f"{name}{problem}", remedy)


def _unknown_key(source: Source, place: Location) -> Fault:
    *outer, key = place.path
    found = source.nodes(outer)[-1].keys[str(key)]
    problem = f"`{shown(str(key))}` is not a key of {_name(tuple(outer))}"
    remedy = nearest(str(key), place.holder.model_fields)
    return Fault(source.file, found.line, found.column, problem, remedy)


def _missing_key(source: Source, place: Location) -> Fault:
    *outer, key = place.path
    keys = source.nodes(outer)[-1].keys
    remedy = f"write `{key}: …`"
    unknown = [name for name in keys if name not in place.holder.model_fields]
    if close := get_close_matches(str(key), unknown, n=1, cutoff=0.6):
        remedy = f"is `{shown(close[0])}` in line {keys[close[0]].line} meant?"
    return source.fault(outer, f"{_name(tuple(outer))} lacks `{key}`", remedy)


def _unknown_kind(source: Source, place: Location) -> Fault:
    path = (*place.path, "kind")
    problem, remedy = _unknown_word(kinds(place.wanted), source.nodes(path)[-1])
    return source.fault(path, f"`kind` {problem}", remedy)


def _name(path: tuple[Key, ...]) -> str:
    """What an author calls the value: its key, or which item of a list it is."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_name(path[:-1])}"
    return f"`{shown(path[-1])}`"


def _words(error: ErrorDetails, node: Node) -> tuple[str, str]:
    """What is wrong with a value, to follow its name, and what to do."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind in _WANTED:
        return _wrong_type(_WANTED[kind], node)
    if kind == "value_error":
        problem, _, remedy = str(context["error"]).partition("; ")
        return problem, remedy or "change it"
    if phrase := _PHRASES.get(kind):
        return phrase(context, node)
    return f"cannot be used ({error['msg'].lower()})", "change it"


def _wrong_type(wanted: str, node: Node) -> tuple[str, str]:
    value, plain = node.value, node.plain
    if value is None:
        return f"has no value and needs {wanted}", "write one, or leave the key out"
    if wanted == "text" and plain is not None:
        return (
            f"needs text, and `{shown(plain)}` without quotes is {describe(value)}",
            f'write "{shown(plain)}" in quotes',
        )
    if isinstance(value, str) and wanted in ("a number", "a whole number"):
        return _text_for_number(wanted, node)
    if isinstance(value, str) and wanted == "true or false":
        return f'needs true or false, and "{shown(value)}" is text', "write true or false without quotes"
    remedies = {
        "a list": "write each item on a line of its own after `- `",
        "keys and values": "write `key: value` lines, indented, below it",
        "text": "put a text that holds a colon in quotes"
        if isinstance(value, dict)
        else "write it without brackets",
        "a whole number": "write digits only",
    }
    return f"needs {wanted} and is {describe(value)}", remedies.get(wanted, f"write {wanted}")


def _text_for_number(wanted: str, node: Node) -> tuple[str, str]:
    text = str(node.value)
    try:
        number = float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        return f'needs {wanted}, and "{shown(text)}" is text', "write digits only"
    if node.plain is None:
        return (
            f'needs {wanted}, and "{shown(text)}" in quotes is text',
            f"write {shown(text)} without quotes",
        )
    mantissa, letter, exponent = text.lower().partition("e")
    if letter:
        point = mantissa if "." in mantissa else f"{mantissa}.0"
        sign = exponent if exponent[:1] in "+-" else f"+{exponent}"
        return (
            f"needs {wanted}, and YAML reads `{shown(text)}` as text",
            f"write {shown(f'{point}e{sign}')}",
        )
    return f"needs {wanted}, and YAML reads `{shown(text)}` as text", f"write {number!r}"


def _unknown_word(words: Any, node: Node) -> tuple[str, str]:
    if not isinstance(node.value, str):
        return _wrong_type("text", node)
    return f"cannot be `{shown(node.value)}`", nearest(node.value, words)


def _literal(context: dict[str, Any], node: Node) -> tuple[str, str]:
    words = context["expected"].replace(" or ", ", ").split(", ")
    return _unknown_word([word.strip("'") for word in words], node)


def _pattern(context: dict[str, Any], node: Node) -> tuple[str, str]:
    remedy = "use lower-case letters, digits, `-` and `_`, beginning with a letter or digit"
    if context["pattern"] != ID_PATTERN:
        remedy = f"write what matches {context['pattern']}"
    return f"cannot be `{shown(str(node.value))}`", remedy


def _not_finite(_context: dict[str, Any], node: Node) -> tuple[str, str]:
    return f"is {node.plain}, which is not a number that can be used", "write a number"


def _bound(words: str, limit: str) -> Callable[[dict[str, Any], Node], tuple[str, str]]:
    def phrase(context: dict[str, Any], node: Node) -> tuple[str, str]:
        if isinstance(node.value, float) and not isfinite(node.value):
            return _not_finite(context, node)
        return f"is {shown(node.plain or str(node.value))} and {words} {context[limit]}", "change it"

    return phrase


def _length(words: str, limit: str, remedy: str) -> Callable[[dict[str, Any], Node], tuple[str, str]]:
    def phrase(context: dict[str, Any], _node: Node) -> tuple[str, str]:
        return words.format(context[limit]), remedy

    return phrase


_PHRASES: dict[str, Callable[[dict[str, Any], Node], tuple[str, str]]] = {
    "literal_error": _literal,
    "enum": _literal,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _bound("must be at least", "ge"),
    "greater_than": _bound("must be more than", "gt"),
    "less_than_equal": _bound("can be at most", "le"),
    "less_than": _bound("must be less than", "lt"),
    "finite_number": _not_finite,
    "too_short": _length(
        "has too few items: it needs at least {}", "min_length", "write more, or leave the key out"
    ),
    "too_long": _length("has too many items: it can have {}", "max_length", "keep the best"),
    "string_too_short": _length("is too short: it needs at least {} characters", "min_length", "write more"),
    "string_too_long": _length("is too long: it can have {} characters", "max_length", "shorten it"),
}
