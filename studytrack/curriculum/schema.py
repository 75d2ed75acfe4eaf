"""The JSON Schema of a lesson, with which editors complete and check its YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from studytrack.curriculum.models import Lesson
from studytrack.files import write_atomically

SCHEMA_FILE = "lesson.schema.json"
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""The first line of a lesson's file, which names the schema beside it."""
_IDS_DERIVED = ("Step", "ChecklistLine", "OneOf", "SeveralOf", "Typed", "Number", "Explain")


def lesson_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a lesson's file.

    What the loader names by itself need not have an `id`.
    """
    schema = Lesson.model_json_schema()
    for name in _IDS_DERIVED:
        schema["$defs"][name]["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def write_schema(path: Path) -> None:
    """Writes the schema to a file. Raises StudytrackError where that cannot be done."""
    write_atomically(path, json.dumps(lesson_schema(), indent=2, ensure_ascii=False) + "\n")
