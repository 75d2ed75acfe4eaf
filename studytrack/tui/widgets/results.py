"""What an attempt shows while it runs and comes to in the end: state, curves, checks and output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from studytrack.grading.manifest import CheckEntry
from studytrack.grading.messages import CheckDone, CheckStarted, Event, Metrics, Output, Started, Warming
from studytrack.grading.tiers import PROCESS
from studytrack.grading.verdict import State, Verdict
from studytrack.training.loading import loading
from studytrack.training.picture import Picture
from studytrack.tui.widgets.checks import ChecksPane
from studytrack.tui.widgets.curve import CurvePane

MOST_OUTPUT = 20_000
"""Characters of the learner's output that are shown; the newest are kept."""


class ResultsPane(Vertical):
    """One attempt after the other; it is told what happens, and knows nothing of who does it."""

    DEFAULT_CSS = """
    ResultsPane {
        #state { height: auto; padding: 0 1; }
        #told { height: 2fr; scrollbar-gutter: stable; }
        CurvePane { height: 3fr; }
        #output { height: auto; padding: 1 1 0 1; color: $text-muted; }
    }
    """

    def __init__(self, checks: Sequence[CheckEntry]) -> None:
        super().__init__(id="results")
        self._plan = checks
        self._printed = ""
        self._loading: Timer | None = None
        """Tells the time while libraries are loaded."""

    def compose(self) -> ComposeResult:
        yield Static(id="state")
        with Vertical(id="found"):
            yield CurvePane()
            with VerticalScroll(id="told"):
                yield ChecksPane(self._plan)
                yield Static(id="output")

    @property
    def picture(self) -> Picture:
        """What the attempt has shown of its training."""
        return self.query_one(CurvePane).picture

    def show_state(self, text: str | Content) -> None:
        """Says how things stand, on the line above all else."""
        self.query_one("#state", Static).update(Content(text) if isinstance(text, str) else text)

    def begin(self) -> None:
        """Makes room for a new attempt."""
        self.query_one(ChecksPane).reset()
        self.query_one(CurvePane).start()
        self._printed = ""
        self.query_one("#output", Static).update("")

    def happened(self, event: Event) -> None:
        """Shows what an attempt tells of itself before its end."""
        self._stop_loading()
        match event:
            case Warming():
                self._show_loading(event)
            case Started(isolation, warm):
                where = where_it_runs(isolation)
                self.show_state(f"Running · {where}{' · warm' if warm else ''} · escape cancels")
            case Metrics():
                self.query_one(CurvePane).add(event)
            case Output(text):
                self._printed = (self._printed + text)[-MOST_OUTPUT:]
                self.query_one("#output", Static).update(Content(f"Output\n{self._printed}"))
            case CheckStarted(check):
                self.query_one(ChecksPane).running(check)
            case CheckDone(result):
                self.query_one(ChecksPane).done(result)

    def finish(self, verdict: Verdict, returns: str | None, log: Path) -> None:
        """Shows the verdict; `returns` says when the exercise comes back, `log` is where faults are told."""
        self._stop_loading()
        self.query_one(CurvePane).finish()
        checks = self.query_one(ChecksPane)
        checks.reset()
        for result in verdict.checks:
            checks.done(result)
        self.show_state(_told(verdict, returns, log))

    def _show_loading(self, warming: Warming) -> None:
        began = monotonic()

        def show() -> None:
            self.show_state(loading(warming, monotonic() - began))

        show()
        self._loading = self.set_interval(0.2, show)

    def _stop_loading(self) -> None:
        if self._loading:
            self._loading.stop()
            self._loading = None


def where_it_runs(isolation: str) -> str:
    """A tier of isolation, in words."""
    return "not sandboxed" if isolation == PROCESS else f"sandboxed ({isolation})"


def _told(verdict: Verdict, returns: str | None, log: Path) -> Content:
    """The verdict in a line or two."""
    score = f"{verdict.score:g}/{verdict.max_score:g} points in {verdict.seconds:.1f} s"
    match verdict.state:
        case State.PASSED:
            head = (f"✓ Passed: {score}.", "bold $text-success")
        case State.NOT_ATTEMPTED:
            head = ("– Not attempted yet.", "bold")
        case State.CANCELLED:
            head = ("– Cancelled. It does not count.", "bold")
        case State.GRADER_ERROR:
            head = (
                "! The grader failed. That is not your fault and costs you nothing.",
                "bold $text-warning",
            )
        case _:
            head = (f"✗ Not yet: {score}.", "bold $text-error")
    parts: list[str | tuple[str, str]] = [head]
    if verdict.message:
        parts.append(f"\n{verdict.message}")
    if verdict.state is State.GRADER_ERROR:
        parts.append(f"\nWhat happened is in {log}; please report it.")
    if returns and verdict.state is State.PASSED:
        parts.append(f" {returns}")
    return Content.assemble(*parts)
