"""`vidocq guard index` and `vidocq guard list`: what the filters `verbatim`, `objected` and `extracted` read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.scan.texts import text_pieces
from vidocq.cli.options import LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.text import Lang, Text
from vidocq.filters.extracted import phrases_of
from vidocq.filters.names import name_variants
from vidocq.filters.phrases import KINDS, require_kind, write_phrases
from vidocq.filters.policy import key_of
from vidocq.measure.overlap.gram_filter import STRIDE, WIDTH, build_filter
from vidocq.report.numbers import significant
from vidocq.targets.texts.pieces import Notes

LARGEST_LIST = 1 << 27
MOST_TOLD = 20
"""Lines that an error names."""
INDEXED = Text(
    fr="{out} : {grams} fragments, taux de faux positifs {rate_fr}.",
    en="{out}: {grams} grams, false positive rate {rate_en}.",
)
LISTED = Text(fr="{out} : {lines} lignes, {count} formes hachées.", en="{out}: {lines} lines, {count} hashed forms.")


def index(
    paths: Annotated[list[Path], typer.Argument(help="Files of the corpus: txt, JSONL, Parquet, CSV…")],
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("corpus.grams"),
    width: Annotated[int, typer.Option("--width", min=8, max=1024, help="Letters and digits of a gram.")] = WIDTH,
    rate: Annotated[float, typer.Option("--rate", help="False positives of a gram, at most.")] = 1e-4,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Makes the filter of a corpus that `verbatim` reads; it holds no text."""
    corpus = _Corpus(paths)
    try:
        expected = max(1, sum(path.stat().st_size for path in paths) // STRIDE)
        shape = build_filter(corpus, out, grams=expected, width=width, rate=rate)
    except OSError as error:
        unread = DataError(
            f"a file of the corpus cannot be read ({type(error).__name__})", where="PATHS", fix="check the paths"
        )
        return fail(unread, 2, lang)
    except VidocqError as error:
        _tell(corpus.notes)
        return fail(error, 2, lang)
    if not quiet:
        rates = {f"rate_{each}": significant(shape.false_positives, each, digits=2) for each in Lang}
        told = INDEXED.fill(out=out.name, grams=shape.grams, **rates)
        typer.echo(told.to(lang))
    _tell(corpus.notes)
    return 3 if corpus.notes.problems else 0


def _tell(notes: Notes) -> None:
    for problem in notes.problems:
        typer.echo(str(problem.kind) if problem.record is None else f"{problem.kind} ({problem.record})", err=True)


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
        require_kind(kind)
        lines = _lines(source)
        held = {number: forms(line) for number, line in lines.items()}
        _require_telling(held, source)
        count = write_phrases(out, (form for each in held.values() for form in each), key=key_of(key), kind=kind)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(LISTED.fill(out=out.name, lines=len(lines), count=count).to(lang))
    return 0


@dataclass
class _Corpus:
    """The texts of files, which are read anew each time they are gone through; notes, of the last time."""

    paths: list[Path]
    notes: Notes = field(default_factory=Notes)

    def __iter__(self) -> Iterator[str]:
        self.notes = Notes()
        for path in self.paths:
            for piece in text_pieces(path, notes=self.notes):
                yield piece.text[piece.inside : piece.until]


def _require_telling(held: dict[int, set[str]], source: Path) -> None:
    """Raises ConfigurationError, which names lines by their number, if there is one of which nothing can be held."""
    mute = [number for number, forms in held.items() if not forms]
    if mute:
        places = ", ".join(map(str, mute[:MOST_TOLD])) + (", …" if len(mute) > MOST_TOLD else "")
        raise ConfigurationError(
            "lines are too short or too common to be held: all that says so would be masked",
            where=f"{source.name}: {places}",
            fix="take them out, or give more of the string",
            fr="des lignes sont trop courtes ou trop communes : tout ce qui les contient serait masqué",
            fix_fr="retirez-les, ou donnez davantage de la chaîne",
        )


def _lines(path: Path) -> dict[int, str]:
    """Lines that are not blank, by their number, from 1."""
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise ConfigurationError(
                "the file is larger than 128 MiB",
                where=path.name,
                fix="cut it in parts",
                fr="le fichier dépasse 128 Mio",
                fix_fr="coupez-le en parties",
            )
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        return {number: line.strip() for number, line in enumerate(lines, start=1) if line.strip()}
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"the file cannot be read ({type(error).__name__})",
            where=path.name,
            fix="give a text file in UTF-8",
            fr=f"le fichier ne peut être lu ({type(error).__name__})",
            fix_fr="donnez un fichier de texte en UTF-8",
        ) from None
