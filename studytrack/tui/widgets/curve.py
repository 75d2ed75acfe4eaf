"""The picture of a training while it runs: its metrics over the steps."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytrack.tui.curves import Curves

PICTURES_A_SECOND = 4
STYLES = ("$primary", "$accent", "$success", "$secondary")
MARKS = ("━", "┅", "╍", "┈")


class CurvePane(Vertical):
    """Curves of all metrics; the numbers above are always the newest."""

    DEFAULT_CSS = """
    CurvePane {
        display: none;
        height: 1fr;
        min-height: 8;
        #numbers { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        PlotWidget { height: 1fr; background: $background; }
        PlotWidget > .plot--axis { color: $foreground 30%; }
        PlotWidget > .plot--tick { color: $text-muted; text-style: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.curves = Curves()
        self._plot: Any = None
        self._stale = False
        self._loading = False

    def compose(self) -> ComposeResult:
        yield Static(id="numbers")

    def on_mount(self) -> None:
        self.set_interval(1 / PICTURES_A_SECOND, self._draw)

    def on_canvas_resize(self) -> None:
        """Fits the plot to its new place; textual-plot measures before the canvas has its size."""
        if self._plot is not None:
            self._plot.refresh(layout=True)

    def start(self) -> None:
        """Begins a new picture."""
        self.curves = Curves()
        self._stale = True
        self.display = False

    def add(self, points: Iterable[Mapping[str, float | None]]) -> None:
        """Takes new points; the numbers change at once, the picture with the next frame."""
        self.curves.add(points)
        self._stale = True
        self.display = True
        self.query_one("#numbers", Static).update(Content(self.curves.summary()))
        if self._plot is None and not self._loading:
            self._loading = True
            self.run_worker(self._mount_plot())

    async def _mount_plot(self) -> None:
        plotting = await asyncio.to_thread(__import__, "textual_plot")  # it brings numpy
        plot = plotting.PlotWidget(allow_pan_and_zoom=False)
        plot.can_focus = False
        await self.mount(plot)
        plot.margin_top, plot.margin_bottom, plot.margin_left = 0, 2, 7
        self._mode = plotting.HiResMode.BRAILLE
        self._plot = plot
        self._draw()

    def _draw(self) -> None:
        if not self._stale or self._plot is None or not self.display:
            return
        self._stale = False
        colours = self.app.theme_variables
        self._plot.clear()
        for number, (name, series) in enumerate(self.curves.series.items()):
            style = colours.get(STYLES[number % len(STYLES)].removeprefix("$"), "white")
            self._plot.plot(series.steps, series.values, line_style=style, hires_mode=self._mode, label=name)
        self._plot.show_legend(is_visible=len(self.curves.series) > 1)
