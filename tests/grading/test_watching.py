"""A save is noticed whatever way an editor saves, and none is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from studytrack.grading.watching import saves


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def by_rename(file: Path, text: str) -> None:
    new = file.with_suffix(".tmp")
    new.write_text(text)
    new.replace(file)


def by_backup(file: Path, text: str) -> None:
    """As vim does: the old file gets another name, a new one takes its place."""
    file.rename(file.with_name(f"{file.name}~"))
    file.write_text(text)


def in_pieces(file: Path, text: str) -> None:
    with file.open("w", buffering=1) as open_file:
        for letter in text:
            open_file.write(letter)
            open_file.flush()


def deleted_and_made_anew(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


def folder_and_all(file: Path, text: str) -> None:
    """As a checkout of another branch may do."""
    shutil.rmtree(file.parent)
    file.parent.mkdir()
    file.write_text(text)


WAYS = [in_place, by_rename, by_backup, in_pieces, deleted_and_made_anew, folder_and_all]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "work" / "fit.py"
    file.parent.mkdir()
    file.write_text("first")
    return file


async def until_told(told: AsyncIterator[str], text: str) -> None:
    """Wait until a save is told with this text; those of a burst may be told before."""
    async with asyncio.timeout(20):
        async for source in told:
            if source == text:
                return


async def first(told: AsyncIterator[str]) -> str:
    async with asyncio.timeout(20):
        return await anext(told)


@pytest.mark.parametrize("save", WAYS)
async def test_every_way_of_saving_is_noticed(file: Path, save: Callable[[Path, str], None]) -> None:
    told = saves(file, "first")
    for text in ("second", "third", "fourth"):
        waiting = asyncio.create_task(until_told(told, text))
        await asyncio.sleep(0)
        save(file, text)
        await waiting


async def test_a_save_before_the_watching_began_is_not_lost(file: Path) -> None:
    file.write_text("saved just after it was read")
    await until_told(saves(file, "first"), "saved just after it was read")


async def test_a_file_that_says_what_it_said_is_no_news(file: Path) -> None:
    told = saves(file, "first")
    news = asyncio.create_task(first(told))
    for _ in range(5):
        file.write_text("first")
        os.utime(file)
        await asyncio.sleep(0)
    file.write_text("other")
    assert await news == "other"


async def test_a_link_is_followed(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.py"
    link.symlink_to(file)
    told = saves(link, "first")
    waiting = asyncio.create_task(until_told(told, "behind the link"))
    await asyncio.sleep(0)
    file.write_text("behind the link")
    await waiting


async def test_a_file_in_another_encoding_is_read_as_it_says(file: Path) -> None:
    source = "# coding: latin-1\nname = 'é'\n"
    file.write_bytes(source.encode("latin-1"))
    await until_told(saves(file, "first"), source)
