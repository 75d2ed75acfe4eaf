"""Shows every training of a fastai `Learner`, without a word of the learner's.

A callback is added for the time of a `fit`, which `fine_tune`, `fit_one_cycle` and `lr_find` all
come down to. It is not among fastai's default callbacks: those are exported with a model, which
shall be loaded where there is no studytrack.
"""

from __future__ import annotations

import re
from functools import wraps
from time import monotonic
from types import ModuleType
from typing import Any
from weakref import ref

from fastai.callback.core import Callback

from studytrack.live.shown import shown
from studytrack.live.stream import Part


class _Picture:
    """What is drawn at the moment: the trainings of one learner follow each other in it."""

    def __init__(self) -> None:
        self.of: ref[Any] | None = None
        self.steps = 0

    def begin_or_go_on(self, learner: object, title: str, over: str) -> None:
        if title or self.of is None or self.of() is not learner:
            self.steps = 0
            shown.begin(title, over)
        self.of = None if title else ref(learner)


_picture = _Picture()
_UNKNOWN = -1
"""The number of batches of data whose end nobody knows."""


class LiveCallback(Callback):  # type: ignore[misc]
    """Shows the loss as fastai smooths it, the learning rate, the metrics, the epochs, and how far it is."""

    order = 55  # after the Recorder, before what may cancel a fit
    remove_on_fetch = True  # predictions made during a training are no part of it

    def before_fit(self) -> None:
        finder = getattr(self.learn, "lr_finder", None)
        self._tries = finder.num_it if finder else None
        self._epochs = "frozen_epoch" if getattr(self.learn.opt, "frozen_idx", 0) else "epoch"
        self._batches = [_length(loader) for loader in self.learn.dls.loaders[:2]]
        _picture.begin_or_go_on(self.learn, *(("lr_find", "lr") if finder else ("", "step")))

    def before_epoch(self) -> None:
        self._batches_done, self._began = 0, monotonic()

    def after_batch(self) -> None:
        self._batches_done += 1
        if self.learn.training:
            _picture.steps += 1
        if shown.due or self._tries:
            self._tell_progress()
            self._log_batch()
            if not self.learn.training:
                shown.send()

    def after_train(self) -> None:
        self._log_batch()

    def after_epoch(self) -> None:
        names, values = self._record()
        row = {
            name: float(value)
            for name, value in zip(names, values, strict=False)
            if isinstance(value, int | float)
        }
        if self._tries or len(names) != len(values) or not row.keys() - {"epoch"}:
            return
        measured = {name: value for name, value in row.items() if name not in ("epoch", "train_loss")}
        if measured:
            shown.log(_picture.steps - 1, None, measured)
        shown.epoch(row | {"epoch": self.learn.epoch + 1, "seconds": monotonic() - self._began})
        self._tell_progress()

    def after_fit(self) -> None:
        shown.send()

    def _log_batch(self) -> None:
        if self.learn.training and _picture.steps:
            loss = getattr(self.learn, "smooth_loss", self.learn.loss)
            rate = self.learn.opt.hypers[-1]["lr"]
            shown.log(_picture.steps - 1, None, {"loss": loss.item(), "lr": float(rate)})

    def _record(self) -> tuple[list[str], list[object]]:
        """What the Recorder has to say of the epoch, and what each of it is called."""
        recorder = getattr(self.learn, "recorder", None)
        names = (
            [re.sub(r"\W+", "_", str(name)).strip("_") for name in recorder.metric_names] if recorder else []
        )
        return names, list(recorder.log) if recorder else []

    def _tell_progress(self) -> None:
        learn = self.learn
        if self._tries:
            shown.progress(_picture.steps / self._tries, [("step", _picture.steps, self._tries)])
            return
        doing = "batch" if learn.training else "validating"
        parts: list[Part] = [
            (self._epochs, learn.epoch + 1, learn.n_epoch),
            (doing, learn.iter + 1, learn.n_iter),
        ]
        whole = sum(self._batches) if _UNKNOWN not in self._batches else 0
        share = (learn.epoch + self._batches_done / whole) / learn.n_epoch if whole else None
        shown.progress(share, parts)


def _length(loader: Any) -> int:
    """How many batches there are."""
    try:
        return len(loader)
    except TypeError:
        return _UNKNOWN


def show_fits(learner: ModuleType) -> None:
    """Let every fit show itself; `learner` is the module `fastai.learner`."""
    fit = learner.Learner.fit

    @wraps(fit)
    def shown_fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        with self.added_cbs(LiveCallback()):
            return fit(self, *args, **kwargs)

    learner.Learner.fit = shown_fit
