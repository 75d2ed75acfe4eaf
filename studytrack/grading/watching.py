"""Telling when a file was saved, whatever way an editor saves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

SETTLE_MS = 50
"""Editors write in bursts; a save is reported once the file has been still for this long."""


async def saves(file: Path) -> AsyncIterator[str]:
    """Yields the text of `file` after each save that changed it.

    The folder is watched rather than the file, for many editors write a new file and
    rename it over the old one. Text that is not UTF-8 is shown with replacement characters,
    and a moment without the file is passed over.
    """
    from watchfiles import awatch  # 50 ms, needed only by those who watch

    last = _read(file)
    async for _ in awatch(file.parent, step=SETTLE_MS // 2, debounce=SETTLE_MS, recursive=False):
        text = _read(file)
        if text is not None and text != last:
            last = text
            yield text


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
