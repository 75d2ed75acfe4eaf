"""A study end to end, without a face: what a learner does comes to what a learner would expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytrack.errors import UsageError
from studytrack.grading.verdict import CheckResult, State, Verdict
from studytrack.paths import Home
from studytrack.study import Study

START = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
LESSON = "neural-net-foundations"
PASSED = Verdict(
    exercise="fit_quadratic",
    file="fit_quadratic.py",
    state=State.PASSED,
    score=1.0,
    max_score=1.0,
    checks=(CheckResult("one", "One", State.PASSED, 1.0, 1.0),),
    isolation="process",
    seconds=0.1,
)


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move_on(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def study(tmp_path: Path, clock: Clock) -> Iterator[Study]:
    study = Study(Home(tmp_path / "home"), clock)
    study.change_setting("time_zone", "UTC")
    yield study
    study.close()


def wrong_and_right(study: Study, question: str) -> tuple[str, str]:
    asked = study.quiz.ask(question)
    answers = [str(number) for number, _ in enumerate(asked.choices, 1)]
    right = next(answer for answer in answers if study.quiz.mark(asked, answer).correct)
    return next(answer for answer in answers if answer != right), right


def a_choice(study: Study) -> str:
    return next(q.id for q in study.library.questions.values() if q.kind == "choice")


def test_a_fresh_home_says_where_to_begin(study: Study) -> None:
    today = study.today()
    assert today.next_step is not None
    assert today.next_step.subject == f"{LESSON}/video"
    assert not today.reviews
    assert today.streak == 0


def test_a_tick_begins_the_lesson_and_brings_its_questions(study: Study) -> None:
    assert not study.today().new
    study.tick(f"{LESSON}/video")
    today = study.today()
    assert len(today.new) == study.settings.new_a_day
    assert today.next_step is not None
    assert today.next_step.subject != f"{LESSON}/video"
    assert today.streak == 1


def test_a_tick_can_be_taken_back_and_done_again(study: Study) -> None:
    study.tick(f"{LESSON}/video")
    assert study.undo() == "the tick of Video: lesson 3"
    assert not study.state.ticked(f"{LESSON}/video")
    assert study.undo() is None


def test_what_is_unknown_is_named_with_the_nearest(study: Study) -> None:
    with pytest.raises(UsageError, match="did you mean 'neural-net-foundations/video'"):
        study.tick(f"{LESSON}/vidoe")
    with pytest.raises(UsageError, match="did you mean 'neural-net-foundations'"):
        study.page("neural-net-foundation")
    with pytest.raises(UsageError, match="did you mean 'fit_quadratic'"):
        study.practice.start("fit_quadratics")


def test_a_wrong_answer_comes_back_the_next_day_and_a_right_one_later(study: Study, clock: Clock) -> None:
    question = a_choice(study)
    wrong, _ = wrong_and_right(study, question)
    study.quiz.answer(study.quiz.ask(question), wrong)
    assert study.quiz.due(question) == "2026-11-02"  # in the same sitting
    _, right = wrong_and_right(study, question)
    study.quiz.answer(study.quiz.ask(question), right)
    assert study.quiz.due(question) == "2026-11-03"
    clock.move_on(days=1)
    assert study.today().reviews == (question,)
    _, right = wrong_and_right(study, question)
    study.quiz.answer(study.quiz.ask(question), right)
    assert not study.today().reviews


def test_the_interval_on_the_button_is_the_interval_given(study: Study) -> None:
    question = a_choice(study)
    _, right = wrong_and_right(study, question)
    answered = study.quiz.answer(study.quiz.ask(question), right)
    for rating in (2, 3, 4):
        study.quiz.rate(answered, rating)
        card = study.card(question)
        assert card is not None
        assert (card.due - study.day).days == answered.intervals[rating]


def test_undo_takes_back_an_answer_with_its_rating(study: Study) -> None:
    question = a_choice(study)
    _, right = wrong_and_right(study, question)
    before = study.today()
    answered = study.quiz.answer(study.quiz.ask(question), right)
    study.quiz.rate(answered, 4)
    assert study.undo() == f"the answer to the question on {study.library.question(question).topic}"
    assert study.card(question) is None
    assert study.today() == before


def test_the_learner_overrules_the_marking(study: Study) -> None:
    question = a_choice(study)
    wrong, _ = wrong_and_right(study, question)
    answered = study.quiz.answer(study.quiz.ask(question), wrong)
    study.quiz.rate(answered, 3, correct=True)
    [answer] = study.state.answers[question]
    assert (answer.correct, answer.rating) == (True, 3)


def test_passing_ticks_the_line_and_an_untick_holds_until_the_next_pass(study: Study) -> None:
    line = f"{LESSON}/fit_quadratic"
    study.practice.record_attempt(PASSED, "code")
    assert study.state.ticked(line)
    study.untick(line)
    assert not study.state.ticked(line)
    study.practice.record_attempt(replace(PASSED, state=State.INCORRECT, score=0.0), "code")
    assert not study.state.ticked(line)
    study.practice.record_attempt(PASSED, "code")
    assert study.state.ticked(line)


def test_undoing_an_attempt_empties_the_line_that_it_ticked(study: Study) -> None:
    study.practice.record_attempt(PASSED, "code")
    assert study.undo() == "the attempt at Fit a quadratic by gradient descent"
    assert not study.state.ticked(f"{LESSON}/fit_quadratic")
    assert study.card("fit_quadratic") is None


@pytest.mark.parametrize("state", [State.NOT_ATTEMPTED, State.CANCELLED, State.GRADER_ERROR])
def test_what_says_nothing_about_the_learner_leaves_no_trace(study: Study, state: State) -> None:
    assert study.practice.record_attempt(replace(PASSED, state=state, score=0.0), "code") is None
    assert not study.events()


def test_an_exercise_comes_back_when_it_is_due(study: Study, clock: Clock) -> None:
    study.practice.record_attempt(PASSED, "code")
    card = study.card("fit_quadratic")
    assert card is not None
    clock.move_on(days=(card.due - study.day).days)
    [practice] = study.today().practice
    assert practice.id == "fit_quadratic"
    assert practice.due_since == card.due.isoformat()


def test_passing_after_a_look_at_the_solution_returns_the_next_day(study: Study, clock: Clock) -> None:
    assert study.practice.solution_price("fit_quadratic") is not None
    study.practice.show_solution("fit_quadratic")
    assert study.practice.solution_price("fit_quadratic") is None
    study.practice.record_attempt(PASSED, "code")
    card = study.card("fit_quadratic")
    assert card is not None
    assert (card.due - study.day).days == 1


def test_a_quick_first_pass_is_easy_and_returns_later_than_a_slow_one(study: Study, clock: Clock) -> None:
    study.practice.start("fit_quadratic")
    clock.move_on(minutes=1)
    study.practice.record_attempt(PASSED, "code")
    quick = study.card("fit_quadratic")
    study.practice.start("tensors")
    clock.move_on(hours=1)
    study.practice.record_attempt(replace(PASSED, exercise="tensors"), "code")
    slow = study.card("tensors")
    assert quick is not None
    assert slow is not None
    assert quick.state.stability > slow.state.stability


def test_an_exercise_is_started_once_and_the_start_cannot_be_undone(study: Study) -> None:
    study.practice.start("tensors")
    study.practice.start("tensors")
    assert [event.kind for event in study.events()] == ["start"]
    assert study.undo() is None


def test_hints_come_one_at_a_time_and_end(study: Study) -> None:
    hints = study.library.exercise("fit_quadratic").manifest.hints
    taken = [study.practice.take_hint("fit_quadratic") for _ in range(len(hints) + 1)]
    assert taken == [*((n, hint) for n, hint in enumerate(hints, 1)), None]


def test_starting_again_never_overwrites_and_resetting_keeps_what_was_there(study: Study) -> None:
    file = study.practice.start("fit_quadratic")
    file.write_text("mine", encoding="utf-8")
    assert study.practice.start("fit_quadratic").read_text(encoding="utf-8") == "mine"
    kept = [study.practice.reset("fit_quadratic"), study.practice.reset("fit_quadratic")]
    assert kept[0].read_text(encoding="utf-8") == "mine"
    assert kept[0] != kept[1]
    assert file.read_text(encoding="utf-8").startswith('"""')


def test_two_instances_see_what_each_other_does(study: Study, clock: Clock) -> None:
    other = Study(study.home, clock)
    study.tick(f"{LESSON}/video")
    assert other.state.ticked(f"{LESSON}/video")
    assert other.undo() == "the tick of Video: lesson 3"
    assert not study.state.ticked(f"{LESSON}/video")
    other.close()


def test_today_is_stored_and_holds_until_something_changes(study: Study, clock: Clock) -> None:
    today = study.today()
    again = Study(study.home, clock)
    stored = again.stored_today()
    assert stored is not None
    assert (stored.today, stored.theme) == (today, "studytrack-dark")
    again.tick(f"{LESSON}/video")
    assert again.stored_today() is None
    again.today()
    assert again.stored_today() is not None
    clock.move_on(hours=11)  # past the rollover hour
    assert again.stored_today() is None
    again.close()


def test_the_rollover_hour_decides_what_day_it_is(study: Study, clock: Clock) -> None:
    clock.moment = datetime(2026, 11, 3, 3, 59, tzinfo=UTC)
    assert study.day.isoformat() == "2026-11-02"
    study.change_setting("rollover_hour", "0")
    assert study.day.isoformat() == "2026-11-03"


def test_own_notes_grow_line_by_line(study: Study) -> None:
    study.add_note(LESSON, "first")
    study.note_file(LESSON).write_text("no line end", encoding="utf-8")
    study.add_note(LESSON, "second", at=190)
    assert study.own_notes(LESSON) == (
        "no line end\n- [3:10](https://www.youtube.com/watch?v=hBBOjCiFcuo&t=190s) second\n"
    )
    assert "second" in study.page(LESSON).own_notes


def test_a_sitting_takes_the_due_first_and_no_more_new_ones_than_the_day_allows(
    study: Study, clock: Clock
) -> None:
    study.change_setting("new_a_day", "3")
    first = study.quiz.sitting(LESSON)
    assert first is not None
    assert first.total == 3
    for question in first.queue:
        answered = study.quiz.answer(study.quiz.ask(question), *_some_answer(study, question))
        study.quiz.rate(answered, 3, correct=True)
    assert study.quiz.sitting(LESSON) is None
    assert study.quiz.sitting(LESSON, cram=True) is not None


def _some_answer(study: Study, question: str) -> tuple[str, int]:
    return ("1", 3)
