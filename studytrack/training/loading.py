"""What is said while the worker loads libraries, so that nothing looks frozen."""

from __future__ import annotations

from studytrack.grading.messages import Warming


def loading(warming: Warming, seconds: float) -> str:
    """What is loaded, for how many seconds already, and how many it usually takes."""
    usual = "" if warming.typical is None else f" (usually {warming.typical:g} s)"
    return f"Loading {warming.what} … {seconds:.0f} s{usual}"
