"""Where in a file a pydantic error is, and what the models want there."""

from __future__ import annotations

import types
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from studytrack.curriculum.source import Key


@dataclass(frozen=True)
class Location:
    """The place of an error; equal where the path is."""

    path: tuple[Key, ...]
    """The keys and indices that lead to it in the file."""
    holder: Any = field(compare=False)
    """The type of what holds the last of them."""
    wanted: Any = field(compare=False)
    """The type that is wanted there."""


def locate(model: type[BaseModel], location: tuple[Key, ...]) -> Location:
    """Where an error of pydantic's is: its location without the names of union members."""
    holder: Any = model
    wanted: Any = model
    path: list[Key] = []
    for key in location:
        wanted = _bare(wanted)
        if _is_union(wanted):
            wanted = next((member for member in get_args(wanted) if key in _kinds_of(member)), Any)
            continue
        holder, wanted = wanted, _below(wanted, key)
        path.append(key)
    return Location(tuple(path), holder, wanted)


def kinds(wanted: Any) -> list[str]:
    """What `kind` can be where one of several models is wanted."""
    return [kind for member in get_args(_bare(wanted)) for kind in _kinds_of(member)]


def _bare(wanted: Any) -> Any:
    """A type without its annotations and without `| None`."""
    while True:
        members = [member for member in get_args(wanted) if member is not types.NoneType]
        if get_origin(wanted) is Annotated or (_is_union(wanted) and len(members) == 1):
            wanted = members[0]
        else:
            return wanted


def _is_union(wanted: Any) -> bool:
    return get_origin(wanted) in (Union, types.UnionType)


def _kinds_of(member: Any) -> tuple[str, ...]:
    member = _bare(member)
    if not _is_model(member) or "kind" not in member.model_fields:
        return ()
    annotation = member.model_fields["kind"].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _is_model(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, BaseModel)


def _below(wanted: Any, key: Key) -> Any:
    """The type of the value under a key of a model, a list or a mapping."""
    if _is_model(wanted):
        return wanted.model_fields[key].annotation if key in wanted.model_fields else Any
    arguments = get_args(wanted)
    if get_origin(wanted) is dict:
        return arguments[1]
    return arguments[0] if arguments else Any
