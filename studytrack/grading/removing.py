"""Removing what an attempt has written, whatever it has made of it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def remove_tree(folder: str | Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed is left.

    Unlike `shutil.rmtree` it neither recurses nor needs long paths: folders may be nested in thousands.
    Nobody may write there any more.
    """
    top, mark, waiting = Path(folder), secrets.token_hex(8), [Path(folder)]
    moved = 0
    while waiting:
        current = waiting.pop()
        with suppress(OSError):
            current.chmod(0o700)
            for entry in list(os.scandir(current)):
                with suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)  # noqa: PTH108 - a Path for each of thousands takes as long again
                        continue
                    if _removed_empty(entry.path):
                        continue
                    Path(entry.path).chmod(0o700)
                    moved += 1
                    waiting.append(Path(entry.path).rename(top / f"{mark}-{moved}"))
            if current != top:
                current.rmdir()
    with suppress(OSError):
        top.rmdir()


def _removed_empty(folder: str) -> bool:
    try:
        os.rmdir(folder)  # noqa: PTH106 - as above
    except OSError:
        return False
    return True
