"""`dawns config`: where the settings are, what they are, and how one is changed."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer

from world import settings
from world.commands import options
from world.commands.terminal import message, result, result_json

group = typer.Typer(no_args_is_help=True, help="Settings that last: path, show, set.")


@group.command()
def path() -> None:
    """Print the name of the settings file."""
    result(str(settings.config_path()))


@group.command()
def show(as_json: options.Json = False) -> None:
    """Print every setting as it counts now: environment over file over default."""
    values: dict[str, Any] = msgspec.to_builtins(settings.load())
    if as_json:
        result_json(values)
        return
    for key, value in values.items():
        result(f"{key} = {settings.toml(value)}")


@group.command(name="set")
def set_(
    key: Annotated[str, typer.Argument(help="Its name, as `dawns config show` prints it.")],
    value: Annotated[str, typer.Argument(help="Its new value.")],
) -> None:
    """Change one setting in the file, keeping all else in it."""
    place = settings.config_path()
    written = settings.write(key, value, place)
    message(f"{key} = {settings.toml(written)} in {place}")


def register(app: typer.Typer) -> None:
    """Adds these commands to `dawns`."""
    app.add_typer(group, name="config")
