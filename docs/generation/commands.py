"""docs/cli.md, from the help of every command."""

from typing import Any

import typer

from vidocq.audit.execute import CLEAN, FINDINGS, NOT_MEASURED, OUR_BUG, WRONG_USAGE
from vidocq.cli.main import INTERRUPTED, app
from vidocq.cli.on_demand import all_commands

from generation.markdown import page

WIDTH = 100


def cli_page() -> str:
    """The help of every command, as `--help` prints it."""
    return page(
        "# The command line",
        "Every command takes `--lang fr|en`, `--json FILE` and `--quiet`. Results go to standard output, progress and "
        "errors to standard error; progress is shown on a terminal only.",
        f"Exit codes: {CLEAN} clean; {FINDINGS} findings; {WRONG_USAGE} wrong usage or unreadable input, before any "
        f"work; {NOT_MEASURED} something was not measured or is inconclusive; {OUR_BUG} a bug of ours; {INTERRUPTED} "
        "interrupted. `vidocq demo` ends with 0 whatever the verdicts.",
        *(f"## `{name}`\n\n```text\n{text}\n```" for name, text in helps().items()),
    )


def helps() -> dict[str, str]:
    """Each command with its help, groups before what they hold."""
    return _of(typer.main.get_command(app), "vidocq", None)


def _of(command: Any, name: str, parent: Any) -> dict[str, str]:
    context = command.context_class(command, info_name=name, parent=parent, terminal_width=WIDTH)
    found = {context.command_path: "\n".join(line.rstrip() for line in command.get_help(context).splitlines())}
    for child, held in all_commands(command).items():
        found |= _of(held, child, context)
    return found
