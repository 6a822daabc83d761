"""Options that every command has."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.core.text import Lang

LangOption = Annotated[Lang, typer.Option("--lang", help="Language of what is printed.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Also write the result as JSON to this file.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
SeedOption = Annotated[int | None, typer.Option("--seed", min=0, help="Seed; replaces the one of the configuration.")]
