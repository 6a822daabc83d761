"""Groups of commands whose code is imported when one is called: `vidocq dossier fact` does not wait for scipy."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup


class OnDemand(TyperGroup):
    """commands  module and name of what each command runs, such as "vidocq.cli.audit:audit", in the order of the help."""

    places: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.places:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name, self.places[cmd_name])
        return self.commands[cmd_name]


def group_of(name: str, places: Mapping[str, str]) -> type[OnDemand]:
    """The class of one group, to be given to `typer.Typer(cls=…)`."""
    return type(name, (OnDemand,), {"places": dict(places)})


def all_commands(group: Any) -> dict[str, Any]:
    """Every command of a group, imported: for a page about all of them."""
    if not isinstance(group, TyperGroup):
        return {}
    names = group.list_commands(None)  # type: ignore[arg-type]
    return {name: group.get_command(None, name) for name in names}  # type: ignore[arg-type]


def _command(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        command = typer.main.get_group(found)
    else:
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        alone.command(name)(found)
        command = typer.main.get_command(alone)  # type: ignore[assignment]
    command.name = name
    return command
