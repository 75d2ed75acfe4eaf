"""The picture of a training while it runs: its numbers, its curves, the table of its epochs."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytrack.grading.messages import Metrics
from studytrack.training.picture import Picture
from studytrack.training.series import Series
from studytrack.training.sparkline import sparkline
from studytrack.training.table import epoch_table
from studytrack.training.words import is_loss, is_rate, number, told

if TYPE_CHECKING:
    from studytrack.tui.widgets.plot import CurvePlot

PICTURES_A_SECOND = 4
STYLES = ("$primary", "$accent", "$success", "$secondary")
LINE = "⠤"
"""How the first curve looks, for the legend."""
MOST_SMALL = 3
"""How many metrics with a scale of their own have a line below the plot."""
ROOM_FOR_BOTH = 15
"""Lines of the pane from which on the table has a place below the plot."""
MOST_EPOCHS = 6


class CurvePane(Vertical):
    """What a training shows; the numbers above are always the newest."""

    DEFAULT_CSS = """
    CurvePane {
        display: none;
        height: 1fr;
        min-height: 8;
        Static { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #numbers { height: 1; }
        #legend, #small, #epochs { height: auto; display: none; }
        #small { color: $text-muted; }
        PlotWidget { height: 1fr; background: $background; }
        PlotWidget > .plot--axis { color: $foreground 30%; }
        PlotWidget > .plot--tick { color: $text-muted; text-style: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.table_first = False
        """Whether the table takes the place of the plot where there is no room for both."""
        self._running = False
        self._plot: CurvePlot | None = None
        self._stale = False
        self._loading = False

    def compose(self) -> ComposeResult:
        yield Static(id="numbers")
        yield Static(id="legend")
        yield Static(id="small")
        yield Static(id="epochs")

    def on_mount(self) -> None:
        self.set_interval(1 / PICTURES_A_SECOND, self._refresh)

    def on_resize(self) -> None:
        self._stale = True
        self._refresh()

    def on_canvas_resize(self) -> None:
        """Fits the plot to its new place; textual-plot measures before the canvas has its size."""
        if self._plot is not None:
            self._plot.refresh(layout=True)

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
        self._show_numbers()
        if self._plot is None and not self._loading:
            self._loading = True
            self.run_worker(self._mount_plot())

    def toggle_table(self) -> bool:
        """Shows the table in the place of the plot, or the plot again; false where there are no epochs."""
        if not self.picture.epochs:
            return False
        self.table_first = not self.table_first
        self._stale = True
        self._refresh()
        return True

    async def _mount_plot(self) -> None:
        plotting = await asyncio.to_thread(__import__, "studytrack.tui.widgets.plot", fromlist=["CurvePlot"])
        plot: CurvePlot = plotting.CurvePlot()
        await self.mount(plot, after="#numbers")
        self._plot = plot
        self._refresh()

    def _refresh(self) -> None:
        if not self.display:
            return
        if self._running:
            self._show_numbers()  # the time left goes on where nothing new comes
        if self._stale and self._plot is not None:
            self._stale = False
            self._draw(self._plot)

    def _show_numbers(self) -> None:
        now = monotonic() if self._running else None
        self.query_one("#numbers", Static).update(Content(told(self.picture, self._room, now)))

    @property
    def _room(self) -> int:
        return max(1, self.size.width - 2)

    def _draw(self, plot: CurvePlot) -> None:
        large, small = self._split()
        both = self.size.height >= ROOM_FOR_BOTH
        table_only = self.table_first and not both and bool(self.picture.epochs)
        tiny = self.size.height < self._LEAST_FOR_PLOT
        plot.display = not table_only and not tiny
        if plot.display:
            curves = [series.dots for series in large.values()]
            plot.draw(curves, self._styles(), magnitudes=self.picture.training.over != "step")
        self._fill("#legend", self._legend(list(large)) if plot.display else None)
        self._fill("#small", self._small(large | small if tiny else small))
        height = min(MOST_EPOCHS + 1, len(self.picture.epochs) + 1) if both else self.size.height - 2
        rows = epoch_table(self.picture.epochs, self._room, height) if both or table_only else []
        self._fill("#epochs", Content("\n".join(rows)) if rows else None)
        self._show_numbers()

    _LEAST_FOR_PLOT = 6

    def _split(self) -> tuple[dict[str, Series], dict[str, Series]]:
        """The metrics that are plotted, which share a scale, and the others."""
        series = self.picture.series
        large = {name: one for name, one in series.items() if is_loss(name)}
        if not large:
            large = {name: one for name, one in list(series.items())[:1] if not is_rate(name)}
        return dict(list(large.items())[: len(STYLES)]), {
            name: one for name, one in series.items() if name not in large
        }

    def _styles(self) -> list[str]:
        colours = self.app.theme_variables
        return [colours.get(style.removeprefix("$"), "white") for style in STYLES]

    def _legend(self, names: list[str]) -> Content | None:
        title = self.picture.training.title
        if len(names) < 2 and not title:
            return None
        signs = (LINE, *(self._plot.MARKS if self._plot else ()))
        parts: list[str | tuple[str, str]] = [f"{title}  "] if title else []
        for sign, style, name in zip(signs, STYLES, names, strict=False):
            parts += [(sign, style), f" {name}  "]
        return Content.assemble(*parts)

    def _small(self, series: dict[str, Series]) -> Content | None:
        """A line for each metric that has a scale of its own."""
        shown = dict(list(series.items())[:MOST_SMALL])
        width = max(map(len, shown), default=0)
        room = self._room - width - 10
        return (
            Content(
                "\n".join(
                    f"{name.ljust(width)}  {sparkline(one.dots, room)} {number(self.picture.last[name])}"
                    for name, one in shown.items()
                )
            )
            if shown
            else None
        )

    def _fill(self, selector: str, content: Content | None) -> None:
        place = self.query_one(selector, Static)
        place.display = content is not None
        if content is not None:
            place.update(content)
