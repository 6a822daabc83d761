"""`vidocq guard index` and `vidocq guard list`: what the filters `verbatim`, `objected` and `extracted` read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.scan.texts import text_pieces
from vidocq.cli.options import LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.text import Lang, Text
from vidocq.filters.phrases import KINDS, name_variants, phrases_of, write_phrases
from vidocq.filters.policy import key_of
from vidocq.measure.overlap.gram_filter import STRIDE, build_filter
from vidocq.report.numbers import significant
from vidocq.targets.texts.pieces import Notes

LARGEST_LIST = 1 << 27
INDEXED = Text(
    fr="{out} : {grams} fragments, taux de faux positifs {rate_fr}.",
    en="{out}: {grams} grams, false positive rate {rate_en}.",
)
LISTED = Text(fr="{out} : {count} formes hachées.", en="{out}: {count} hashed forms.")


def index(
    paths: Annotated[list[Path], typer.Argument(help="Files of the corpus: txt, JSONL, Parquet, CSV…")],
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("corpus.grams"),
    width: Annotated[int, typer.Option("--width", min=8, max=1024, help="Bytes of a gram.")] = 32,
    rate: Annotated[float, typer.Option("--rate", help="False positives aimed at, of a gram.")] = 1e-4,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Makes the filter of a corpus that `verbatim` reads; it holds no text."""
    notes = Notes()
    try:
        expected = max(1, sum(path.stat().st_size for path in paths) // STRIDE)
        shape = build_filter(_texts(paths, notes), out, grams=expected, width=width, rate=rate)
    except OSError as error:
        unread = DataError(
            f"a file of the corpus cannot be read ({type(error).__name__})", where="PATHS", fix="check the paths"
        )
        return fail(unread, 2, lang)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        rates = {f"rate_{each}": significant(shape.false_positives, each, digits=2) for each in Lang}
        told = INDEXED.fill(out=out.name, grams=shape.grams, **rates)
        typer.echo(told.to(lang))
        for problem in notes.problems:
            typer.echo(
                str(problem.kind) if problem.record is None else f"{problem.kind} ({problem.record})", err=True
            )
    return 3 if notes.problems else 0


def make_list(
    source: Annotated[Path, typer.Argument(help="Text file, one name or string a line.")],
    kind: Annotated[str, typer.Option("--kind", help=f"One of {', '.join(KINDS)}.")],
    key: Annotated[str, typer.Option("--key", help="Variable of the environment with the key, in hexadecimal.")],
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("guard.list"),
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Makes a list of hashed names of persons who objected, or of strings that an audit extracted."""
    try:
        forms = name_variants if kind == "objected" else phrases_of
        count = write_phrases(
            out, (form for line in _lines(source) for form in forms(line)), key=key_of(key), kind=kind
        )
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(LISTED.fill(out=out.name, count=count).to(lang))
    return 0


def _texts(paths: list[Path], notes: Notes) -> Iterator[str]:
    for path in paths:
        for piece in text_pieces(path, notes=notes):
            yield piece.text[piece.inside : piece.until]


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise ConfigurationError("the file is larger than 128 MiB", where=path.name, fix="cut it in parts")
        return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"the file cannot be read ({type(error).__name__})", where=path.name, fix="give a text file in UTF-8"
        ) from None
