"""What every command prints where it stops: the error to stderr."""

import typer

from vidocq.core.errors import VidocqError


def fail(error: VidocqError, code: int) -> int:
    """Prints the error and returns the exit code."""
    typer.echo(f"{type(error).__name__}: {error}", err=True)
    return code
