"""What every command prints where it stops: the error to stderr."""

import typer

from vidocq.core.errors import VidocqError
from vidocq.core.text import Lang


def fail(error: VidocqError, code: int, lang: Lang = Lang.en) -> int:
    """Prints the error in the reader's language, as far as it speaks it, and returns the exit code."""
    told = error.told(lang)
    typer.echo(told if lang is Lang.fr and error.french else f"{type(error).__name__}: {told}", err=True)
    return code
