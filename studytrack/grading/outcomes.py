"""How a check can end other than by passing: raised inside it, turned into a result by the runner."""

from __future__ import annotations

from studytrack.grading.verdict import State


class Unmet(Exception):  # noqa: N818 - an outcome, not an error
    """The check ends without its points; the next one can still run."""

    def __init__(self, state: State, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.message = message


class AttemptOver(BaseException):
    """The learner's process is gone, so no later check can run.

    Not an Exception: no `except Exception` in an exercise's checks may swallow it.
    """

    def __init__(self, state: State, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.message = message
