"""A file of the learner's, edited in place, in step with what other programs write to it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from studytrack.errors import StudytrackError
from studytrack.files import write_atomically
from studytrack.work import free_name

LOOK_EVERY = 1.0
"""Seconds between looks at whether another program wrote to the file."""


class FileEditor(Vertical):
    """An editor over a file. Nothing is lost where both were changed: what was typed is kept beside it.

    Raises StudytrackError where the file cannot be read.
    """

    DEFAULT_CSS = """
    FileEditor {
        height: 1fr;
        #file { height: 1; padding: 0 1; color: $text-muted; }
        TextArea { height: 1fr; border: none; padding: 0; &:focus { border: none; } }
    }
    """

    def __init__(self, file: Path, name: str, editor: TextArea) -> None:
        super().__init__()
        self.editor = editor
        self.saved = _text_of(file) or ""
        """What the file said when it was last read or written here, as `_text_of` has it."""
        self._file = file
        self._name = name
        self._shown = ""
        """What the editor made of that; it has line ends of its own."""

    def compose(self) -> ComposeResult:
        yield Static(id="file")
        yield self.editor

    def on_mount(self) -> None:
        self._load(self.saved)
        self.set_interval(LOOK_EVERY, self._follow)

    def on_unmount(self) -> None:
        """Whatever way the screen is left, quitting included, what was typed is saved."""
        if self.typed:
            with suppress(StudytrackError):
                changed_outside = _text_of(self._file) not in (None, self.saved)
                beside = changed_outside or not _is_utf_8(self.saved)
                write_atomically(free_name(self._file) if beside else self._file, self.editor.text)

    def _follow(self) -> None:
        """Shows what another program wrote, while nothing is typed here."""
        if not self.typed:
            with suppress(StudytrackError):
                self.synchronise()

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.editor.text != self._shown

    def synchronise(self) -> bool:
        """Saves what was typed, and takes over what another program wrote; whether one did.

        Raises StudytrackError where the file cannot be read or written.
        """
        outside = _text_of(self._file)
        if outside is None or outside == self.saved:
            if self.typed or (outside is None and self.saved):
                self._save()
            return False
        if self.typed:
            self._keep_beside()
        self._load(outside)
        return True

    def _save(self) -> None:
        if self.typed and not _is_utf_8(self.saved):
            self._keep_original()
        text = self.editor.text if self.typed else self.saved
        write_atomically(self._file, _bytes_of(text))
        self.saved, self._shown = text, self.editor.text
        self._show_state()

    def _keep_original(self) -> None:
        """Keeps a file that is not UTF-8, for what the editor shows of it is less than it holds."""
        kept = free_name(self._file)
        write_atomically(kept, _bytes_of(self.saved))
        told = f"The file was not UTF-8, and now it is; as it was before it is in {kept.name}."
        self.app.notify(told, severity="warning", timeout=12, markup=False)

    def _keep_beside(self) -> None:
        kept = free_name(self._file)
        write_atomically(kept, self.editor.text)
        self.app.notify(
            f"The file was changed outside too: what you typed here is in {kept.name}.",
            severity="warning",
            timeout=12,
            markup=False,
        )

    def _load(self, text: str) -> None:
        place = self.editor.cursor_location
        self.editor.load_text(_bytes_of(text).decode("utf-8", "replace"))
        self.editor.move_cursor(place)
        self.saved, self._shown = text, self.editor.text
        self._show_state()

    @on(TextArea.Changed)
    def _show_state(self) -> None:
        state = "○ not saved" if self.typed else "● saved"
        self.query_one("#file", Static).update(Content(f"{self._name}  {state}"))


def _text_of(file: Path) -> str | None:
    """The file's text, with bytes that are not UTF-8 kept as lone surrogates; None where there is none."""
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StudytrackError(
            f"{file} could not be read ({error.strerror})", "see that it is a file of yours"
        ) from error


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _is_utf_8(text: str) -> bool:
    """Whether the file that a text came from was UTF-8."""
    return _bytes_of(text).decode("utf-8", "replace") == text
