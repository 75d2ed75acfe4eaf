"""The state of an attempt follows from those of its checks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.grading.messages import Finished
from studytrack.grading.protocol import RunEvent, from_grader, to_line
from studytrack.grading.verdict import CheckResult, State, Verdict, aggregate, verdict_from_json

PASSED, INCORRECT, SKIPPED = State.PASSED, State.INCORRECT, State.SKIPPED
NOT_ATTEMPTED, LEARNER_ERROR, TIMEOUT = State.NOT_ATTEMPTED, State.LEARNER_ERROR, State.TIMEOUT


def result(state: State) -> CheckResult:
    return CheckResult("id", "title", state, float(state is PASSED), 1.0, "why")


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([PASSED, PASSED], PASSED),
        ([PASSED, INCORRECT], State.PARTIAL),
        ([PASSED, NOT_ATTEMPTED], State.PARTIAL),
        ([PASSED, LEARNER_ERROR], State.PARTIAL),
        ([PASSED, TIMEOUT, SKIPPED], TIMEOUT),
        ([INCORRECT, NOT_ATTEMPTED], INCORRECT),
        ([INCORRECT, LEARNER_ERROR], LEARNER_ERROR),
        ([NOT_ATTEMPTED, NOT_ATTEMPTED], NOT_ATTEMPTED),
        ([NOT_ATTEMPTED, SKIPPED], NOT_ATTEMPTED),
        ([PASSED, State.GRADER_ERROR], State.GRADER_ERROR),
        ([TIMEOUT, State.GRADER_ERROR], State.GRADER_ERROR),
        ([PASSED, State.CANCELLED], State.CANCELLED),
        ([PASSED, State.BLOCKED], State.BLOCKED),
        ([State.OUTPUT_FLOOD, SKIPPED], State.OUTPUT_FLOOD),
    ],
)
def test_the_rule(states: list[State], whole: State) -> None:
    assert aggregate(map(result, states)) is whole


@given(st.lists(st.sampled_from(State), min_size=1))
def test_passed_means_all_of_them(states: list[State]) -> None:
    assert (aggregate(map(result, states)) is PASSED) == (set(states) == {PASSED})


@given(st.lists(st.sampled_from(State)), st.text())
def test_a_verdict_survives_its_json_and_the_wire(states: list[State], text: str) -> None:
    checks = tuple(map(result, states))
    verdict = Verdict("exercise", "file.py", aggregate(checks), 1.0, 2.0, checks, "process", 0.1, text, text)
    assert verdict_from_json(verdict.as_json()) == verdict
    message = RunEvent(3, Finished(verdict, text))
    assert from_grader(to_line(message)) == message
    assert to_line(message).count(b"\n") == 1
