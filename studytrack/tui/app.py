"""The app: which screen is shown, and what every screen can ask for."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import signal
import subprocess
import traceback
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import work
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from studytrack.errors import StudytrackError
from studytrack.study import Study
from studytrack.tui.screens.today import TodayScreen
from studytrack.tui.theme import DARK, THEMES

Result = TypeVar("Result")


class StudytrackApp(App[None]):
    """studytrack in the terminal.

    The first frame is drawn from a stored copy of *Today*; the curriculum, the history
    and the other screens' code are read after it, in a thread.
    """

    TITLE = "studytrack"
    CSS = """
    Screen { background: $background; }
    * { scrollbar-size-vertical: 1; }
    Input > .input--placeholder { color: $text-muted; }
    CommandPalette > .command-palette--help-text { color: $foreground; text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,ctrl+z", "undo", "Undo", id="app.undo"),
        Binding("question_mark,f1", "help", "Help", id="app.help"),
        Binding("q", "quit", "Quit", id="app.quit", show=False),
    ]

    def __init__(self, study: Study) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.study = study
        stored = study.stored_today()
        self._today = TodayScreen(stored.today if stored else None)
        self.theme = self._known_theme(stored.theme if stored else DARK.name)
        self._loaded = asyncio.Event()
        self._unfinished: set[asyncio.Task[None]] = set()
        self.video_opened: dict[str, float] = {}
        """When each lesson's video was opened from here, on the monotonic clock."""

    def get_default_screen(self) -> Screen[None]:
        return self._today

    def on_mount(self) -> None:
        self.call_after_refresh(self._load)
        for number in (signal.SIGHUP, signal.SIGTERM):  # a closed terminal must not cost what was typed
            asyncio.get_running_loop().add_signal_handler(number, self.exit)

    @work
    async def _load(self) -> None:
        """Reads what is too heavy to read before the first frame."""
        try:
            await asyncio.to_thread(self.study.load)
        except StudytrackError as error:
            self.exit(return_code=error.exit_status, message=str(error))
            return
        self.theme = self._known_theme(self.study.settings.theme)
        if self.theme != self.study.settings.theme:
            wanted = self.study.settings.theme
            self.notify(f"There is no theme {wanted}; ctrl+p lists them.", severity="warning", markup=False)
        self.set_keymap(self.study.settings.keys)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self._loaded.set()
        self.refresh_today()
        for fault in self.study.library.faults:
            self.notify(str(fault), title="Left out", severity="warning", timeout=20, markup=False)
        await asyncio.to_thread(_import_screens)

    def finish(self, closing: Coroutine[None, None, None]) -> None:
        """Lets something be closed while the app goes on; the app does not end before."""
        task = asyncio.create_task(closing)
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)

    async def on_unmount(self) -> None:
        await asyncio.gather(*self._unfinished)

    def _known_theme(self, name: str) -> str:
        return name if name in self.available_themes else DARK.name

    def _keep_theme(self, name: str) -> None:
        if name != self.study.settings.theme:
            self.safely(lambda: self.study.change_setting("theme", name))

    def safely(self, deed: Callable[[], Result]) -> Result | None:
        """Does something that can fail for reasons a person can mend, and tells them."""
        try:
            return deed()
        except StudytrackError as error:
            self.notify(str(error), severity="error", timeout=12, markup=False)
            return None

    def _fatal_error(self) -> None:
        """Ends the app after an error of its own; the traceback goes to the log, not to the learner."""
        trace = "".join(traceback.format_exception(self._exception)) if self._exception else ""
        self.study.log_fault(trace)
        self.panic(
            "studytrack has stopped because of an error of its own. What you did is safe.\n"
            f"Please report it with what is at the end of {self.study.home.log}"
        )

    # What every screen can ask for

    def refresh_today(self) -> None:
        """Brings *Today* up to date, and stores it for the next start."""
        if self._loaded.is_set() and (today := self.safely(self.study.today)):
            self._today.show(today)

    @work(exclusive=True, group="open")
    async def open_lesson(self, lesson: str, subject: str = "") -> None:
        from studytrack.tui.screens.lesson import LessonScreen

        await self._loaded.wait()
        if page := self.safely(lambda: self.study.page(lesson)):
            await self.push_screen(LessonScreen(page, subject))

    @work(exclusive=True, group="open")
    async def open_exercise(self, exercise_id: str) -> None:
        from studytrack.tui.screens.exercise import ExerciseScreen

        await self._loaded.wait()

        def started() -> ExerciseScreen:
            exercise = self.study.library.exercise(exercise_id)
            return ExerciseScreen(exercise, self.study.practice.start(exercise_id))

        if screen := self.safely(started):
            await self.push_screen(screen)

    @work(exclusive=True, group="open")
    async def open_quiz(self, lesson: str | None = None, first: str | None = None) -> None:
        """Asks what is due and new, of one lesson or of all; practises where nothing is."""
        from studytrack.tui.screens.quiz import QuizScreen

        await self._loaded.wait()
        if sitting := self.safely(lambda: self.study.quiz.sitting(lesson, first)):
            await self.push_screen(QuizScreen(sitting))
        else:
            self.notify("No question is due. Begin a lesson, or open its own quiz with r.")

    def open_notes(self, lesson: str) -> None:
        from studytrack.tui.screens.notes import NotesScreen

        page = self.study.library.lesson(lesson)
        if screen := self.safely(lambda: NotesScreen(page, self.study.note_file(lesson))):
            self.push_screen(screen)

    def toggle(self, subject: str, ticked: bool) -> None:
        """Ticks a box, or empties it."""
        deed = self.study.untick if ticked else self.study.tick
        if box := self.safely(lambda: deed(subject)):
            done = "Emptied" if ticked else "Ticked"
            self.notify(f"{done}: {box.title}. u takes it back.", timeout=3, markup=False)

    def edit_outside(self, file: Path) -> bool:
        """Opens a file in the learner's editor and waits; whether there was one."""
        command = self.study.settings.editor_command()
        if not command:
            self.notify("Which editor? Set $EDITOR, or `editor` in the settings.", severity="warning")
            return False
        program = next(iter(shlex.split(command)), "")
        if not shutil.which(program):  # looked for first: a suspended app would not come back
            self.notify(f"The editor {program} is not there. Set $EDITOR.", severity="error", markup=False)
            return False
        try:
            with self.suspend():
                status = subprocess.call([*shlex.split(command), str(file)])
        except SuspendNotSupported:
            self.notify("An editor cannot be opened from here.", severity="warning")
            return False
        if status:
            self.notify(f"{program} ended with status {status}.", severity="warning", markup=False)
        self.refresh()
        return True

    # Actions

    async def action_back(self) -> None:
        if len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_undo(self) -> None:
        if self._loaded.is_set():
            self.safely(self._undo)

    def undo_here(self, subject: str) -> None:
        """Takes back the last thing done, if that was with `subject`; else says where it can be."""
        last = self.study.state.undoable()
        if last and last.subject == subject:
            self.action_undo()
        else:
            self.notify("The last thing you did was not here; u on Today takes it back.")

    def _undo(self) -> None:
        undone = self.study.undo()
        if undone is None:
            self.notify("There is nothing to take back.")
            return
        self.notify(f"Taken back: {undone}.", timeout=4, markup=False)
        self.refresh_today()
        if redraw := getattr(self.screen, "redraw", None):
            redraw()

    def action_help(self) -> None:
        from studytrack.tui.screens.help import help_screen

        self.push_screen(help_screen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        seen = set()
        for node, binding, enabled, _ in screen.active_bindings.values():
            if enabled and binding.description and not binding.system and binding.action not in seen:
                seen.add(binding.action)
                run = partial(self.call_later, self.run_action, binding.action, node)
                yield SystemCommand(binding.description, f"Key {self.get_key_display(binding)}", run)
        if self._loaded.is_set():
            yield SystemCommand("Quiz", "Ask what is due", self.open_quiz)
            for lesson in self.study.library.curriculum.lessons:
                yield SystemCommand(
                    f"Lesson: {lesson.title}", "Open it", lambda id=lesson.id: self.open_lesson(id)
                )
            for exercise in self.study.library.exercises.values():
                yield SystemCommand(
                    f"Exercise: {exercise.manifest.title}",
                    exercise.manifest.summary,
                    lambda id=exercise.id: self.open_exercise(id),
                )


def _import_screens() -> None:
    """Makes the first visit to each screen as quick as the second."""
    import studytrack.tui.screens.attempts
    import studytrack.tui.screens.exercise
    import studytrack.tui.screens.lesson
    import studytrack.tui.screens.quiz  # noqa: F401
