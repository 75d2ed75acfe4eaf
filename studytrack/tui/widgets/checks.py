"""The checks of an exercise, turning one by one while it is graded."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studytrack.grading.manifest import CheckEntry
from studytrack.grading.verdict import CheckResult, State

SIGNS: dict[State | None, tuple[str, str]] = {
    None: ("·", "$text-muted"),
    State.PASSED: ("✓", "$text-success"),
    State.PARTIAL: ("◐", "$text-warning"),
    State.NOT_ATTEMPTED: ("–", "$text-muted"),
    State.SKIPPED: ("–", "$text-muted"),
    State.CANCELLED: ("–", "$text-muted"),
    State.GRADER_ERROR: ("!", "$text-warning"),
}
FAILED = ("✗", "$text-error")
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
        #said { padding: 0 0 0 5; display: none; }
    }
    """

    def __init__(self, check: CheckEntry) -> None:
        super().__init__()
        self._check = check

    def compose(self) -> ComposeResult:
        yield Static(self._line("·", "$text-muted", "", self._check.points), id="line")
        yield Static(id="said")

    def reset(self) -> None:
        """Waits for its turn."""
        self._show(self._line("·", "$text-muted", "", self._check.points))

    def running(self) -> None:
        self._show(self._line("…", "$text-primary", " (running)", self._check.points))

    def done(self, result: CheckResult) -> None:
        sign, style = SIGNS.get(result.state, FAILED)
        word = f" ({WORDS[result.state]})" if result.state in WORDS else ""
        self._show(self._line(sign, style, word, result.points), result.message)

    def _line(self, sign: str, style: str, word: str, points: float) -> Content:
        return Content.assemble(
            (f"{sign} ", style), f"{points:g}  {self._check.title}", (word, "$text-muted")
        )

    def _show(self, line: Content, message: str = "") -> None:
        self.query_one("#line", Static).update(line)
        said = self.query_one("#said", Static)
        said.update(with_code(message))
        said.display = bool(message)


class ChecksPane(VerticalScroll):
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


def with_code(text: str) -> Content:
    """A message in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return Content(text)
    return Content.assemble(*((part, "$text-accent") if n % 2 else part for n, part in enumerate(parts)))
