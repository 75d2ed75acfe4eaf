"""Keeps out of the output what fastai puts there of its own: bars and tables, which are shown live."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any


def silence(fastprogress: ModuleType) -> None:
    """Put bars that draw nothing in the place of those of the module `fastprogress.fastprogress`.

    fastai also hands torch the arrays of a pandas table, which cannot be written to, and torch warns
    of it at length; it never writes to them.
    """
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

    warnings.filterwarnings("ignore", "The given NumPy array is not writable", module="fastai")
    vars(fastprogress).update(progress_bar=bar, master_bar=SilentMaster)
