"""The app over a small lesson that is known by heart, in a home and at a time of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytrack.library import Library
from studytrack.paths import Home
from studytrack.study import Study
from tests.tui.clock import Clock
from tests.tui.pictures import Pictures
from tests.tui.scripted import ScriptedGrader

LIBRARY = Path(__file__).parent / "library"


@pytest.fixture(autouse=True)
def no_guessing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot waits until the processor is idle; the tests wait for what they mean instead."""

    async def at_once(*_: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", at_once)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_once)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library() -> Library:
    return Library([LIBRARY / "lessons"], [LIBRARY / "exercises"])


@pytest.fixture
def study(tmp_path: Path, clock: Clock, library: Library) -> Iterator[Study]:
    study = Study(Home(tmp_path / "home"), clock, library)
    study.change_setting("time_zone", "UTC")
    yield study
    study.close()


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch) -> ScriptedGrader:
    """Takes the place of the real grader."""
    scripted = ScriptedGrader()
    monkeypatch.setattr("studytrack.tui.screens.exercise.GraderSession", scripted)
    return scripted


@pytest.fixture
def opened_links(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened in the browser."""
    links: list[str] = []
    monkeypatch.setenv("BROWSER", "a-browser")
    monkeypatch.setattr("textual.app.App.open_url", lambda _app, url, **_: links.append(url))
    return links


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Pictures:
    return Pictures(accept=bool(request.config.getoption("--snapshot-update")))
