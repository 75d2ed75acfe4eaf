"""The learner's settings: read, refused, changed without touching the rest of the file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.errors import SettingsError
from studytrack.settings import Settings, load_settings, save_setting

FILE = """\
# What I want.
new_a_day = 5  # few

[keys]
"app.undo" = "z"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_everything_has_its_default(file: Path) -> None:
    assert load_settings(file) == Settings()


def test_what_is_set_is_read(file: Path) -> None:
    file.write_text(FILE, encoding="utf-8")
    settings = load_settings(file)
    assert settings.new_a_day == 5
    assert settings.keys == {"app.undo": "z"}
    assert settings.rollover_hour == Settings().rollover_hour


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("new_a_day = -1", "new_a_day should be greater than or equal to 0"),
        (
            "new_a_day = 'x'\nrollover_hour = 13",
            "new_a_day should be a valid integer.*rollover_hour should be",
        ),
        ("new_day = 3", r"there is no setting 'new_day' \(did you mean 'new_a_day'\?\)"),
        ("time_zone = 'Mars/Olympus'", "time_zone is not a time zone such as Europe/Vienna"),
        ("time_zone = '../../etc/passwd'", "time_zone is not a time zone"),
        ("desired_retention = nan", "desired_retention should be"),
        ("a = [", "at end of document"),
        ("\xff", "is not UTF-8"),
    ],
)
def test_what_makes_no_sense_is_named_with_the_file(file: Path, content: str, told: str) -> None:
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=told) as caught:
        load_settings(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file)


def test_one_setting_changes_and_the_rest_stays(file: Path) -> None:
    file.write_text(FILE, encoding="utf-8")
    assert save_setting(file, "rollover_hour", "6").rollover_hour == 6
    assert save_setting(file, "new_a_day", "7").new_a_day == 7
    written = file.read_text(encoding="utf-8")
    assert written.startswith("# What I want.\nnew_a_day = 7  # few\n")
    assert tomllib.loads(written) == {"new_a_day": 7, "rollover_hour": 6, "keys": {"app.undo": "z"}}


def test_a_setting_goes_back_to_its_default(file: Path) -> None:
    file.write_text(FILE, encoding="utf-8")
    assert save_setting(file, "new_a_day", None).new_a_day == Settings().new_a_day
    assert "new_a_day" not in file.read_text(encoding="utf-8")
    assert save_setting(file, "editor", None).editor is None


@pytest.mark.parametrize(
    ("name", "value"), [("new_a_day", "-1"), ("new_a_day", "x"), ("new", "3"), ("keys", "x"), ("editor", "5")]
)
def test_a_refused_change_leaves_the_file_alone(file: Path, name: str, value: str) -> None:
    file.write_text(FILE, encoding="utf-8")
    with pytest.raises(SettingsError):
        save_setting(file, name, value)
    assert file.read_text(encoding="utf-8") == FILE


def test_a_broken_file_is_not_built_upon(file: Path) -> None:
    file.write_text("new_a_day = 'x'\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        save_setting(file, "rollover_hour", "6")
    assert file.read_text(encoding="utf-8") == "new_a_day = 'x'\n"


@given(st.text(st.characters(codec="utf-8")).filter(lambda text: not text.strip().isdecimal()))
def test_any_text_comes_back_as_it_was_set(tmp_path_factory: pytest.TempPathFactory, editor: str) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    try:
        float(editor)
    except ValueError:
        save_setting(file, "editor", editor)
        assert load_settings(file).editor == editor


def test_the_editor_is_the_chosen_one_or_that_of_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().editor_command() is None
    monkeypatch.setenv("EDITOR", "nano")
    assert Settings().editor_command() == "nano"
    monkeypatch.setenv("VISUAL", "code --wait")
    assert Settings().editor_command() == "code --wait"
    assert Settings(editor="vim").editor_command() == "vim"
