"""However the events come and whatever is taken back, a replay says the same."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from studytrack.progress.events import Answer, Attempt, Body, Event, Hint, Rate, Solution, Tick, Undo, Untick
from studytrack.progress.ids import next_id
from studytrack.progress.state import State, replay

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
SUBJECTS = ("lesson/video", "lesson/book", "derivative", "fit_quadratic")


def observed(state: State) -> object:
    """Everything that can be asked of a state."""
    return (
        dict(state.ticks),
        dict(state.answers),
        dict(state.attempts),
        dict(state.hints),
        dict(state.solutions),
        state.undoable(),
    )


def with_next(events: list[Event], subject: str, body: Body) -> list[Event]:
    last = events[-1].id if events else None
    return [*events, Event(next_id(last, NOW), NOW, "laptop", subject, body)]


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Logs in which everything happens, undo of every sort included."""
    events: list[Event] = []
    for _ in range(draw(st.integers(0, 25))):
        events = draw(_one_more(events))
    return events


@st.composite
def _one_more(draw: st.DrawFn, events: list[Event]) -> list[Event]:
    subject = draw(st.sampled_from(SUBJECTS))
    kind = draw(st.sampled_from(("tick", "untick", "answer", "rate", "attempt", "seen", "undo", "any undo")))
    ids = [event.id for event in events]
    match kind:
        case "tick":
            return with_next(events, subject, Tick())
        case "untick":
            return with_next(events, subject, Untick())
        case "answer":
            rating = draw(st.integers(1, 4))
            return with_next(events, subject, Answer(given="", correct=rating > 1, rating=rating))
        case "rate":
            answers = [event for event in events if event.kind == "answer"]
            if not answers:
                return events
            answer = draw(st.sampled_from(answers))
            rating = draw(st.integers(1, 4))
            return with_next(
                events, answer.subject, Rate(answer=answer.id, correct=rating > 1, rating=rating)
            )
        case "attempt":
            return _attempt(events, subject, passed=draw(st.booleans()))
        case "seen":
            looks: tuple[Body, ...] = (Hint(number=1), Hint(number=2), Solution())
            seen = draw(st.sampled_from(looks))
            return with_next(events, subject, seen)
        case "undo":
            action = replay(events).undoable()
            return with_next(events, action.subject, Undo(events=action.events)) if action else events
        case _:
            if not ids:
                return events
            taken = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4))
            return with_next(events, subject, Undo(events=tuple(taken)))


def _attempt(events: list[Event], subject: str, passed: bool) -> list[Event]:
    body = Attempt(
        state="passed" if passed else "incorrect",
        score=float(passed),
        max_score=1.0,
        checks=(),
        seconds=0.3,
        isolation="process",
        code="",
    )
    events = with_next(events, subject, body)
    return with_next(events, f"lesson/{subject}", Tick(by=events[-1].id)) if passed else events


@given(logs())
def test_one_event_at_a_time_comes_to_the_same_as_all_at_once(events: list[Event]) -> None:
    state = State()
    for count, event in enumerate(events, 1):
        state.apply(event)
        assert observed(state) == observed(replay(events[:count]))


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(events: list[Event], random: Random) -> None:
    shuffled = random.sample(events, len(events))
    assert observed(replay(shuffled)) == observed(replay(events))


@given(logs())
def test_undo_is_exact(events: list[Event]) -> None:
    action = replay(events).undoable()
    if action:
        undone = with_next(events, action.subject, Undo(events=action.events))
        never = [event for event in events if event.id not in action.events]
        assert observed(replay(undone)) == observed(replay(never))


@given(logs(), st.data())
def test_whatever_is_taken_back_never_was(events: list[Event], data: st.DataObject) -> None:
    taken = data.draw(st.sets(st.sampled_from([e.id for e in events]), min_size=1)) if events else set()
    if taken:
        undone = with_next(events, "anything", Undo(events=tuple(taken)))
        never = [event for event in events if event.id not in taken]
        assert observed(replay(undone)) == observed(replay(never))


@given(logs())
def test_redo_is_exact(events: list[Event]) -> None:
    action = replay(events).undoable()
    if action:
        undone = with_next(events, action.subject, Undo(events=action.events))
        redone = with_next(undone, action.subject, Undo(events=(undone[-1].id,)))
        assert observed(replay(redone)) == observed(replay(events))


@given(logs())
def test_undo_comes_to_an_end_with_nothing_left_to_undo(events: list[Event]) -> None:
    state = replay(events)
    while action := state.undoable():
        events = with_next(events, action.subject, Undo(events=action.events))
        state.apply(events[-1])
    assert not state.ticks
    assert not state.answers
    assert not state.attempts
