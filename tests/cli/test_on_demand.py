"""Commands are imported when they are called; every one that is listed is there."""

import subprocess
import sys

import pytest
import typer

from vidocq.cli.main import app, main
from vidocq.cli.on_demand import all_commands

HEAVY = {"scipy.stats", "sklearn", "sqlalchemy"}


def imported(*argv):
    code = (
        "import sys\nfrom vidocq.cli.main import main\n"
        f"code = main({list(argv)!r})\n"
        "sys.stderr.write(' '.join(sys.modules))\nsys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(ran.stderr.split())


def test_the_version_needs_nothing_heavy():
    assert not imported("--version") & HEAVY


@pytest.mark.parametrize("command", ["fact", "answer"])
def test_saying_something_does_not_load_the_attacks(command):
    assert not imported("dossier", command, "--help") & {"scipy.stats", "sklearn", "vidocq.attacks.catalogue"}


def test_every_listed_command_is_there_with_its_help():
    groups = [typer.main.get_command(app)]
    told = {}
    while groups:
        group = groups.pop()
        for name, command in all_commands(group).items():
            told[f"{group.name} {name}"] = command.help
            groups += [command] if all_commands(command) else []
    assert all(told.values())
    assert {"vidocq audit", "dossier assess", "one-run draw"} <= set(told)


def test_an_unknown_command_is_wrong_usage(capsys):
    assert main(["dossier", "none"]) == 2
    assert "none" in capsys.readouterr().err
