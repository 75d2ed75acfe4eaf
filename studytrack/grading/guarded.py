"""The exercise's own files, where the learner's code can reach them: forged checks are never believed."""

from __future__ import annotations

from pathlib import Path

from studytrack.files import write_atomically


class Guarded:
    """The files of an exercise, as they are before an attempt."""

    def __init__(self, folder: Path) -> None:
        self._before = {file: _content(file) for file in folder.rglob("*.*") if file.is_file()}

    def restore(self) -> list[str]:
        """Put back what has changed since, and return its names.

        What a file was changed to is kept beside it, for its author may have edited it meanwhile.
        """
        changed = []
        for file, before in self._before.items():
            now = _content(file)
            if before is None or now == before:
                continue
            if now is not None:
                write_atomically(file.with_name(f"{file.name}.changed"), now)
            write_atomically(file, before)
            changed.append(file.name)
        return changed


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
