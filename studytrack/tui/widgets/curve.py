"""The picture of a training while it runs: its numbers, its curves, the table of its epochs."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytrack.grading.messages import Metrics
from studytrack.training.picture import Picture
from studytrack.training.plot import MARKS, plot
from studytrack.training.series import Series, reduced
from studytrack.training.sparkline import sparkline
from studytrack.training.table import epoch_table
from studytrack.training.words import is_loss, is_rate, number, told

PICTURES_A_SECOND = 4
STYLES = ("$primary", "$accent", "$success", "$secondary")
LINE = "⠤"
"""How the first curve looks, for the legend."""
MOST_SMALL = 3
"""How many metrics with a scale of their own have a line below the plot."""
LEAST_PLOT, GOOD_PLOT = 6, 9
"""Lines that a plot needs with its axes, and those that it gets before the table of the epochs has any."""
MOST_EPOCHS = 6


class _Rows(NamedTuple):
    plot: int
    small: int
    epochs: int


class CurvePane(Vertical):
    """What a training shows; the numbers above are always the newest."""

    DEFAULT_CSS = """
    CurvePane {
        display: none;
        height: 1fr;
        min-height: 6;
        &.-bare { height: 1; min-height: 1; }
        Static { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #numbers { height: 1; }
        #plot, #legend, #small, #epochs { height: auto; display: none; }
        #small { color: $text-muted; }
        #plot { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.table_first = False
        """Whether the table takes the place of the plot."""
        self._running = False
        self._stale = False

    def compose(self) -> ComposeResult:
        yield Static(id="numbers")
        yield Static(id="plot")
        yield Static(id="legend")
        yield Static(id="small")
        yield Static(id="epochs")

    def on_mount(self) -> None:
        self.set_interval(1 / PICTURES_A_SECOND, self._refresh)

    def on_resize(self) -> None:
        self._stale = True
        self._refresh()

    def start(self) -> None:
        """Begins a new picture."""
        self.picture = Picture()
        self._running = self._stale = True
        self.display = False

    def finish(self) -> None:
        """The training is over: there is no time left to be told."""
        self._running = False
        self._stale = True
        self._refresh()

    def add(self, told: Metrics) -> None:
        """Takes what is new; the numbers change at once, the picture with the next frame."""
        self.picture.add(told, monotonic())
        self._stale = True
        self.display = True
        self.set_class(not (self.picture.series or self.picture.epochs), "-bare")  # a loop that logs nothing
        self._show_numbers()

    def toggle_table(self) -> bool:
        """Shows the table in the place of the plot, or the plot again; false where there are no epochs."""
        if not self.picture.epochs:
            return False
        self.table_first = not self.table_first
        self._stale = True
        self._refresh()
        return True

    def _refresh(self) -> None:
        if not self.display:
            return
        if self._running:
            self._show_numbers()  # the time left goes on where nothing new comes
        if self._stale:
            self._stale = False
            self._draw()

    def _show_numbers(self) -> None:
        now = monotonic() if self._running else None
        self.query_one("#numbers", Static).update(Content(told(self.picture, self._room, now)))

    @property
    def _room(self) -> int:
        return max(1, self.size.width - 2)

    def _draw(self) -> None:
        large, small = self._split()
        names = self._names_to_tell(large)
        rows = self._share_out(bool(names), len(small))
        if not rows.plot and not rows.epochs:
            small = large | small
        self._fill("#plot", self._plotted(list(large.values()), rows.plot))
        self._fill("#legend", self._legend(names) if rows.plot else None)
        self._fill("#small", self._small(small, rows.small))
        lines = epoch_table(self.picture.epochs, self._room, rows.epochs)
        self._fill("#epochs", Content("\n".join(lines)) if lines else None)
        self._show_numbers()

    def _share_out(self, legend: bool, small: int) -> _Rows:
        """Who gets how many of the lines below the numbers."""
        rest = self.size.height - 1
        epochs = len(self.picture.epochs)
        if self.table_first and epochs:
            return _Rows(plot=0, small=0, epochs=rest)
        if rest < LEAST_PLOT:
            return _Rows(plot=0, small=rest, epochs=0)
        rest -= legend
        lines = max(0, min(rest - LEAST_PLOT, small, MOST_SMALL))
        room = min(rest - lines - GOOD_PLOT, epochs + 1, MOST_EPOCHS + 1)
        table = room if room > 2 else 0
        return _Rows(plot=rest - lines - table, small=lines, epochs=table)

    def _plotted(self, curves: list[Series], height: int) -> Content | None:
        reduced_curves = [reduced(series.dots, 2 * self._room) for series in curves]
        logarithmic = self.picture.training.over != "step"
        lines = plot(reduced_curves, self._room, height, logarithmic=logarithmic)
        parts: list[str | tuple[str, str]] = []
        for line in lines:
            parts += [text if curve is None else (text, STYLES[curve]) for text, curve in line]
            parts.append("\n")
        return Content.assemble(*parts[:-1]) if parts else None

    def _split(self) -> tuple[dict[str, Series], dict[str, Series]]:
        """The metrics that are plotted, which share a scale, and the others, the learning rate last."""
        series = self.picture.series
        large = {name: one for name, one in series.items() if is_loss(name)}
        if not large:
            large = {name: one for name, one in list(series.items())[:1] if not is_rate(name)}
        large = dict(list(large.items())[: len(STYLES)])
        others = sorted((name for name in series if name not in large), key=is_rate)
        return large, {name: series[name] for name in others}

    def _names_to_tell(self, large: Mapping[str, Series]) -> list[str]:
        """The curves that have to be told apart; the name of a single one is in the numbers."""
        return list(large) if len(large) > 1 or self.picture.training.title else []

    def _legend(self, names: list[str]) -> Content | None:
        title = self.picture.training.title
        signs = (LINE, *MARKS)
        parts: list[str | tuple[str, str]] = [f"{title}  "] if title else []
        for sign, style, name in zip(signs, STYLES, names, strict=False):
            parts += [(sign, style), f" {name}  "]
        return Content.assemble(*parts) if names else None

    def _small(self, series: Mapping[str, Series], most: int) -> Content | None:
        """A line for each metric that has a scale of its own."""
        values = {name: number(self.picture.last[name]) for name in list(series)[:most]}
        name_width, value_width = (max(map(len, texts), default=0) for texts in (values, values.values()))
        room = self._room - name_width - value_width - 3
        lines = [
            f"{name.ljust(name_width)}  {sparkline(series[name].dots, room)} {value}"
            for name, value in values.items()
        ]
        return Content("\n".join(lines)) if lines else None

    def _fill(self, selector: str, content: Content | None) -> None:
        place = self.query_one(selector, Static)
        place.display = content is not None
        if content is not None:
            place.update(content)
