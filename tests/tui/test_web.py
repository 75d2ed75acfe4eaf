"""What happens to an address where no browser can be opened."""

from __future__ import annotations

import pytest
from textual.app import App

from studytrack.tui.web import open_web

ADDRESS = "https://video.example/watch"


async def test_without_a_browser_the_address_is_copied(
    monkeypatch: pytest.MonkeyPatch, opened_links: list[str]
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    app: App[None] = App()
    async with app.run_test():
        open_web(app, ADDRESS)
        assert app.clipboard == ADDRESS
        assert opened_links == []


async def test_with_a_browser_it_is_opened(opened_links: list[str]) -> None:
    app: App[None] = App()
    async with app.run_test():
        open_web(app, ADDRESS)
        assert opened_links == [ADDRESS]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "studytrack"])
async def test_what_is_not_on_the_web_is_not_opened(address: str, opened_links: list[str]) -> None:
    app: App[None] = App()
    async with app.run_test():
        open_web(app, address)
        assert opened_links == []
        assert app.clipboard == ""
