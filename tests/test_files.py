"""A file is the old one or the new one, whatever happens while it is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studytrack.errors import StudytrackError
from studytrack.files import write_atomically


def test_text_is_written_as_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "file.txt"
    write_atomically(file, "one\r\ntwo\nthrée")
    assert file.read_bytes() == "one\r\ntwo\nthrée".encode()
    assert list(file.parent.iterdir()) == [file]


def test_a_link_goes_on_pointing_at_the_file_it_names(tmp_path: Path) -> None:
    file, link = tmp_path / "file.txt", tmp_path / "link.txt"
    file.write_text("old", encoding="utf-8")
    link.symlink_to(file)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"


def test_who_may_read_the_file_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o600)
    write_atomically(file, "new")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    file = tmp_path / "file.txt"
    file.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, fails, full)
    with pytest.raises(StudytrackError, match=r"file\.txt could not be written \(No space left"):
        write_atomically(file, "new")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_text_that_cannot_be_encoded_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "file.txt", "\ud800")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StudytrackError, match="see that the folder exists"):
        write_atomically(tmp_path / "file" / "inside.txt", "text")
