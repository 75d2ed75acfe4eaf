"""The checks of an exercise, turning one by one while it is graded."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from studytrack.grading.manifest import CheckEntry
from studytrack.grading.verdict import CheckResult, State
from studytrack.tui.widgets.labelled import Labelled, Rows
from studytrack.tui.widgets.prose import with_code

SIGNS = {
    State.PASSED: ("✓", "$text-success"),
    State.PARTIAL: ("◐", "$text-warning"),
    State.NOT_ATTEMPTED: ("–", "$foreground-muted"),
    State.SKIPPED: ("–", "$foreground-muted"),
    State.CANCELLED: ("–", "$foreground-muted"),
    State.GRADER_ERROR: ("!", "$text-warning"),
}
FAILED = ("✗", "$text-error")
WAITING = ("·", "$foreground-muted")
RUNNING = ("…", "$text-primary")
WORDS = {
    State.NOT_ATTEMPTED: "not attempted",
    State.SKIPPED: "skipped",
    State.LEARNER_ERROR: "your code stopped with an error",
    State.TIMEOUT: "ran out of time",
    State.OUT_OF_MEMORY: "ran out of memory",
    State.OUTPUT_FLOOD: "printed too much",
    State.BLOCKED: "blocked",
    State.CANCELLED: "cancelled",
    State.GRADER_ERROR: "the grader's own fault",
}


class CheckLine(Vertical):
    """One check: its sign, points, title, and what it has to say."""

    DEFAULT_CSS = """
    CheckLine {
        height: auto;
        padding: 0 1;
        Horizontal { height: auto; }
        #sign { width: auto; min-width: 5; padding: 0 1 0 0; }
        #title { width: 1fr; }
        #said, #parts, #mistake { padding: 0 0 0 5; display: none; height: auto; }
    }
    """

    def __init__(self, check: CheckEntry) -> None:
        super().__init__()
        self._check = check

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="sign")
            yield Static(id="title")
        yield Static(id="said")
        yield Labelled(id="parts")
        yield Static(id="mistake")

    def on_mount(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Waits for its turn."""
        self._show(WAITING, self._check.points)

    def running(self) -> None:
        self._show(RUNNING, self._check.points, " (running)")

    def done(self, result: CheckResult) -> None:
        word = f" ({WORDS[result.state]})" if result.state in WORDS else ""
        self._show(SIGNS.get(result.state, FAILED), result.points, word)
        found = result.finding
        if found is None:
            self._say(result.message)
            return
        rows = found.rows()
        heading = "" if rows[0][0] else f"{rows.pop(0)[1]}:"
        self._say(heading, rows, found.mistake)

    def _show(self, sign: tuple[str, str], points: float, word: str = "") -> None:
        self.query_one("#sign", Static).update(Content.assemble(sign, f" {points:g}"))
        title = Content.assemble(self._check.title, (word, "$foreground-muted"))
        self.query_one("#title", Static).update(title)
        self._say("")

    def _say(self, text: str, rows: Rows = (), mistake: str = "") -> None:
        said, named = self.query_one("#said", Static), self.query_one("#mistake", Static)
        said.update(with_code(text))
        named.update(Content.assemble(("→ ", "$text-warning"), with_code(mistake)))
        parts = self.query_one("#parts", Labelled)
        parts.show(rows)
        said.display, parts.display, named.display = bool(text), bool(rows), bool(mistake)


class ChecksPane(Vertical):
    """All checks, and the points."""

    DEFAULT_CSS = """
    ChecksPane { height: auto; #score { padding: 0 1; text-style: bold; } }
    """

    def __init__(self, checks: Sequence[CheckEntry]) -> None:
        super().__init__(id="checks")
        self._checks = checks
        self._lines = {check.id: CheckLine(check) for check in checks}
        self._most = sum(check.points for check in checks)
        self._points = 0.0

    def compose(self) -> ComposeResult:
        yield Static(self._score(), id="score")
        yield from self._lines.values()

    def reset(self) -> None:
        """All wait for a new attempt."""
        self._points = 0.0
        for line in self._lines.values():
            line.reset()
        self.query_one("#score", Static).update(self._score())

    def running(self, check: str) -> None:
        self._lines[check].running()

    def done(self, result: CheckResult) -> None:
        self._points += result.points
        self._lines[result.id].done(result)
        self.query_one("#score", Static).update(self._score())

    def _score(self) -> Content:
        return Content(f"Checks  {self._points:g}/{self._most:g} points")
