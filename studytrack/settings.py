"""The learner's settings: one TOML file, every value with a default."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from studytrack.errors import SettingsError, nearest
from studytrack.files import write_atomically


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is not a time zone such as Europe/Vienna") from error
    return name


class Settings(BaseModel):
    """What the learner may choose."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    theme: str = "studytrack-dark"
    """The app's colours; ctrl+p lists all themes."""
    editor: str | None = None
    """The command that opens a file; without it $VISUAL, then $EDITOR."""
    new_a_day: Annotated[int, Field(ge=0, le=1000)] = 10
    """How many questions are asked for the first time each day."""
    desired_retention: Annotated[float, Field(ge=0.7, le=0.99)] = 0.9
    """The share of answers meant to be right when they come back."""
    rollover_hour: Annotated[int, Field(ge=0, le=12)] = 4
    """The hour at which a new study day begins; before it, it is still yesterday."""
    time_zone: Annotated[str, AfterValidator(_known_zone)] | None = None
    """A name such as Europe/Vienna; without it, the machine's."""
    keys: dict[str, str] = {}
    """Other keys for the app's actions, by their ids."""

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.time_zone) if self.time_zone else None

    def editor_command(self) -> str | None:
        """The command that opens a file in the learner's editor, if any is known."""
        return self.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")


def load_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults where it does not exist.

    Raises SettingsError, naming every value that cannot be used.
    """
    try:
        return _settings(tomllib.loads(_text(path)))
    except ValueError as error:  # tomllib's among them
        raise SettingsError(
            f"{path}: {error}", "mend the file, or move it away to use the defaults"
        ) from None


def save_setting(path: Path, name: str, value: str | None) -> Settings:
    """Sets one setting, or takes it back to its default with None; the rest of the file stays as it is.

    Raises SettingsError where there is no such setting or it cannot hold the value.
    """
    import tomlkit

    load_settings(path)  # a file that is broken is not built upon
    if name not in Settings.model_fields:
        raise SettingsError(f"there is no setting {name!r}", nearest(name, Settings.model_fields))
    if name == "keys" and value is not None:
        raise SettingsError("keys are many values", f"write them under [keys] in {path}")
    document = tomlkit.parse(_text(path))
    if value is None:
        document.pop(name, None)
    else:
        document[name] = _plain(value)
    try:
        settings = _settings(document.unwrap())
    except ValueError as error:
        raise SettingsError(str(error), "the settings are as they were") from None
    write_atomically(path, tomlkit.dumps(document))
    return settings


def _text(path: Path) -> str:
    """What is in the file; nothing where there is none. Raises ValueError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from None


def _plain(value: str) -> Any:
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


def _settings(values: dict[str, Any]) -> Settings:
    """The settings of these values. Raises ValueError that names every one that cannot be used."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ValueError(", ".join(map(_problem, error.errors()))) from None


def _problem(fault: ErrorDetails) -> str:
    name = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return f"there is no setting {name!r} ({nearest(name, Settings.model_fields)})"
    return f"{name} {fault['msg'].removeprefix('Value error, ').replace('Input should', 'should')}"
