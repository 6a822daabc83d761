"""The command line: `vidocq COMMAND`."""

import signal
import sys
from collections.abc import Sequence
from typing import Any

import typer

from vidocq.cli.on_demand import group_of
from vidocq.core.version import VERSION

INTERRUPTED, TERMINATED = 130, 143
USAGE_ERROR: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""The base of typer's usage errors: click's own class, or that of the click which newer typers carry inside."""

COMMANDS = {
    "demo": "vidocq.cli.demo:demo",
    "audit": "vidocq.cli.audit:audit",
    "compare": "vidocq.cli.compare:compare",
    "plan": "vidocq.cli.plan:plan",
    "scan": "vidocq.cli.scan:scan",
    "split": "vidocq.cli.split:split",
    "purge": "vidocq.cli.purge:purge_command",
    "one-run": "vidocq.cli.one_run:one_run",
    "canaries": "vidocq.cli.canaries:canaries",
    "guard": "vidocq.cli.guard:guard",
    "dossier": "vidocq.cli.dossier:dossier",
}

app = typer.Typer(
    name="vidocq",
    cls=group_of("VidocqGroup", COMMANDS),
    help="Attacks models to learn what they remember of people, and keeps the file that proves it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vidocq {VERSION}")
        raise typer.Exit


@app.callback()
def vidocq(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Exit codes: 0 clean; 1 findings; 2 wrong usage or unreadable input, before any work; 3 something was not
    measured or is inconclusive; 70 a bug of ours; 130 interrupted; 143 terminated.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code. Never raises."""
    try:
        code = app(args=None if argv is None else list(argv), prog_name="vidocq", standalone_mode=False)
    except USAGE_ERROR as error:
        error.show()
        return int(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    if code == INTERRUPTED:  # some versions of typer return it without a word
        typer.echo("vidocq: interrupted; start the same command again to go on", err=True)
    return code if isinstance(code, int) else 0


def run() -> None:
    """Entry point of the `vidocq` command. SIGTERM stops it as Ctrl-C does: workers end, temporary files go."""
    terminated = False

    def terminate(_signal: int, _frame: object) -> None:
        nonlocal terminated
        terminated = True
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: cleaning up is not interrupted
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, terminate)
    code = main()
    sys.exit(TERMINATED if terminated and code == INTERRUPTED else code)


if __name__ == "__main__":
    run()
