"""How live a training is: `python -m tests.bench.live [RUNS]`.

For a plain loop in PyTorch and for fastai, each in a warm session of the best tier: from the start
of the training to its first metric in the app, how often the app hears of it, from a cancel in the
middle until every process is gone; and what `live.log` costs the learner's loop.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter

from studytrack.grading.exercises import Exercise
from studytrack.grading.messages import Metrics, Output
from studytrack.grading.session import GraderSession
from tests.grading.conftest import write_exercise

RUNS = 20
FILE = Path("bench.py")
BEGIN = 'import time\nprint("begins", time.monotonic(), flush=True)\n'
"""Tells the app when the training begins, by a clock that all processes share."""
TORCH = """
import torch
from studytrack import live
net = torch.nn.Sequential(torch.nn.Linear(50, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
x = torch.randn(64, 50)
y = x[:, :1]
{begin}
for step in live.track(range(1_000_000)):
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    optimiser.step()
    optimiser.zero_grad()
    live.log(loss=loss)
"""
FASTAI = """
import numpy as np, pandas as pd
from fastai.tabular.all import *
x = np.random.rand(640)
table = pd.DataFrame({{"x": x, "y": np.where(x > 0.5, "high", "low")}})
loaders = TabularDataLoaders.from_df(
    table, y_names="y", cont_names=["x"], y_block=CategoryBlock(), bs=32, valid_idx=range(128)
)
learn = tabular_learner(loaders, layers=[64], metrics=accuracy)
{begin}
learn.fit_one_cycle(10_000)
"""
COST = """
import time
import torch
from studytrack import live
loss = torch.tensor(0.5, requires_grad=True)

def cost(body):
    start = time.perf_counter()
    body()
    return (time.perf_counter() - start) / 100_000 * 1e9

def empty():
    for step in range(100_000): pass
def number():
    for step in range(100_000): live.log(step=step, loss=0.5)
def tensor():
    for step in range(100_000): live.log(step=step, of=100_000, loss=loss)
def tracked():
    for step in live.track(range(100_000)): pass

nothing = cost(empty)
print(*(f"{cost(body) - nothing:.0f}" for body in (number, tensor, tracked)))
"""


@dataclass
class Heard:
    """What the app heard of one training."""

    first: float
    """Seconds from its start to the first metric."""
    rate: float
    """Batches of news a second."""
    cancelled: float
    """Seconds from the cancel until all was gone."""


async def hear(session: GraderSession, code: str, seconds: float) -> Heard:
    """Listen to an endless training for some seconds, then cancel it."""
    began, news = 0.0, []
    async with aclosing(session.run(code.format(begin=BEGIN), FILE)) as events:
        async for event in events:
            if isinstance(event, Output) and "begins" in event.text:
                began = float(event.text.split()[1])
            if isinstance(event, Metrics):
                news.append(monotonic())
            if news and monotonic() - news[0] > seconds:
                break
        start = perf_counter()
        await session.cancel()
        return Heard(news[0] - began, (len(news) - 1) / (news[-1] - news[0]), perf_counter() - start)


async def printed(session: GraderSession, code: str) -> str:
    """What a file prints."""
    texts = [event.text async for event in session.run(code, FILE) if isinstance(event, Output)]
    return "".join(texts)


def row(name: str, values: list[float], unit: str, *, more_is_better: bool = False) -> None:
    """Print the median, and what 19 of 20 runs are no worse than."""
    worst = statistics.quantiles(values, n=20)[0 if more_is_better else -1]
    print(f"  {name:<34} {statistics.median(values):8.0f} {unit}  {worst:8.0f} {unit}")


async def bench(exercise: Exercise, title: str, code: str, runs: int, costs: bool) -> None:
    """Print the figures of one kind of training."""
    async with GraderSession(exercise) as session:
        await session.warmed()
        await asyncio.sleep(5)  # until what may follow is loaded too
        await hear(session, code, 0.5)
        heard = [await hear(session, code, 1.5) for _ in range(runs)]
        print(f"{title}, {session.isolation}, {runs} runs                        median  19 of 20 within")
        row("start of training to first metric", [1000 * one.first for one in heard], "ms")
        row("cancel to all gone", [1000 * one.cancelled for one in heard], "ms")
        row("news a second", [one.rate for one in heard], "/s", more_is_better=True)
        if costs:
            number, tensor, tracked = (await printed(session, COST)).split()
            print(
                f"  live.log of a number {number} ns, of a tensor {tensor} ns; live.track {tracked} ns a step"
            )


def main() -> None:
    """Bench both kinds."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        for title, preload, code in (("torch", "torch", TORCH), ("fastai", "fastai.tabular", FASTAI)):
            exercise = write_exercise(
                Path(folder) / "exercises" / f"live_{title}", {"preload": preload, "seconds": "60"}
            )
            asyncio.run(bench(exercise, title, code, runs, costs=title == "torch"))


if __name__ == "__main__":
    main()
