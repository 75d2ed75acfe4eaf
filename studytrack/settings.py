"""The learner's settings: one TOML file, every value with a default."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

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
    minutes_a_day: Annotated[int, Field(ge=1, le=1440)] = 25
    """How long the learner means to study each day."""
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
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{path}: {error}", "mend the file, or move it away to use the defaults"
        ) from error
    except ValidationError as error:
        raise SettingsError(
            f"{path}: {_problems(error)}", "mend the file or use `studytrack settings`"
        ) from error


def save_setting(path: Path, name: str, value: str) -> Settings:
    """Sets one setting, keeping the rest of the file as it is, comments included.

    Raises SettingsError where there is no such setting or it cannot hold the value.
    """
    import tomlkit

    load_settings(path)  # a file that is broken is not built upon
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    if name not in Settings.model_fields or name == "keys":
        known = [field for field in Settings.model_fields if field != "keys"]
        raise SettingsError(f"there is no setting {name!r}", nearest(name, known))
    document[name] = _plain(value)
    try:
        settings = Settings.model_validate(document.unwrap())
    except ValidationError as error:
        raise SettingsError(_problems(error), "the settings are as they were") from error
    write_atomically(path, tomlkit.dumps(document))
    return settings


def _plain(value: str) -> Any:
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


def _problems(error: ValidationError) -> str:
    return ", ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'settings'}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    )
