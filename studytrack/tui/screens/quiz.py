"""The quiz: one question, no clutter; after the answer why, and when it returns."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytrack.quiz.marking import right_answer
from studytrack.quiz.reading import Unreadable
from studytrack.quiz.sitting import Sitting
from studytrack.quizzing import Answered, Asked
from studytrack.times import at_time, clock_time, in_days
from studytrack.tui.widgets.answer_field import AnswerField
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.prose import Prose
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
NAMES = {AGAIN: "again", HARD: "hard", GOOD: "good", EASY: "easy"}


class QuizScreen(Screen[None]):
    """Asks the questions of a sitting."""

    CSS = """
    QuizScreen {
        #page { padding: 1 2; }
        #marking { padding: 0 1; display: none; text-style: bold; }
        #ratings { padding: 1 1 0 1; display: none; }
    }
    """
    HELP = """
Answer with the number of a choice, or type and press **enter**. Of several choices, numbers
or space mark them and **enter** answers. Afterwards **enter** goes on with the rating that is
marked; **2 3 4** say that it was hard, good or easy, **1** that it should come again. **0** overrules
the marking. **u** takes the last answer back. After a hint (**f2**) a right answer counts as hard.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Answer/next", id="quiz.go_on", priority=True),
        *(Binding(str(n), f"digit({n})", NAMES.get(n, ""), id=f"quiz.{n}", show=False) for n in range(1, 10)),
        Binding("0", "overrule", "I was right/wrong", id="quiz.overrule"),
        Binding("f2,h", "hint", "Hint", id="quiz.hint"),
        Binding("u,ctrl+z", "take_back", "Undo", id="quiz.undo"),
        Binding("escape", "end", "End", id="quiz.end"),
    ]
    app: StudytrackApp

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._asked: Asked | None = None
        self._answered: Answered | None = None
        self._given = ""
        """What was answered and is yet to be rated, for an explanation."""
        self._hinted = False
        self._began = time.monotonic()
        self._marks: list[bool] = []

    def compose(self) -> ComposeResult:
        yield TopBar("Quiz")
        with VerticalScroll(id="page"):
            yield Prose(id="prompt")
            yield AnswerField()
            yield Static(id="marking")
            yield Prose(id="why")
            yield Static(id="ratings")
        yield KeyLine()

    async def on_mount(self) -> None:
        await self._ask()

    # Asking

    async def _ask(self) -> None:
        """Shows the next question, or the end."""
        self._answered, self._given, self._hinted = None, "", False
        await self._clear()
        self.query_one(AnswerField).hide()
        question_id = self.sitting.next
        if question_id is None:
            self._asked = None
            await self._end()
            return
        asked = self._asked = self.app.study.quiz.ask(question_id)
        self._began = time.monotonic()
        bar = self.query_one(TopBar)
        bar.place = f"Quiz · {self.sitting.done + 1} of {self.sitting.total} · {asked.question.topic}"
        bar.status = _known(asked)
        await self.query_one("#prompt", Prose).show(asked.question.prompt)
        self.query_one(AnswerField).offer(asked)
        self.refresh_bindings()
        self.query_one("#page").scroll_home(animate=False)

    async def _clear(self) -> None:
        """Takes off the screen what is said to an answer."""
        await self.query_one("#why", Prose).show("")
        self.query_one("#marking").display = False
        self.query_one("#ratings").display = False

    async def _end(self) -> None:
        right = sum(self._marks)
        bar = self.query_one(TopBar)
        bar.place, bar.status = "Quiz · done", ""
        told = (
            f"# Done\n\n{right} of {len(self._marks)} answers were right.\n\n"
            if self._marks
            else "# Done\n\n"
        )
        await self.query_one("#prompt", Prose).show(
            told + "What was wrong comes back tomorrow, the rest when it is about to be forgotten.\n\n"
            "**enter** goes back, **u** takes the last answer back."
        )
        self.query_one("#page").focus()
        self.refresh_bindings()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Shows in the footer only what makes sense now."""
        answered = self._answered is not None
        match action:
            case "overrule":
                return answered
            case "hint":
                return self._asked is not None and not answered and not self._given
        return True

    # Answering

    async def action_go_on(self) -> None:
        """Answers; after the answer, goes on to the next question."""
        if self._asked is None:
            await self.app.action_back()
        elif self._answered:
            await self._next(self._answered)
        elif self._given:
            await self._judged(GOOD)
        else:
            await self._answer(self._asked)

    async def action_digit(self, number: int) -> None:
        """A choice before the answer, a rating after it."""
        if self._asked is None:
            return
        if self._answered or self._given:
            await self._rate(number)
        elif self.query_one(AnswerField).choose(number):
            await self._answer(self._asked)

    async def _answer(self, asked: Asked) -> None:
        given = self.query_one(AnswerField).value
        try:
            marking = self.app.study.quiz.mark(asked, given)
        except Unreadable as error:
            self.app.notify(str(error), severity="warning", markup=False)
            return
        if marking.correct is None:
            self._given = given
            await self._show_rubric(asked)
            return
        answered = self.app.safely(
            lambda: self.app.study.quiz.answer(
                asked, given, hinted=self._hinted, seconds=time.monotonic() - self._began
            )
        )
        if answered:
            self._answered = answered
            await self._show_marking(asked, answered)

    async def _show_marking(self, asked: Asked, answered: Answered) -> None:
        self._lock()
        sign = ("✓ Right.", "$text-success") if answered.correct else ("✗ Not right.", "$text-error")
        self._say("#marking", Content.styled(*sign))
        right = "" if answered.correct else f"The answer: {_listed(right_answer(asked.question))}"
        await self.query_one("#why", Prose).show(
            "\n\n".join(
                part
                for part in (answered.message, right, asked.question.explanation, self._where(asked))
                if part
            )
        )
        self._show_ratings(answered)

    async def _show_rubric(self, asked: Asked) -> None:
        self._lock()
        self._say("#marking", Content("Judge it yourself: a full answer mentions"))
        lines = "\n".join(f"- {line}" for line in asked.rubric)
        await self.query_one("#why", Prose).show(
            f"{lines}\n\n{asked.question.explanation}\n\n{self._where(asked)}"
        )
        intervals = self.app.study.quiz.intervals(asked.question.id)
        self._say("#ratings", _offers(intervals, GOOD, (AGAIN, HARD, GOOD, EASY)))
        self.refresh_bindings()

    def _lock(self) -> None:
        self.query_one(AnswerField).freeze()
        self.query_one("#page").focus()

    def _show_ratings(self, answered: Answered) -> None:
        offered = (HARD, GOOD, EASY) if answered.correct else (AGAIN,)
        overrule = "   0 I was wrong" if answered.correct else "   0 I was right"
        self._say(
            "#ratings", Content.assemble(_offers(answered.intervals, answered.rating, offered), overrule)
        )
        self.refresh_bindings()

    def _say(self, selector: str, content: Content) -> None:
        line = self.query_one(selector, Static)
        line.update(content)
        line.display = True
        self.call_after_refresh(line.scroll_visible, animate=False)

    def _where(self, asked: Asked) -> str:
        """Where in the lesson the answer can be read again."""
        place = asked.question.place
        if place is None:
            return ""
        lesson = self.app.study.library.lesson(asked.lesson)
        parts = []
        titles = {note.id: note.title for top in lesson.notes for _, note in top.walk()}
        if place.note and titles.get(place.note):
            parts.append(f"Notes: {titles[place.note]}")
        if place.at is not None and lesson.video:
            at = int(place.at)
            parts.append(f"[Video {clock_time(at)}]({at_time(lesson.video, at)})")
        if place.link:
            parts.append(f"<{place.link}>")
        return f"*{' · '.join(parts)}*" if parts else ""

    # Rating

    async def _rate(self, rating: int) -> None:
        if rating not in NAMES:
            return
        if self._given and not self._answered:
            await self._judged(rating)
            return
        answered = self._answered
        if answered is None:
            return
        if not answered.correct and rating != AGAIN:
            self.app.notify("A wrong answer comes again; 0 says that you were right.")
            return
        rate = partial(self.app.study.quiz.rate, answered, rating)
        rated = answered if rating == answered.rating else self.app.safely(rate)
        if rated:
            await self._next(rated)

    async def _judged(self, rating: int) -> None:
        """An explanation was rated by the learner."""
        asked = self._asked
        if asked is None:
            return
        answered = self.app.safely(
            lambda: self.app.study.quiz.answer(
                asked, self._given, rating, hinted=self._hinted, seconds=time.monotonic() - self._began
            )
        )
        if answered:
            await self._next(answered)

    async def action_overrule(self) -> None:
        """I was right, or I was wrong, whatever the marking says."""
        answered = self._answered
        if answered is None or self._asked is None:
            return
        right = not answered.correct
        rating = GOOD if right else AGAIN
        changed = self.app.safely(partial(self.app.study.quiz.rate, answered, rating, correct=right))
        if changed:
            self._answered = changed
            await self._show_marking(self._asked, changed)

    async def _next(self, answered: Answered) -> None:
        self._marks.append(answered.correct)
        self.sitting = self.sitting.answered(answered.question, answered.rating)
        await self._ask()

    # Besides

    async def action_hint(self) -> None:
        if self._asked and not self._answered and not self._given:
            self._hinted = True
            hint = self._asked.question.hint
            await self.query_one("#why", Prose).show(
                f"**Hint.** {hint}" if hint else "There is no hint for this one."
            )

    async def action_end(self) -> None:
        """Ends the sitting; an explanation that is not judged yet would be lost, so it is asked for first."""
        if self._given and not self._answered:
            self.app.notify("Judge it first, with 1 to 4, or it is not kept; u goes on writing.")
        else:
            await self.app.action_back()

    async def action_take_back(self) -> None:
        """Takes the last answer back, whether the next question is shown already or not."""
        if self._given and not self._answered:
            self._given = ""
            await self._clear()
            self.query_one(AnswerField).thaw()
            self.refresh_bindings()
            return
        if self._answered is None:
            if self.sitting.before is None:
                self.app.notify("There is no answer in this sitting to take back.")
                return
            self.sitting = self.sitting.undone()
            self._marks.pop()
        if undone := self.app.safely(self.app.study.undo):
            self.app.notify(f"Taken back: {undone}.", timeout=4, markup=False)
        await self._ask()

    @on(AnswerField.Given)
    async def _given_by_click(self) -> None:
        if self._asked and not self._answered:
            await self._answer(self._asked)


def _known(asked: Asked) -> str:
    if not asked.seen:
        return "new"
    if asked.likely is None:
        return "asked today"
    times = "once" if asked.seen == 1 else f"{asked.seen} times"
    return f"seen {times} · {asked.likely:.0%} likely to be known"


def _offers(intervals: Mapping[int, int], marked: int, offered: tuple[int, ...]) -> Content:
    """The ratings that can be given, each with when the question returns; the marked one is enter's."""
    parts: list[str | tuple[str, str]] = []
    for rating in offered:
        days = intervals[rating]
        text = f"{rating} {NAMES[rating]} · {in_days(days) if days else 'soon, then tomorrow'}"
        parts += [(f"▸{text}", "bold $accent") if rating == marked else f" {text}", "   "]
    return Content.assemble(*parts)


def _listed(answer: str) -> str:
    return f"\n\n{answer}" if answer.startswith("- ") else answer
