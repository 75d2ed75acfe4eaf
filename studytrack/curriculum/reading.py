"""Reads one YAML file into a frozen pydantic model, with every fault at its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from studytrack.curriculum.phrasing import faults_of
from studytrack.curriculum.source import Source
from studytrack.curriculum.yaml_reader import read_source
from studytrack.errors import CurriculumError, Fault

__all__ = ["Document", "Source", "read_document", "read_model", "read_source", "validate"]

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Document(Generic[M]):
    """What a file says, and the source in which faults found later have their place."""

    value: M
    source: Source


def read_model(path: Path, model: type[M]) -> M:
    """What the file says. Raises CurriculumError with every fault there is.

    Lists arrive as tuples. A validator of the model raises ValueError("what is wrong; what
    to do"): for a field the words follow the field's name, for a model they stand alone.
    """
    return read_document(path, model).value


def read_document(path: Path, model: type[M]) -> Document[M]:
    """The same, with the source. Raises CurriculumError with every fault there is."""
    source = read_source(path)
    value, faults = validate(source, model)
    if value is None or faults:
        raise CurriculumError(faults)
    return Document(value, source)


def validate(source: Source, model: type[M]) -> tuple[M | None, list[Fault]]:
    """The model of what was read, if it is one, and all faults, those of the reading among them."""
    try:
        return model.model_validate(source.root.data()), list(source.faults)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        return None, [*source.faults, *faults_of(source, model, errors)]
