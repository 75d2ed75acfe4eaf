"""What the events say, and what they say once some were taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from studytrack.progress.events import Answer, Attempt, Body, Event, Hint, Rate, Solution, Tick, Undo, Untick
from studytrack.progress.ids import next_id
from studytrack.progress.state import State, replay

STEP = "neural-net-foundations/video"
LINE = "neural-net-foundations/fit_quadratic"


class Log:
    """A log in memory, a minute between events."""

    def __init__(self, now: datetime) -> None:
        self.events: list[Event] = []
        self._at = now

    def add(self, subject: str, body: Body) -> str:
        self._at += timedelta(minutes=1)
        last = self.events[-1].id if self.events else None
        event = Event(next_id(last, self._at), self._at, "laptop", subject, body)
        self.events.append(event)
        return event.id

    def undo(self) -> str:
        action = self.state.undoable()
        assert action
        return self.add(action.subject, Undo(events=action.events))

    @property
    def state(self) -> State:
        return replay(self.events)


@pytest.fixture
def log(now: datetime) -> Log:
    return Log(now)


def answer(rating: int = 3, cram: bool = False) -> Answer:
    return Answer(given="slope", correct=rating > 1, rating=rating, cram=cram)


def attempt(state: str) -> Attempt:
    return Attempt(
        state=state,
        score=5.0 * (state == "passed"),
        max_score=5.0,
        checks=(),
        seconds=0.3,
        isolation="process",
        code="x = 1",
    )


def test_a_box_is_ticked_until_it_is_emptied(log: Log) -> None:
    log.add(STEP, Tick())
    first = log.events[0].at
    log.add(STEP, Tick())
    assert log.state.ticked(STEP)
    assert log.state.ticks == {STEP: first}

    log.add(STEP, Untick())
    assert not log.state.ticked(STEP)
    assert STEP not in log.state.ticks


def test_an_answer_counts_as_it_was_last_rated(log: Log) -> None:
    given = log.add("derivative", answer(1))
    log.add("derivative", answer(3, cram=True))
    log.add("derivative", Rate(answer=given, correct=True, rating=3))
    log.add("derivative", Rate(answer=given, correct=True, rating=4))

    first, second = log.state.answers["derivative"]
    assert (first.id, first.correct, first.rating, first.cram) == (given, True, 4, False)
    assert (second.rating, second.cram) == (3, True)


def test_hints_and_solution_belong_to_the_attempts_up_to_the_next_pass(log: Log) -> None:
    for body in (Hint(number=1), Hint(number=2), attempt("incorrect"), Solution(), attempt("passed")):
        log.add("fit_quadratic", body)
    state = log.state
    assert "fit_quadratic" not in state.hints
    assert "fit_quadratic" not in state.solutions

    log.add("fit_quadratic", Hint(number=1))
    log.add("fit_quadratic", attempt("passed"))
    attempts = log.state.attempts["fit_quadratic"]
    seen = [(attempt.passed, attempt.hints, attempt.solution_seen) for attempt in attempts]
    assert seen == [(False, 2, False), (True, 2, True), (True, 1, False)]


def test_an_open_ladder_and_solution_are_known(log: Log) -> None:
    log.add("fit_quadratic", Hint(number=1))
    log.add("fit_quadratic", Solution())
    seen = log.events[-1].at
    log.add("fit_quadratic", Solution())
    log.add("fit_quadratic", Hint(number=2))
    assert log.state.hints == {"fit_quadratic": 2}
    assert log.state.solutions == {"fit_quadratic": seen}


def test_undo_goes_back_one_action_at_a_time(log: Log) -> None:
    log.add(STEP, Tick())
    given = log.add("derivative", answer(1))
    rated = log.add("derivative", Rate(answer=given, correct=True, rating=3))
    tried = log.add("fit_quadratic", attempt("passed"))
    ticked = log.add(LINE, Tick(by=tried))

    action = log.state.undoable()
    assert action
    assert (action.kind, action.subject, action.events) == ("attempt", "fit_quadratic", (tried, ticked))
    log.undo()
    assert not log.state.ticked(LINE)
    assert log.state.attempts == {}

    action = log.state.undoable()
    assert action
    assert (action.kind, action.subject, action.events) == ("answer", "derivative", (given, rated))
    log.undo()
    assert log.state.answers == {}

    log.undo()
    assert not log.state.ticked(STEP)
    assert log.state.undoable() is None


def test_hints_and_solutions_cannot_be_unseen(log: Log) -> None:
    ticked = log.add(STEP, Tick())
    log.add("fit_quadratic", Hint(number=1))
    log.add("fit_quadratic", Solution())
    action = log.state.undoable()
    assert action
    assert action.events == (ticked,)


def test_undoing_a_pass_opens_its_hints_again(log: Log) -> None:
    log.add("fit_quadratic", Hint(number=1))
    log.add("fit_quadratic", attempt("passed"))
    log.undo()
    assert log.state.hints == {"fit_quadratic": 1}


def test_an_untick_can_be_undone(log: Log) -> None:
    log.add(STEP, Tick())
    log.add(STEP, Untick())
    log.undo()
    assert log.state.ticked(STEP)


def test_an_undo_can_be_undone(log: Log) -> None:
    log.add(STEP, Tick())
    undone = log.undo()
    redone = log.add(STEP, Undo(events=(undone,)))
    assert log.state.ticked(STEP)
    log.add(STEP, Undo(events=(redone,)))
    assert not log.state.ticked(STEP)


def test_an_event_that_comes_twice_counts_once(log: Log) -> None:
    log.add("derivative", answer())
    state = log.state
    state.apply(log.events[0])
    assert len(state.answers["derivative"]) == 1
