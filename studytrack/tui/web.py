"""Opening addresses: only http(s) ones, and only in a browser that does not take over the terminal."""

from __future__ import annotations

import os
import sys

from textual.app import App


def open_web(app: App[None], url: str) -> None:
    """Opens an address in the browser and says so; without one, over SSH say, it is copied instead."""
    if not url.startswith(("http://", "https://")):
        app.notify(f"Not opened: {url} is not an address on the web.", severity="warning", markup=False)
    elif has_browser():
        app.open_url(url)
        app.notify(f"Opened in the browser: {url}", markup=False)
    else:
        app.copy_to_clipboard(url)
        app.notify(f"There is no browser here, so it was copied: {url}", timeout=10, markup=False)


def has_browser() -> bool:
    """Whether a browser with a window can be had; Python would start one in the terminal else."""
    if "BROWSER" in os.environ or sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
