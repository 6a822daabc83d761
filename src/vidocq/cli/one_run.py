"""`vidocq one-run`: canaries drawn before training, guessed after it."""

import math
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from vidocq.audit.one_run import draw_records, guess_draw, load_draw
from vidocq.audit.sampling.split import rows_of_table
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import DataError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.targets.model_files import load_model
from vidocq.targets.tables import read_records

one_run = typer.Typer(
    help="A lower bound of epsilon from one training run with canaries.", no_args_is_help=True, rich_markup_mode=None
)
DRAWN = Text(
    fr="{included} : à ajouter aux données d'entraînement, sans rien d'autre de {table}.\n"
    "{coins} : le tirage, à garder secret jusqu'à la mesure. {guesses} réponses sont inscrites dans {url}.",
    en="{included}: add these to the training data, and nothing else of {table}.\n"
    "{coins}: the draw, to be kept secret until the measurement. {guesses} guesses are registered in {url}.",
)
TableArgument = Annotated[Path, typer.Argument(help="Canaries: csv, parquet, jsonl or npz.", show_default=False)]
LabelOption = Annotated[str, typer.Option("--label", help="Column to predict.")]
LedgerOption = Annotated[str, typer.Option("--dossier", help="Ledger of the draw.")]


@one_run.callback()
def _group() -> None:
    """A lower bound of epsilon from one training run with canaries."""


@one_run.command()
def draw(
    table: TableArgument,
    label: LabelOption,
    delta: Annotated[float, typer.Option("--delta", help="The delta of the claim.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the draw.")] = Path(),
    epsilon: Annotated[float | None, typer.Option("--epsilon", help="Expected; plans the guesses.")] = None,
    guesses: Annotated[int | None, typer.Option("--guesses", help="Their number, instead of --epsilon.")] = None,
    bound: Annotated[str, typer.Option("--bound", help="f-dp, steinke or f-dp-gaussian.")] = "f-dp",
    dossier: LedgerOption = "sqlite:///dossier.db",
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Throw a coin for each canary before training, and register the draw. Without --seed nobody can foresee it."""
    try:
        records = read_records(table, label=label)
        with Ledger.open(require_kept(dossier)) as ledger:
            drawn = draw_records(
                records,
                rng=np.random.default_rng(seed),
                delta=delta,
                epsilon=epsilon,
                guesses=guesses,
                bound=bound,
                level=0.95,
                ledger=ledger,
            )
        included, coins = out / f"included{table.suffix}", out / "coins.npz"
        write_atomic(included, rows_of_table(table, drawn.included), mode=0o600)
        drawn.save(coins)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        told = {"included": included, "table": table.name, "coins": coins, "url": dossier}
        typer.echo(DRAWN.fill(guesses=drawn.terms.guesses, **told).to(lang))
    return 0


@one_run.command()
def measure(
    table: TableArgument,
    label: LabelOption,
    coins: Annotated[Path, typer.Option("--coins", help="coins.npz of the draw.")] = Path("coins.npz"),
    model: Annotated[Path | None, typer.Option("--model", help="The trained model, .skops.")] = None,
    scores: Annotated[Path | None, typer.Option("--scores", help="Text file, one score a line, instead.")] = None,
    claimed: Annotated[float | None, typer.Option("--claimed", help="Exit code 1 if epsilon exceeds it.")] = None,
    dossier: LedgerOption = "sqlite:///dossier.db",
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Guess the coins from the trained model, once, and bound epsilon from below."""
    try:
        if (model is None) == (scores is None):
            raise DataError("nothing tells the canaries apart", where="--model, --scores", fix="give one of the two")
        drawn = load_draw(coins, read_records(table, label=label))
        told = None if scores is None else _numbers(scores)
        asked = None if model is None else load_model(model)
        with Ledger.open(require_kept(dossier), must_exist=True) as ledger:
            found = guess_draw(asked, drawn, scores=told, ledger=ledger)
    except VidocqError as error:
        return fail(error, 2, lang)
    if json is not None:
        write_atomic(json, canonical_bytes(found.to_dict()))
    if not quiet:
        typer.echo(found.sentence.to(lang))
    return int(claimed is not None and found.epsilon_low > claimed)


def _numbers(path: Path) -> list[float]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        told = [(place, float(text)) for place, line in enumerate(lines, start=1) for text in line.split()]
    except (OSError, ValueError) as reason:
        raise DataError(
            f"the scores cannot be read ({type(reason).__name__})", where=path.name, fix="write one number a line"
        ) from None
    bad = next((place for place, value in told if not math.isfinite(value)), None)
    if bad is not None:
        raise DataError(
            "a score is not a finite number",
            where=f"{path.name}, line {bad}",
            fix="give every canary a finite score, in their order",
        )
    return [value for _, value in told]
