"""How a check can end other than by passing: raised inside it, turned into a result by the runner."""

from __future__ import annotations

from dataclasses import replace

from studytrack.grading.verdict import Finding, State


class Unmet(Exception):  # noqa: N818 - an outcome, not an error
    """The check ends without its points; the next one can still run."""

    def __init__(
        self, state: State, problem: str, finding: Finding | None = None, mistakes: tuple[str, ...] = ()
    ) -> None:
        super().__init__(problem)
        self.state = state
        self.problem = problem
        self._finding = finding
        self.mistakes = mistakes
        """What there is to say to each known mistake that leads to this answer; the first is named."""

    @property
    def message(self) -> str:
        hint = self.finding.mistake if self.finding else ""
        return f"{self.problem} {hint}".rstrip()

    @property
    def finding(self) -> Finding | None:
        """The wrong answer in parts, the first mistake named."""
        if self._finding is None or not self.mistakes:
            return self._finding
        return replace(self._finding, mistake=self.mistakes[0])

    def naming(self, mistakes: tuple[str, ...]) -> Unmet:
        """The same with other mistakes."""
        return Unmet(self.state, self.problem, self._finding, mistakes)

    def during(self, call: str) -> Unmet:
        """The same, with the call in which it happened."""
        return Unmet(self.state, f"{self.problem}\n{call}", self._finding, self.mistakes)


class AttemptOver(BaseException):
    """The learner's process is gone, so no later check can run.

    Not an Exception: no `except Exception` in an exercise's checks may swallow it.
    """

    def __init__(self, state: State, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.message = message

    def during(self, call: str) -> AttemptOver:
        """The same, with the call in which it happened."""
        return AttemptOver(self.state, f"{self.message}\n{call}")
