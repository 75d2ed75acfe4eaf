"""Commands about studytrack itself: settings, keys, health, places."""

from __future__ import annotations

import click

from studytrack.cli.common import as_json, echo_json, opened
from studytrack.paths import shipped_curriculum, shipped_exercises


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@as_json
def settings(name: str | None, value: str | None, as_json: bool) -> None:
    """Your settings; with NAME and VALUE, sets one."""
    with opened() as study:
        if name is not None and value is not None:
            study.change_setting(name, value)
        fields = type(study.settings).model_fields
        values = study.settings.model_dump()
        if as_json:
            echo_json(values)
            return
        for field, current in values.items():
            if name in (None, field):
                click.echo(f"{field} = {current!r}\n    {fields[field].description}")


@click.command()
def keys() -> None:
    """Every key of the app, with the id by which `keys` in settings.toml changes it."""
    from studytrack.tui.keys import all_bindings

    for place, bindings in all_bindings():
        click.echo(place)
        for binding in bindings:
            click.echo(f"  {binding.key:<24} {binding.description:<16} {binding.id}")


@click.command()
@as_json
def locate(as_json: bool) -> None:
    """Where everything is kept."""
    with opened() as study:
        home = study.home
        places = {
            "home": home.root,
            "progress": home.database,
            "work": home.root / "work",
            "notes": home.root / "notes",
            "settings": home.settings,
            "curriculum": home.curriculum,
            "log": home.log,
            "shipped_curriculum": shipped_curriculum(),
            "shipped_exercises": shipped_exercises(),
        }
        if as_json:
            echo_json({name: str(path) for name, path in places.items()})
            return
        for name, path in places.items():
            click.echo(f"{name:<20} {path}")


@click.command()
@click.option("--rebuild", is_flag=True, help="Make everything that is derived from the log anew.")
@click.pass_context
def doctor(context: click.Context, rebuild: bool) -> None:
    """Look whether everything is in order, and say what to do where it is not."""
    from studytrack.health import examine

    with opened() as study:
        if rebuild:
            study.rebuild()
            click.echo("✓ rebuilt from the log")
        findings = list(examine(study))
    for finding in findings:
        click.echo(f"{'✓' if finding.fine else '!'} {finding.text}")
    context.exit(0 if all(finding.fine or not finding.grave for finding in findings) else 1)
