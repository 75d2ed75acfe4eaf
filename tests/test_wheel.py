"""The wheel is whole: installed where the source cannot be seen, the program does its job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment that holds the wheel and can import what this one has installed.

    The packages are lent by a .pth line. Of such a folder Python reads no .pth files in turn, and
    it is by such a file that a development install finds its source.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, symlinks=True)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=variables))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, timeout=120)
    return folder


def run(environment: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed command in a folder far from the source."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "STUDYTRACK"))
    }
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [environment / "bin" / "studytrack", "--home", str(home), *arguments],
        cwd=home,
        env=clean | {"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def said(finished: subprocess.CompletedProcess[str]) -> Any:
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_the_wheel_carries_lessons_and_exercises(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {path for folder in ("curriculum", "exercises") for path in (ROOT / folder).rglob("*")}
    expected = {
        f"studytrack/shipped/{path.relative_to(ROOT).as_posix()}"
        for path in shipped
        if path.is_file() and "__pycache__" not in path.parts
    }
    kinds = {Path(name).name for name in expected} | {Path(name).parent.name for name in expected}
    assert {"neural-net-foundations.yaml", "checks.py", "task.md", "mutants"} <= kinds
    assert expected <= names
    skeleton = {name for name in names if name.startswith("studytrack/grading/authoring/skeleton/")}
    assert {Path(name).suffix for name in skeleton} == {".py", ".md", ".yaml"}
    assert not [name for name in names if name.endswith(".pyc") or name.startswith("tests/")]


def test_the_source_is_out_of_sight(environment: Path, tmp_path: Path) -> None:
    places = run(environment, tmp_path / "home", "locate").stdout
    assert str(environment) in places
    assert str(ROOT / "curriculum") not in places


def test_listings(environment: Path, tmp_path: Path) -> None:
    lessons = said(run(environment, tmp_path / "home", "lessons", "--json"))
    assert "neural-net-foundations" in [lesson["id"] for lesson in lessons]
    today = said(run(environment, tmp_path / "home", "today", "--json"))
    assert today["next_step"]["subject"] == "neural-net-foundations/video"


def test_an_exercise_is_graded(environment: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(
        (ROOT / "exercises/fit_quadratic/solution.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    verdict = said(run(environment, tmp_path / "home", "check", "fit_quadratic", str(mine), "--json"))
    assert verdict["state"] == "passed"
    assert verdict["score"] == verdict["max_score"] > 0
