"""`vidocq plan`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.configuration import read_configuration
from vidocq.audit.plan import make_plan
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang


def plan(
    config: Annotated[Path, typer.Argument(help="Configuration, in TOML.", show_default=False)],
    power: Annotated[
        bool, typer.Option("--power", help="Persons and reference models needed for the tolerances asked.")
    ] = False,
    trust_pickle: Annotated[
        bool, typer.Option("--trust-pickle", help="Load a pickle: it may run any code on this machine.")
    ] = False,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Print what an audit would run, what not and why, and at what cost. Nothing is asked of the model."""
    try:
        made = make_plan(read_configuration(config, seed=seed), trust_pickle=trust_pickle)
    except VidocqError as error:
        return fail(error, 2, lang)
    if json is not None:
        write_atomic(json, canonical_bytes(made.content))
    if not quiet:
        for line in [*made.lines(), *(made.power_lines() if power else [])]:
            typer.echo(line.to(lang))
    return 0
