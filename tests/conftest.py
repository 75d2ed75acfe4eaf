"""What holds for every test."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator

import hypothesis
import pytest

hypothesis.settings.register_profile("studytrack", deadline=None)  # a slow machine fails no test
hypothesis.settings.load_profile("studytrack")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshot-update", action="store_true", help="accept the screens as they are now as the pictures"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="session", autouse=True)
def nobody_s_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test forgets to say, it never touches the home, the clock or the editor of who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDYTRACK_HOME", str(tmp_path_factory.mktemp("nobody")))
        for name in ("STUDYTRACK_NOW", "VISUAL", "EDITOR", "NO_COLOR"):
            patch.delenv(name, raising=False)
        yield
