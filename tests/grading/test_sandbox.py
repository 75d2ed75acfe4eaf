"""Finding the tier that works, and telling which it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studytrack.errors import GradingError, UsageError
from studytrack.grading.sandbox import probe
from studytrack.grading.tiers import BUBBLEWRAP, PROCESS, TIERS
from tests.grading.conftest import tier_works


def next_best() -> str:
    """The tier to fall back on where bubblewrap cannot be had."""
    return next(tier for tier in TIERS if tier != BUBBLEWRAP and not tier_works(tier))


def test_the_tier_found_is_explained(tier: str) -> None:
    found = probe(tier)
    assert found.name == tier
    assert tier in found.explain()
    assert found.covers
    assert found.lacks


def test_without_bubblewrap_the_reason_and_the_remedy_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = probe()
    assert found.name == next_best()
    assert "bubblewrap is not installed" in found.explain()
    assert "install the package" in found.explain()
    with pytest.raises(GradingError, match="not installed"):
        probe("bubblewrap")


def test_a_bubblewrap_that_does_not_work_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    fake = folder / "bwrap"
    fake.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    found = probe()
    assert found.name == next_best()
    assert "setting up uid map: Permission denied" in found.explain()
    assert "AppArmor" in found.explain()


def test_without_landlock_the_plain_process_serves_and_both_reasons_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    without = "from studytrack.grading import landlock\nlandlock.version = lambda: 0\n"
    (tmp_path / "sitecustomize.py").write_text(without)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    found = probe()
    assert found.name == PROCESS
    assert "bubblewrap is not installed and landlock does not work here" in found.explain()
    assert "your files can be read and changed" in found.explain()


def test_a_tier_that_was_asked_for_says_how_to_have_the_best_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTRACK_TIER", PROCESS)
    assert "without STUDYTRACK_TIER the best one that works here is taken" in probe().explain()


def test_an_unknown_tier_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean 'process'"):
        probe("proces")


def test_probing_leaves_other_children_alone(tier: str) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        probe(tier)
        assert other.poll() is None
        other.communicate(b"\n")
    assert other.returncode == 0


def test_probing_needs_no_numpy() -> None:
    code = (
        "import sys; from studytrack.grading.sandbox import probe; probe(); assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
