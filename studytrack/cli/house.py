"""Commands about the program: settings, keys, where things are, and whether they are in order."""

from __future__ import annotations

import click

from studytrack.cli import parameters
from studytrack.cli.opening import opened, options_of
from studytrack.cli.parameters import as_json
from studytrack.cli.printing import say, say_json, say_row
from studytrack.errors import SettingsError, nearest
from studytrack.paths import shipped_curriculum, shipped_exercises
from studytrack.start import home_of


@click.command(context_settings=parameters.takes_text)
@click.argument("name", required=False, callback=parameters.as_text)
@click.argument("value", required=False, callback=parameters.as_text)
@click.option("--default", is_flag=True, help="Set NAME back to its default.")
@as_json
def settings(name: str | None, value: str | None, default: bool, as_json: bool) -> None:
    """Your settings; with NAME and VALUE, sets one."""
    if default and (name is None or value is not None):
        raise click.UsageError("--default takes a NAME and no VALUE")
    with opened() as study:
        fields = type(study.settings).model_fields
        if name is not None and name not in fields:
            raise SettingsError(f"there is no setting {name!r}", nearest(name, fields))
        if name is not None and (value is not None or default):
            study.change_setting(name, value)
        values = study.settings.model_dump(include=None if name is None else {name})
        if as_json:
            say_json(values)
            return
        for field, current in values.items():
            say(f"{field} = {'(none)' if current is None else current}")
            say_row(fields[field].description or "", indent=4)


@click.command()
@as_json
def keys(as_json: bool) -> None:
    """Every key of the app, with the id by which `keys` in settings.toml changes it."""
    from studytrack.tui.keys import all_bindings

    if as_json:
        say_json(
            [
                {"place": place, "keys": key.key.split(","), "does": key.description, "id": key.id}
                for place, bindings in all_bindings()
                for key in bindings
            ]
        )
        return
    for place, bindings in all_bindings():
        say(place)
        for key in bindings:
            say_row(f"{key.key:<24} {key.description:<16} {key.id or ''}".rstrip(), indent=2)


@click.command()
@as_json
@click.pass_context
def locate(context: click.Context, as_json: bool) -> None:
    """Where everything is kept."""
    home = home_of(options_of(context))
    places = {
        "home": home.root,
        "progress": home.database,
        "work": home.root / "work",
        "notes": home.root / "notes",
        "settings": home.settings,
        "curriculum": home.curriculum,
        "exercises": home.exercises,
        "log": home.log,
        "shipped_curriculum": shipped_curriculum(),
        "shipped_exercises": shipped_exercises(),
    }
    if as_json:
        say_json({name: str(path) for name, path in places.items()})
        return
    for name, path in places.items():
        say_row(f"{name:<20} {path}")


@click.command()
@click.option("--rebuild", is_flag=True, help="Make everything that is derived from the log anew.")
@as_json
@click.pass_context
def doctor(context: click.Context, rebuild: bool, as_json: bool) -> None:
    """Look whether everything is in order, and say what to do where it is not."""
    from studytrack.health import examine

    if rebuild:
        with opened() as study:
            study.rebuild()
    findings = list(examine(home_of(options_of(context))))
    if as_json:
        say_json([{"fine": f.fine, "grave": f.grave, "text": f.text} for f in findings])
    else:
        for finding in findings:
            say_row(f"{'✓' if finding.fine else '!'} {finding.text}")
    context.exit(1 if any(finding.grave and not finding.fine for finding in findings) else 0)
