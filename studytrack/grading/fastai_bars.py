"""Keeps fastai's progress bars and tables of epochs out of the output: both are shown live."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def silence(fastprogress: ModuleType) -> None:
    """Put bars that draw nothing in the place of those of the module `fastprogress.fastprogress`."""
    bar = fastprogress.ProgressBar

    class SilentMaster(fastprogress.MasterBar):  # type: ignore[misc, name-defined]
        """A bar over the epochs, to which the table of the epochs is written."""

        pcls = bar

        def __init__(self, gen: Any, total: int | None = None, **_: Any) -> None:
            super().__init__(gen, bar, total)

        def write(self, line: Any, table: bool = False) -> None:
            pass

        def show_imgs(self, *_: Any, **__: Any) -> None:
            pass

        def update_graph(self, *_: Any, **__: Any) -> None:
            pass

    vars(fastprogress).update(progress_bar=bar, master_bar=SilentMaster)
