"""The libraries that a worker holds ready, in stages: what an exercise needs first comes first."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from studytrack.grading.fastai_bars import silence
from studytrack.grading.on_import import on_import

_kept: list[object] = []
"""torch forgets the operators of a library that nothing refers to."""


@dataclass(frozen=True)
class Stage:
    """Something to load: its name, the seconds that it usually takes, and how."""

    name: str
    seconds: float
    load: Callable[[], None]


def stages(names: Iterable[str]) -> tuple[list[Stage], list[Stage]]:
    """What must be loaded before an attempt, and what may follow while the worker waits for one.

    torch imports its compiler at the first use of an optimiser, which takes half as long again as
    importing torch; the learner's first attempt shall not wait for it, and no later one either.
    """
    needed = list(dict.fromkeys(stage for name in names for stage in _STAGES[name]))
    return needed, [_COMPILER] if needed else []


def show_trainings() -> None:
    """Let libraries show their trainings by themselves, once they are imported."""

    def fastai(learner: ModuleType) -> None:
        from studytrack.grading.fastai_live import show_fits

        show_fits(learner)

    on_import({"fastprogress.fastprogress": silence, "fastai.learner": fastai})


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


_TORCH = Stage("torch", 2, partial(_load, "torch"))
_COMPILER = Stage("torch's compiler", 1, partial(_load, "torch._dynamo"))
_BELOW_FASTAI = (_TORCH, Stage("torchvision", 1, _load_torchvision))
_STAGES: dict[str, tuple[Stage, ...]] = {
    "torch": (_TORCH,),
    "fastai.vision": (*_BELOW_FASTAI, Stage("fastai.vision", 5, partial(_load, "fastai.vision.all"))),
    "fastai.tabular": (*_BELOW_FASTAI, Stage("fastai.tabular", 5, partial(_load, "fastai.tabular.all"))),
    "fastai.text": (*_BELOW_FASTAI, Stage("fastai.text", 5, partial(_load, "fastai.text.all"))),
}
