"""Telling when a file was saved, whatever way an editor saves."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from studytrack.errors import UsageError
from studytrack.grading.source import read_source

STEP_MS = 25
"""Editors write in bursts; a save is reported once nothing has happened for this long."""
LONGEST_BURST_MS = 75
LOOK_ANYWAY_MS = 500
"""What no event tells of, such as a save before the watching had begun or in a folder that was made
anew, is found by a look every now and then."""


async def saves(file: Path, known: str) -> AsyncGenerator[str, None]:
    """Yields the source in `file` whenever it was saved and is another than the last; `known` is the first.

    The folder is watched rather than the file, for many editors write a new file and rename it over
    the old one; where the file is a link, the folder that it leads to as well. A moment without the
    file is passed over.
    """
    from watchfiles import awatch  # 50 ms, needed only by those who watch

    last = known
    folders = {file.parent, file.resolve().parent}
    async for _ in awatch(
        *folders,
        watch_filter=None,
        step=STEP_MS,
        debounce=LONGEST_BURST_MS,
        rust_timeout=LOOK_ANYWAY_MS,
        yield_on_timeout=True,
        recursive=False,
    ):
        source = _read(file)
        if source is not None and source != last:
            last = source
            yield source


def _read(file: Path) -> str | None:
    try:
        return read_source(file)
    except (UsageError, OSError):
        return None
