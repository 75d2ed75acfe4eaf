"""Writing files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from studytrack.errors import StudytrackError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Puts `content` into `path` through a temporary file beside it; line ends are kept as given.

    Raises StudytrackError where the folder cannot be written to; the old file is then as it was.
    """
    path = path.resolve()  # a link goes on pointing at the file it names
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        raise StudytrackError(
            f"{path} could not be written ({error.strerror})", "see that the folder exists and has space"
        ) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)
