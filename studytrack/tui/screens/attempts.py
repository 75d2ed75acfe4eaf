"""The earlier attempts at an exercise: what became of each, and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from studytrack.grading.exercises import Exercise
from studytrack.grading.verdict import State
from studytrack.progress.records import Attempted
from studytrack.tui.screens.confirm import Confirm
from studytrack.tui.screens.difference import DifferenceScreen
from studytrack.tui.widgets.checks import FAILED, SIGNS, WORDS
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.prose import with_code
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp


class AttemptsScreen(Screen[None]):
    """The newest attempt first; closes when the code of one was taken up again."""

    CSS = """
    AttemptsScreen {
        OptionList { width: 46; height: 1fr; border: none; background: $background; }
        #one { width: 1fr; padding: 0 1; border-left: solid $panel; }
        &.-narrow, &.-tiny {
            #sides { layout: vertical; }
            OptionList { width: 100%; height: 40%; }
            #one { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
        }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]
    HELP = """
Every attempt that counts, the newest first, with what was said to it. **enter** compares its code
with your file as it is now; **r** puts that code back, and keeps your file beside it.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,d", "compare", "Compare with now", id="attempts.compare"),
        Binding("r", "resume", "Put its code back", id="attempts.resume"),
        Binding("u,ctrl+z", "undo", "Undo", id="attempts.undo", show=False),
        Binding("escape", "dismiss", "Back", id="attempts.leave"),
    ]
    app: StudytrackApp

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self._exercise = exercise
        self._attempts: tuple[Attempted, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopBar(f"{self._exercise.manifest.title} · attempts")
        with Horizontal(id="sides"):
            yield OptionList(id="attempts")
            with VerticalScroll(id="one"):
                yield Static(id="told")
        yield KeyLine()

    def on_mount(self) -> None:
        self.redraw()
        self.query_one(OptionList).focus()

    def redraw(self) -> None:
        """Shows what the history says now."""
        self._attempts = self.app.study.practice.attempts(self._exercise.id)
        shown = self.query_one(OptionList)
        shown.clear_options()
        for number in range(len(self._attempts), 0, -1):
            shown.add_option(self._line(number))
        if self._attempts:
            shown.highlighted = 0
        else:
            self.query_one("#told", Static).update(Content("There is no attempt yet. ctrl+r makes one."))

    def _line(self, number: int) -> Content:
        attempt = self._attempts[number - 1]
        when, score, seconds, *_ = self.app.study.practice.facts(attempt)
        return Content.assemble(_sign(attempt.state), f" {number:>3}  {when}  {score}  {seconds}")

    @property
    def _number(self) -> int:
        """The number of the attempt that is marked, 0 where there is none."""
        marked = self.query_one(OptionList).highlighted
        return 0 if marked is None else len(self._attempts) - marked

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What became of the attempt that is marked."""
        if not self._number:
            return
        attempt = self._attempts[self._number - 1]
        titles = {check.id: check.title for check in self._exercise.manifest.checks}
        facts = " · ".join(self.app.study.practice.facts(attempt))
        parts: list[Content | str] = [f"{_word(attempt.state)} · {facts}\n"]
        parts += [f"\n{attempt.message}\n"] if attempt.message else []
        for check in attempt.checks:
            title = titles.get(check.id, check.id)
            parts.append(Content.assemble("\n", _sign(check.state), f" {check.points:g} {title}"))
            parts += [Content.assemble("\n", with_code(check.message), "\n")] if check.message else []
        self.query_one("#told", Static).update(Content.assemble(*parts))
        self.query_one("#one").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_compare(self) -> None:
        if not self._number:
            return
        practice = self.app.study.practice
        if found := self.app.safely(lambda: practice.compare(self._exercise.id, self._number)):
            self.app.push_screen(DifferenceScreen(self._exercise.manifest.title, found))

    @work
    async def action_resume(self) -> None:
        number = self._number
        if not number:
            return
        question = f"Put the code of attempt {number} back? What you have now is kept beside it."
        if not await self.app.push_screen_wait(Confirm(question, "Put it back")):
            return
        practice = self.app.study.practice
        kept = self.app.safely(lambda: practice.resume(self._exercise.id, number))
        told = f"The code of attempt {number} is back{f'; the other is in {kept.name}' if kept else ''}."
        self.app.notify(told, markup=False)
        self.dismiss()

    def action_undo(self) -> None:
        """Takes back the last attempt here; what was done elsewhere is not undone from here."""
        self.app.undo_here(self._exercise.id)


def _sign(state: str) -> tuple[str, str]:
    return SIGNS.get(State(state), FAILED) if state in set(State) else FAILED


def _word(state: str) -> str:
    """How an attempt ended, as its own screen said it."""
    if state in (State.PARTIAL, State.INCORRECT):
        return "not yet"
    return WORDS.get(State(state), state) if state in set(State) else state
