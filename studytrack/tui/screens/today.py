"""Today: what now, and how long?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytrack.plan import LessonRow, Today
from studytrack.tui.widgets.key_line import KeyLine
from studytrack.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from studytrack.tui.app import StudytrackApp

BAR_WIDTH = 22
WEEK_BARS = "·▁▂▃▄▅▆▇█"


class TodayScreen(Screen[None]):
    """The first screen: the one thing to do next on top, all lessons below."""

    DEFAULT_CSS = """
    TodayScreen {
        #day { padding: 1 1 0 1; }
        OptionList {
            height: 1fr; border: none; padding: 1 1; background: $background;
            &:focus { border: none; background-tint: transparent; }
        }
    }
    """
    HELP = """
Here stands what to do now, in the order in which it does most good: **review** what is
about to be forgotten, go on with the **next step**, **practise** an exercise. Below are
all lessons. Move with ↑ ↓ or j k; enter opens what is marked.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="today.open", priority=True),
        Binding("r", "review", "Review", id="today.review"),
        Binding("n", "next_step", "Next step", id="today.next_step"),
        Binding("p", "practise", "Practise", id="today.practise"),
        Binding("l", "lesson", "Lesson", id="today.lesson"),
        Binding("j", "cursor('down')", "Down", show=False, id="today.down"),
        Binding("k", "cursor('up')", "Up", show=False, id="today.up"),
    ]
    app: StudytrackApp

    def __init__(self, today: Today | None) -> None:
        super().__init__()
        self._today = today

    def compose(self) -> ComposeResult:
        yield TopBar("Today", self._status())
        yield Static(self._headline(), id="day")
        yield OptionList(*self._options(), id="rows")
        yield KeyLine()

    def show(self, today: Today) -> None:
        """Draws what has changed, keeping the mark where it is."""
        if today == self._today:
            return
        self._today = today
        rows = self.query_one("#rows", OptionList)
        marked = rows.highlighted_option.id if rows.highlighted_option else None
        self.query_one(TopBar).status = self._status()
        self.query_one("#day", Static).update(self._headline())
        rows.set_options(self._options())
        ids = [option.id for option in rows.options]
        rows.highlighted = ids.index(marked) if marked in ids else 0

    def on_screen_resume(self) -> None:
        self.app.refresh_today()

    @on(OptionList.OptionSelected)
    def _row_chosen(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_id or "")

    def action_open(self) -> None:
        self.query_one("#rows", OptionList).action_select()

    def action_cursor(self, direction: str) -> None:
        rows = self.query_one("#rows", OptionList)
        rows.action_cursor_down() if direction == "down" else rows.action_cursor_up()

    def action_review(self) -> None:
        self.app.open_quiz()

    def action_next_step(self) -> None:
        self._open("next")

    def action_practise(self) -> None:
        self._open("practise/0")

    def action_lesson(self) -> None:
        if self._today and self._today.lessons:
            step = self._today.next_step
            self.app.open_lesson(step.lesson if step else self._today.lessons[0].id)
        elif self._today:
            self.app.notify("There is no lesson that can be read; `studytrack validate` says why.")

    def _open(self, row: str) -> None:
        today = self._today
        kind, _, which = row.partition("/")
        if not today:
            return
        if kind == "review":
            self.app.open_quiz()
        elif kind == "next" and today.next_step:
            self.app.open_lesson(today.next_step.lesson, today.next_step.subject)
        elif kind == "practise" and int(which) < len(today.practice):
            self.app.open_exercise(today.practice[int(which)].id)
        elif kind == "lesson":
            self.app.open_lesson(which)
        elif kind in {"next", "practise"}:
            self.app.notify("Nothing is waiting there: all of it is done.")

    def _status(self) -> str:
        if not self._today:
            return ""
        day = f"{date.fromisoformat(self._today.day):%a %d %b}"
        streak = self._today.streak
        return f"{day} · {streak}-day streak" if streak else day

    def _headline(self) -> Content:
        if not self._today:
            return Content("Reading the lessons …")
        today = self._today
        minutes = today.review_minutes + sum(p.minutes for p in today.practice if p.due_since)
        if today.reviews or today.due_exercises:
            head = f"{minutes} minutes of review are due today."
        elif today.new:
            head = f"Nothing is due. {len(today.new)} new questions are ready."
        elif any(row.questions_seen for row in today.lessons):
            head = "Nothing is due today. Go on with the next step, or rest."
        else:
            head = "Welcome. Begin with the next step: enter opens it."
        top = max(today.week)
        bars = "".join(WEEK_BARS[-(-count * 8 // top)] if count else "·" for count in today.week)
        return Content.assemble((head, "bold"), "\n", ("This week ", "$foreground-muted"), bars)

    def _options(self) -> list[Option | None]:
        if not self._today:
            return []
        today = self._today
        review = Option(_row("Review", _counted(today)), id="review")
        rows: list[Option | None] = [Option(_row("Next step", _next_step(today)), id="next")]
        rows.insert(0 if today.reviews or today.new else 1, review)
        for number, practice in enumerate(today.practice):
            due = f" · due since {_short(practice.due_since)}" if practice.due_since else ""
            best = f" · best {practice.best}" if practice.best else ""
            text = f"{practice.title} · {practice.minutes} min{due}{best}"
            rows.append(Option(_row("Practise", text), id=f"practise/{number}"))
        rows.append(None)
        rows += [Option(_lesson(lesson), id=f"lesson/{lesson.id}") for lesson in today.lessons]
        return rows


def _row(what: str, text: str) -> Content:
    return Content.assemble((f"{what:<12}", "bold"), text)


def _counted(today: Today) -> str:
    parts = []
    if today.reviews:
        parts.append(f"{len(today.reviews)} due")
    if today.new:
        parts.append(f"{len(today.new)} new")
    if not parts:
        return "no question is due"
    return f"{', '.join(parts)} · about {today.review_minutes} min"


def _next_step(today: Today) -> str:
    step = today.next_step
    return f"{step.title} · {step.minutes} min" if step else "every step is ticked"


def _short(day: str | None) -> str:
    return f"{date.fromisoformat(day):%a %d %b}" if day else ""


def _lesson(row: LessonRow) -> Content:
    filled = round(row.progress * BAR_WIDTH)
    steps = "  ".join(f"{kind.capitalize()} {'✓' if ticked else '–'}" for kind, _, ticked in row.steps)
    due = f", {row.questions_due} due" if row.questions_due else ""
    return Content.assemble(
        (row.title, "bold"),
        f"  {row.progress:.0%}\n",
        ("█" * filled, "$success"),
        ("░" * (BAR_WIDTH - filled), "$foreground-muted"),
        f"  {steps}\n",
        f"Exercises {row.exercises_done}/{row.exercises}   "
        f"Questions {row.questions_seen} seen of {row.questions}{due}",
    )
