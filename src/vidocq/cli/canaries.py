"""`vidocq canaries`: invented texts drawn before a language model is trained, put in, and checked to be learnt from."""

import json as plain_json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from vidocq.audit.language.canaries.canary import KINDS, Kind
from vidocq.audit.language.canaries.draw import draw_text_canaries
from vidocq.audit.language.canaries.gradient import IGNORED, Encode, check_text_canaries
from vidocq.audit.language.canaries.insert import insert_into_jsonl, texts_of_jsonl
from vidocq.audit.language.canaries.register import load_text_draw
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, DataError, MissingExtra, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.targets.foreign import foreign_code

canaries = typer.Typer(
    help="Canaries for language models: drawn before training, looked for after it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
DRAWN = Text(
    fr="{register} : {planted} marqueurs à insérer, {kept} témoins. À garder secret jusqu'à la mesure ; le tirage est inscrit "
    "dans {url}.",
    en="{register}: {planted} canaries to put in, {kept} controls. Keep it secret until the measurement; the draw is "
    "registered in {url}.",
)
PUT_IN = Text(fr="{out} : {added} lignes insérées.", en="{out}: {added} lines put in.")
CHECKED = Text(
    fr="{planted} marqueurs insérés : {silent} ne sont pas appris du tout, {short} en partie seulement ; {intruders} "
    "témoins sont présents.",
    en="{planted} canaries planted: {silent} are not learnt from at all, {short} in part only; {intruders} controls are there.",
)
RegisterOption = Annotated[Path, typer.Option("--register", help="Register of the draw.")]
FieldOption = Annotated[str, typer.Option("--field", help="Field that holds the text.")]


@canaries.callback()
def _group() -> None:
    """Canaries for language models: drawn before training, looked for after it."""


@canaries.command()
def draw(
    register: RegisterOption = Path("canaries.json"),
    numbers: Annotated[str, typer.Option("--numbers", help="Repetitions:canaries, …")] = "1:100,4:20,16:20,64:20",
    kinds: Annotated[str, typer.Option("--kinds", help=f"Of {', '.join(KINDS)}.")] = "secret,person",
    text_lang: Annotated[Lang, typer.Option("--text-lang", help="Language of invented texts.")] = Lang.fr,
    corpus: Annotated[Path | None, typer.Option("--corpus", help="JSONL to take outliers from.")] = None,
    field: FieldOption = "text",
    delta: Annotated[float | None, typer.Option("--delta", help="The delta of a claim.")] = None,
    epsilon: Annotated[float | None, typer.Option("--epsilon", help="Expected; plans the guesses.")] = None,
    guesses: Annotated[int | None, typer.Option("--guesses", help="Their number, instead of --epsilon.")] = None,
    dossier: Annotated[str, typer.Option("--dossier", help="Ledger of the draw.")] = "sqlite:///dossier.db",
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Draw canaries, throw a coin for each, and register the draw. Without --seed nobody can foresee it."""
    try:
        drawn = draw_text_canaries(
            rng=np.random.default_rng(seed),
            numbers=_numbers(numbers),
            kinds=_kinds(kinds),
            text_lang=text_lang,
            corpus=None if corpus is None else texts_of_jsonl(corpus, field=field),
            epsilon=epsilon,
            delta=delta,
            guesses=guesses,
            dossier=dossier,
        )
        drawn.save(register)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        planted = int(drawn.included.sum())
        told = {"register": register, "planted": planted, "kept": len(drawn.included) - planted, "url": dossier}
        typer.echo(DRAWN.fill(**told).to(lang))
    return 0


@canaries.command()
def insert(
    corpus: Annotated[Path, typer.Argument(help="JSONL to train on.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="JSONL with the canaries in it.")],
    register: RegisterOption = Path("canaries.json"),
    field: FieldOption = "text",
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Put the drawn canaries into a corpus, at places of chance."""
    try:
        drawn = load_text_draw(register)
        added = insert_into_jsonl(corpus, drawn, out, field=field, rng=np.random.default_rng(seed))
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(PUT_IN.fill(out=out, added=added).to(lang))
    return 0


@canaries.command()
def check(
    tokens: Annotated[Path, typer.Argument(help="JSONL of input_ids and labels, one epoch.", show_default=False)],
    tokenizer: Annotated[Path, typer.Option("--tokenizer", help="tokenizer.json of the training.")],
    register: RegisterOption = Path("canaries.json"),
    ignored: Annotated[int, typer.Option("--ignored", help="Label left out of the loss.")] = IGNORED,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Say whether what the trainer is given has it learn from each canary. Exit code 1 if it does not."""
    try:
        drawn = load_text_draw(register)
        reached = check_text_canaries(drawn, _rows(tokens), encode=_encoder(tokenizer), ignored=ignored)
    except VidocqError as error:
        return fail(error, 2, lang)
    found = reached.to_dict()
    if json is not None:
        write_atomic(json, canonical_bytes(found))
    if not quiet:
        typer.echo(CHECKED.fill(**found | {"intruders": found["left_out_but_there"]}).to(lang))
    return int(not reached.is_sound)


def _numbers(told: str) -> dict[int, int]:
    try:
        pairs = [part.split(":") for part in told.split(",")]
        return {int(times): int(number) for times, number in pairs}
    except ValueError:
        raise ConfigurationError(
            "the numbers of canaries cannot be read", where="--numbers", fix="write them as 1:100,4:20,64:20"
        ) from None


def _kinds(told: str) -> list[Kind]:
    """Those that were named; none where one of them is unknown, which the draw refuses."""
    named = told.split(",")
    return [kind for kind in KINDS if kind in named] if set(named) <= set(KINDS) else []


def _rows(path: Path) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for place, line in enumerate(stream, start=1):
                if line.strip():
                    yield _row(plain_json.loads(line), where=f"{path.name}, line {place}")
    except (OSError, ValueError, RecursionError) as reason:
        raise DataError(
            f"the tokens cannot be read ({type(reason).__name__})",
            where=path.name,
            fix="write one JSON object a line, with input_ids and labels",
        ) from None


def _row(told: Any, *, where: str) -> tuple[list[int], list[int]]:
    ids, labels = (told.get(name) if isinstance(told, dict) else None for name in ("input_ids", "labels"))
    for of in (ids, labels):
        if not isinstance(of, list) or not all(isinstance(one, int) for one in of):
            ids = None
    if ids is None or labels is None or len(ids) != len(labels):
        raise DataError(
            "input_ids and labels are not two lists of integers of one length",
            where=where,
            fix="write what the trainer is given, row by row",
        )
    return ids, labels


def _encoder(path: Path) -> Encode:
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415 - of an extra, on use
    except ImportError:
        raise MissingExtra(
            "a tokenizer cannot be read without tokenizers", where="--tokenizer", fix="pip install 'vidocq[language]'"
        ) from None
    if not path.is_file():
        raise DataError("there is no tokenizer there", where=path.name, fix="give a tokenizer.json")
    with foreign_code("reading the tokenizer", where=path.name, fix="give a tokenizer.json"):
        loaded = Tokenizer.from_file(str(path))

    def encode(text: str) -> Sequence[int]:
        ids: list[int] = loaded.encode(text, add_special_tokens=False).ids
        return ids

    return encode
