"""The libraries that a worker holds ready, in stages: what an exercise needs first comes first."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable

Stage = Callable[[], None]

_kept: list[object] = []
"""torch forgets the operators of a library that nothing refers to."""


def stages(names: Iterable[str]) -> tuple[list[Stage], list[Stage]]:
    """What must be loaded before an attempt, and what may follow while the worker waits for one.

    torch imports its compiler at the first use of an optimiser, which takes half as long again as
    importing torch; the learner's first attempt shall not wait for it, and no later one either.
    """
    needed = [_LOADERS[name] for name in names]
    return needed, [lambda: _load("torch._dynamo")] if needed else []


def _load(module: str) -> None:
    importlib.import_module(module)


def _load_torchvision() -> None:
    """Import torchvision, also beside a build of torch for which its compiled operators do not load.

    It registers rules for two operators that were then never defined; defining them is enough.
    """
    import torch

    try:
        _load("torchvision")
    except RuntimeError as error:
        if "nms does not exist" not in str(error):
            raise
        library = torch.library.Library("torchvision", "DEF")  # type: ignore[no-untyped-call]
        for name in ("nms", "qnms"):
            signature = f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
            library.define(signature)  # type: ignore[no-untyped-call]
        _kept.append(library)
        _load("torchvision")


def _load_fastai(part: str) -> None:
    _load_torchvision()
    _load(f"fastai.{part}.all")


_LOADERS: dict[str, Stage] = {
    "torch": lambda: _load("torch"),
    "fastai.vision": lambda: _load_fastai("vision"),
    "fastai.tabular": lambda: _load_fastai("tabular"),
    "fastai.text": lambda: _load_fastai("text"),
}
