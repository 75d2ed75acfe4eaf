"""What is shown of the training in this process: its step, its loops, and where it all goes."""

from __future__ import annotations

from time import monotonic

from studytrack.live.stream import Part, Stream


class Loop:
    """A loop that is tracked; `total` is None where nobody knows how long it is."""

    def __init__(self, shown: Shown, total: int | None) -> None:
        self._shown = shown
        self.total = total
        self.done = 0
        self.inner = 0
        """Steps of the loops inside it, in this round."""
        self.expected = 0
        """How many of them a round has, as far as it is known."""
        self.metrics: dict[str, float] = {}
        """What was logged in this round."""
        self._began = monotonic()

    def advance(self) -> None:
        """One round is over."""
        self.done += 1
        if self.inner:
            self._end_epoch()
        else:
            self._shown.count_step()
        self._shown.round_done()

    def _end_epoch(self) -> None:
        now = monotonic()
        self._shown.epoch({"epoch": self.done, **self.metrics, "seconds": now - self._began})
        self._began, self.metrics = now, {}
        self.expected, self.inner = self.inner, 0

    @property
    def share(self) -> float | None:
        """How much of it is done, from 0 to 1; its present round is done as far as the loops inside are."""
        if not self.total:
            return None
        part = min(1.0, self.inner / self.expected) if self.expected else 0.0
        return min(1.0, (self.done + part) / self.total)


class Shown:
    """There is one for the process. It sends nothing until the worker connects it."""

    def __init__(self) -> None:
        self._stream: Stream | None = None
        self._forget()

    def connect(self, descriptor: int) -> None:
        """Send what is shown from now on to a pipe; the worker does it before the learner's code runs."""
        self._stream = Stream(descriptor)
        self._forget()

    def disconnect(self) -> None:
        self._stream = None

    def flush(self) -> None:
        """Send what waits to be sent; the worker does it when the learner's function returns.

        What is counted here begins anew: the next call is another training.
        """
        self.send()
        self._forget()

    def _forget(self) -> None:
        self._step = 0
        self._loops: list[Loop] = []

    # What the learner's code says

    def log(self, step: int | None, of: int | None, metrics: dict[str, float]) -> None:
        """The metrics of a step; without one, it is that of the loops, or the number of the call."""
        if step is None and self._step == 0 and not self._loops:
            self.begin()
        number = self._step if step is None else step
        if self._loops:
            self._loops[0].metrics |= metrics
        else:
            self._step = number + 1
        if self._stream:
            if of:
                self._stream.progress(min(1.0, (number + 1) / of), [("step", number + 1, of)])
            self._stream.point(number, metrics)

    def begin_loop(self, total: int | None) -> Loop:
        """A loop begins, inside those that have not ended."""
        if not self._loops:
            self._step = 0
            self.begin()
        elif len(self._loops) == 1:
            outer = self._loops[0]
            outer.expected = max(outer.expected, outer.inner + (total or 0))
        self._loops.append(Loop(self, total))
        return self._loops[-1]

    def end_loop(self, loop: Loop) -> None:
        """A loop has ended, by itself or otherwise; those inside it have too."""
        if loop in self._loops:
            if loop is self._loops[0]:
                self._tell_progress()
            del self._loops[self._loops.index(loop) :]

    def count_step(self) -> None:
        """A round of the innermost loop is over."""
        self._step += 1
        for loop in self._loops[:-1]:
            loop.inner += 1

    def round_done(self) -> None:
        """A round of a loop is over; that is told as often as it can be seen."""
        if self.due and self._loops:
            self._tell_progress()
            self.send()

    def _tell_progress(self) -> None:
        if self._stream:
            outer, *within = self._loops[:2]
            parts: list[Part] = [("step", outer.done, outer.total)]
            if within:
                [inner] = within
                parts = [("epoch", outer.done + 1, outer.total), ("batch", inner.done, inner.total)]
            self._stream.progress(outer.share, parts)

    # What a library's own loop says

    def begin(self, title: str = "", over: str = "step") -> None:
        """A training begins: another picture. `over` is the metric that its curves are drawn over."""
        if self._stream:
            self._stream.training(title, over)

    def epoch(self, row: dict[str, float]) -> None:
        """An epoch has ended: its number, counted from 1, its metrics, and `seconds`."""
        if self._stream:
            self._stream.epoch(row)

    @property
    def due(self) -> bool:
        """Whether what is shown now would be sent at once, and not wait to be thinned."""
        return self._stream is not None and self._stream.due

    def send(self) -> None:
        """Send what waits to be sent."""
        if self._stream:
            self._stream.write()

    def progress(self, share: float | None, parts: list[Part]) -> None:
        """How far a training is; it goes out with what comes next."""
        if self._stream:
            self._stream.progress(share, parts)


shown = Shown()
