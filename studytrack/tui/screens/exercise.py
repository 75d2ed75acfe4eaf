"""An exercise: task and code beside the checks and the curve, which move while it trains."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import TabbedContent, TabPane, TextArea
from textual.worker import Worker

from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import Finished
from studytrack.grading.protocol import WorkerState
from studytrack.grading.session import GraderSession
from studytrack.grading.tiers import BUBBLEWRAP, PROCESS
from studytrack.tui.screens.attempts import AttemptsScreen
from studytrack.tui.screens.confirm import Confirm
from studytrack.tui.screens.difference import DifferenceScreen
from studytrack.tui.widgets.code_area import CodeArea
from studytrack.tui.widgets.curve import CurvePane
from studytrack.tui.widgets.file_editor import FileEditor
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.prose import Prose
from studytrack.tui.widgets.results import ResultsPane, where_it_runs
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp


class ExerciseScreen(Screen[None]):
    """Work on one exercise."""

    CSS = """
    ExerciseScreen {
        #work { width: 1fr; }
        #results { width: 1fr; border-left: solid $panel; }
        TabPane { padding: 0; }
        Tab { color: $foreground-muted; &.-active { color: $foreground; } }
        &.-narrow, &.-tiny {
            #sides { layout: vertical; }
            #work { width: 100%; height: 1fr; }
            #results { width: 100%; height: 50%; border-left: none; border-top: solid $panel; }
        }
        &.-narrow #found { layout: horizontal; CurvePane, #told { height: 1fr; } }
        &.-tiny CurvePane { height: 2; min-height: 2; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]
    HELP = """
Read the task, write the code, run it with **ctrl+r**. **i** writes in place (escape leaves the
editor), **e** opens your own editor, **w** runs at every save. The checks turn one by one; a
check that fails says why. **t** changes between the curve of a training and the table of its
epochs. **h** gives the next hint, **d** compares with the solution: before it is passed that is
a lapse, and the exercise comes back tomorrow. **H** shows your earlier attempts and takes one up
again. **escape** cancels a run.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "run", "Run", id="exercise.run", priority=True),
        Binding("i", "write", "Edit", id="exercise.write"),
        Binding("e", "edit_outside", "Editor", id="exercise.edit"),
        Binding("w", "watch", "Watch", id="exercise.watch"),
        Binding("h", "hint", "Hint", id="exercise.hint"),
        Binding("d", "solution", "Solution", id="exercise.solution"),
        Binding("H", "attempts", "Attempts", id="exercise.attempts", show=False),
        Binding("ctrl+s", "save", "Save", id="exercise.save", show=False, priority=True),
        Binding("ctrl+t", "next_tab", "Task/code", id="exercise.tab", priority=True, show=False),
        Binding("t", "table", "Epochs", id="exercise.table", show=False),
        Binding("R", "reset", "Start over", id="exercise.reset", show=False),
        Binding("u,ctrl+z", "undo", "Undo", id="exercise.undo", show=False),
        Binding("escape", "leave", "Back", id="exercise.leave", priority=True),
    ]
    app: StudytrackApp

    def __init__(self, exercise: Exercise, file: Path) -> None:
        super().__init__()
        self.exercise = exercise
        self.file = file
        self._code = FileEditor(file, f"work/{exercise.id}/{file.name}", CodeArea(id="code"))
        self._session: GraderSession | None = None
        self._open = AsyncExitStack()
        """Closes the session."""
        self._run: Worker[None] | None = None
        self._watch: Worker[None] | None = None
        self._graded: str | None = None
        """The code of the last run."""
        self._attempt: str | None = None
        """The attempt whose results are shown, as the log calls it."""
        self._set_aside = ""
        """Where the code is that a starting over has just put aside, which an undo does not bring back."""
        self._wanted = False
        """Whether a run was asked for before there was a grader."""
        self._worker = WorkerState(warm=False, isolation=None)
        self._results = ResultsPane(exercise.manifest.checks)

    def compose(self) -> ComposeResult:
        manifest = self.exercise.manifest
        yield TopBar(manifest.title, self._status())
        with Horizontal(id="sides"):
            with Vertical(id="work"), TabbedContent(id="tabs"):
                with TabPane("Task", id="task-tab"), VerticalScroll(id="task"):
                    yield Prose(self.exercise.task.read_text(encoding="utf-8"))
                    yield Prose(id="hints")
                with TabPane("Code (ctrl+t)", id="code-tab"):
                    yield self._code
            yield self._results
        yield KeyLine()

    def on_mount(self) -> None:
        self._results.show_state("Getting ready …")
        self._show_hints()
        self._warm()
        self.query_one("#task").focus()

    def on_unmount(self) -> None:
        self._stop_watching()
        self.app.finish(self._open.aclose())

    # The grader

    @work
    async def _warm(self) -> None:
        """Opens a grader, which stays open and its worker warm for as long as the screen is there."""
        session = GraderSession(self.exercise, tell=self._worker_is)
        self._session = await self._open.enter_async_context(session)
        self._show_best()
        if self._wanted:
            self.action_run()

    def _show_best(self) -> None:
        best = self.app.study.practice.best(self.exercise.id)
        tried = f"Best so far {best}; H shows your attempts. ctrl+r runs."
        self._results.show_state(tried if best else "ctrl+r runs the checks.")

    def _worker_is(self, state: WorkerState) -> None:
        """Tells how ready the grader is, and once what its sandbox leaves open, where it is not the best."""
        told_before, self._worker = self._worker.isolation, state
        self._show_status()
        if state.isolation not in (None, told_before, BUBBLEWRAP):
            self.app.notify(_weaker(state), title="Sandbox", timeout=12, markup=False)

    async def on_key(self) -> None:
        await self._wake()

    async def on_text_area_changed(self) -> None:
        await self._wake()

    async def _wake(self) -> None:
        """Has the grader ready again by the time that a learner who comes back runs the code."""
        if self._session:
            await self._session.wake()

    def action_run(self) -> None:
        if self._session is None:
            self._wanted = True  # it runs as soon as there is a grader
            return
        self.action_save()
        self._graded = self._code.saved
        self._run = self._grade(self._graded)

    @work(exclusive=True, group="run")
    async def _grade(self, code: str) -> None:
        session = self._session
        if session is None:
            return
        await session.cancel()  # a newer save supersedes what runs
        self._results.begin()
        self._attempt = None
        async for event in session.run(code, self.file):
            if isinstance(event, Finished):
                self._finished(event, code)
            else:
                self._results.happened(event)

    def _finished(self, finished: Finished, code: str) -> None:
        study, verdict, picture = self.app.study, finished.verdict, self._results.picture
        attempt = (verdict, code, picture.metrics, picture.kept())
        self._attempt = self.app.safely(lambda: study.practice.record_attempt(*attempt))
        if finished.trace:
            study.log_fault(finished.trace)
        self._run = None
        self._results.finish(verdict, study.practice.returns(self.exercise.id), study.home.log)

    @property
    def running(self) -> bool:
        return self._run is not None and self._run.is_running

    # The file

    def _status(self) -> str:
        """How ready the grader is, in which sandbox, and whether saves are watched for."""
        worker = self._worker
        if worker.isolation is None:
            words = [f"about {self.exercise.manifest.minutes} min"]
        elif worker.warm:
            words = [where_it_runs(worker.isolation), "warm"]
        elif worker.dropped:
            words = [where_it_runs(worker.isolation), "asleep"]
        else:
            words = [f"loading {worker.loading} …" if worker.loading else "warming …"]
        if taken := self.app.study.practice.hints_taken(self.exercise.id):
            words.append(f"hint {taken}/{len(self.exercise.manifest.hints)}")
        return " · ".join([*words, "watching"] if self._watch else words)

    def _show_status(self) -> None:
        for bar in self.query(TopBar):  # there is none any more while the grader ends
            bar.status = self._status()

    def action_save(self) -> None:
        self.app.safely(self._code.synchronise)

    def action_watch(self) -> None:
        if self._watch:
            self._stop_watching()
            self.app.notify("Watching has ended.")
        else:
            self._watch = self._watch_file()
            self.app.notify("Watching: every save runs the checks, in any editor.")
        self._show_status()

    def _stop_watching(self) -> None:
        if self._watch:
            self._watch.cancel()
            self._watch = None

    @work(group="watch")
    async def _watch_file(self) -> None:
        from studytrack.grading.watching import saves

        async for _ in saves(self.file, self._code.saved):
            self.action_save()
            if self._code.saved != self._graded:  # else it was saved here, for a run
                self.action_run()

    # What the learner can do

    def action_write(self) -> None:
        tabs = self.query_one("#tabs", TabbedContent)
        tabs.active = "code-tab"
        tabs.query_one("#code-tab", TabPane).display = True  # at once, so that no key is taken for a command
        self.query_one("#code").focus()

    def action_next_tab(self) -> None:
        tabs = self.query_one("#tabs", TabbedContent)
        if tabs.active == "task-tab":
            self.action_write()
        else:
            tabs.active = "task-tab"
            self.query_one("#task").focus()

    def action_edit_outside(self) -> None:
        self.action_save()
        self.app.edit_outside(self.file)
        if self.app.safely(self._code.synchronise) and not self._watch:
            self.action_run()

    def action_table(self) -> None:
        if not self.query_one(CurvePane).toggle_table():
            self.app.notify("There are no epochs yet.")

    def action_hint(self) -> None:
        practice = self.app.study.practice
        if practice.hints_taken(self.exercise.id) == len(self.exercise.manifest.hints):
            price = practice.solution_price(self.exercise.id) or ""
            self.app.notify(f"There is no further hint; d compares with the solution. {price}", markup=False)
        self.app.safely(lambda: practice.take_hint(self.exercise.id))
        self._show_status()
        self.query_one("#tabs", TabbedContent).active = "task-tab"
        self.query_one("#task").focus()
        self._show_hints(to_the_last=True)

    @work
    async def _show_hints(self, to_the_last: bool = False) -> None:
        taken = self.app.study.practice.hints_taken(self.exercise.id)
        hints = self.exercise.manifest.hints
        texts = [f"**Hint {n} of {len(hints)}**\n\n{hint}" for n, hint in enumerate(hints[:taken], 1)]
        await self.query_one("#hints", Prose).show("\n\n".join(texts))
        if to_the_last:
            self.query_one("#task").scroll_end(animate=False)

    @work
    async def action_solution(self) -> None:
        price = self.app.study.practice.solution_price(self.exercise.id)
        if price and not await self.app.push_screen_wait(Confirm(price, "Show the solution")):
            return
        self.action_save()
        if found := self.app.safely(lambda: self.app.study.practice.show_solution(self.exercise.id)):
            self.app.push_screen(DifferenceScreen(self.exercise.manifest.title, found))

    def action_attempts(self) -> None:
        self.action_save()
        self.app.push_screen(AttemptsScreen(self.exercise), lambda _: self._come_back())

    def _come_back(self) -> None:
        """From the attempts, where one may have been taken up again or taken back."""
        self.action_save()
        self.redraw()

    def redraw(self) -> None:
        """Shows what the history says now: the attempt that is shown may have been taken back."""
        self._show_status()
        self._show_hints()
        known = {attempt.id for attempt in self.app.study.practice.attempts(self.exercise.id)}
        if self._attempt and self._attempt not in known:
            self._forget_results()

    def _forget_results(self) -> None:
        self._attempt = None
        self._results.begin()
        self._show_best()

    @work
    async def action_reset(self) -> None:
        question = "Put the starter back? What you wrote is kept beside it."
        if await self.app.push_screen_wait(Confirm(question, "Start over")):
            self.action_save()
            kept = self.app.safely(lambda: self.app.study.practice.reset(self.exercise.id))
            if kept:
                self.action_save()
                if not self.running:
                    self._forget_results()  # they are those of the earlier code
                self._set_aside = kept.name
                self.app.notify(f"The starter is back; your earlier code is in {kept.name}.", markup=False)

    def action_undo(self) -> None:
        """Takes back the last attempt here; what was done elsewhere is not undone from here."""
        if self._set_aside:
            self.app.notify(
                f"Your code from before the starting over is in {self._set_aside}; H takes an attempt up "
                "again. u once more takes back the last attempt.",
                markup=False,
            )
            self._set_aside = ""
        else:
            self.app.undo_here(self.exercise.id)

    async def action_leave(self) -> None:
        """Cancels a run; else leaves the editor; else goes back."""
        if self.running and self._session:
            await self._session.cancel()
        elif isinstance(self.focused, TextArea):
            self.action_save()
            self.query_one("#tabs", TabbedContent).query_one("Tabs").focus()
        else:
            self.action_save()
            await self.app.action_back()


def _weaker(state: WorkerState) -> str:
    """What a sandbox that is not the best leaves open."""
    head = "There is none here" if state.isolation == PROCESS else f"It is {state.isolation} here"
    return f"{head}: {'; '.join(state.uncovered)}. `studytrack doctor` says how to get a better one."
