"""Doing something to a library as soon as it is imported, by whomever; what is not imported costs nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

Action = Callable[[ModuleType], None]


def on_import(actions: Mapping[str, Action]) -> None:
    """Call each action, once, with the module that it is named for, when that is imported."""
    sys.meta_path.insert(0, _Finder(actions))


class _Finder(MetaPathFinder):
    def __init__(self, actions: Mapping[str, Action]) -> None:
        self._actions = dict(actions)

    def find_spec(
        self,
        name: str,
        _path: Sequence[str] | None,
        _target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        action = self._actions.pop(name, None)  # gone before the search below comes by here again
        spec = find_spec(name) if action else None
        if action is None or spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def execute_and_act(module: ModuleType) -> None:
            execute(module)
            action(module)

        spec.loader.exec_module = execute_and_act  # type: ignore[method-assign]
        return spec
