"""The virtual environment of the peers: made once, kept in the cache, and lent this one's torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
_TELL = """
import importlib.metadata, json, os, sys
import torch
tops = {name.partition('.')[0] for name in sys.modules}
files = {name: getattr(sys.modules.get(name), '__file__', None) or '' for name in tops}
print(json.dumps({name: file for name, file in files.items() if 'site-packages' in file}))
"""


class Environment:
    """Where the peers are installed."""

    def __init__(self) -> None:
        made_of = sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
        self.folder = user_cache_path("studytrack") / f"peers-{made_of}"
        self.bin = self.folder / "bin"

    @property
    def variables(self) -> dict[str, str]:
        """What a peer's process finds set, beside what this one has."""
        path = f"{self.bin}{os.pathsep}{os.environ.get('PATH', '')}"
        return {"PATH": path, "VIRTUAL_ENV": str(self.folder), "PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}

    @property
    def variables_with_torch(self) -> dict[str, str]:
        """The same with this environment's torch in reach."""
        return self.variables | {"PYTHONPATH": str(self._lent)}

    @property
    def _lent(self) -> Path:
        return self.folder / "lent"

    def make(self) -> None:
        """Installs what is not there yet."""
        done = self.folder / "made"
        if done.exists():
            return
        print("Installing the peers, once …", file=sys.stderr)
        venv.create(self.folder, with_pip=True, clear=True)
        pip = [str(self.bin / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--requirement", str(REQUIREMENTS)], check=True, stdout=sys.stderr)
        self._lend_torch()
        done.touch()

    def _lend_torch(self) -> None:
        """Links to torch and what it imports: the peers need no second copy of some hundred megabytes."""
        told = subprocess.run([sys.executable, "-c", _TELL], check=True, capture_output=True, text=True)
        (packages,) = self.folder.glob("lib/python*/site-packages")
        self._lent.mkdir()
        for file in json.loads(told.stdout).values():
            source = Path(file).parent if Path(file).name == "__init__.py" else Path(file)
            if not (packages / source.name).exists():
                (self._lent / source.name).symlink_to(source)
