"""The group of all commands. Each is imported when it is asked for, for most of them need much."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from studytrack.errors import UsageError, nearest

_WHOLE_SENTENCE = 200
"""Characters, more than the first sentence of any command's help has."""


class Commands(click.Group):
    """Commands in sections, each given by the module of this package that defines it under its name."""

    def __init__(self, *args: Any, sections: Mapping[str, Mapping[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._sections = sections
        self._modules = {name: module for section in sections.values() for name, module in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._modules:
            return None
        module = import_module(f"studytrack.cli.{self._modules[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self._modules and not args[0].startswith("-"):
            raise UsageError(f"there is no command {args[0]!r}", nearest(args[0], self._modules))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in self._sections.items():
            commands = {name: command for name in names if (command := self.get_command(ctx, name))}
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name, command.get_short_help_str(_WHOLE_SENTENCE))
                        for name, command in commands.items()
                    ]
                )
