"""Tells whether curriculum files changed, without reading them as lessons.

Loaded before the first frame: standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

_MAX_BYTES = 2 * 1024 * 1024
"""A larger file is refused unread (`yaml_text.MAX_BYTES`), so its size and time suffice."""


def signature(curricula: Sequence[Path], exercises: Sequence[Path], trusted: Path | None = None) -> str:
    """A digest of every lesson and exercise description: name, time, size and content.

    Equal digests mean that a curriculum read from these folders would be the same. `trusted` is the
    file that tells which of the exercises may run.
    """
    digest = blake2b(digest_size=16)
    for folders, pattern in ((curricula, "*.yaml"), (exercises, "*/exercise.yaml")):
        for number, folder in enumerate(folders):
            for file in sorted(folder.glob(pattern)):
                for part in _parts(file, folder):
                    digest.update(f"{pattern} {number} {len(part)}\n".encode())
                    digest.update(part)
    for part in _parts(trusted, trusted.parent) if trusted else ():
        digest.update(part)
    return digest.hexdigest()


def _parts(file: Path, folder: Path) -> Iterator[bytes]:
    yield file.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
    try:
        if not file.is_file():
            return
        status = file.stat()
        yield f"{status.st_mtime_ns} {status.st_size}".encode()
        if status.st_size <= _MAX_BYTES:
            yield file.read_bytes()
    except OSError as error:
        yield f"unreadable {error.errno}".encode()
