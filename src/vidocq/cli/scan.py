"""`vidocq scan`."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.configuration import ID_PATTERN
from vidocq.audit.fail_on import OF_SCAN, Concern, read_fail_on
from vidocq.audit.outputs import scan_bytes
from vidocq.audit.scan.execute import run_scan
from vidocq.audit.scan.keys import read_key
from vidocq.audit.scan.options import Options, read_categories
from vidocq.audit.scan.texts import text_bytes
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang
from vidocq.detect.adapters.together import find_with
from vidocq.detect.find import find_each
from vidocq.engine.progress import Bar
from vidocq.report import scan_summary
from vidocq.report.typography import polished
from vidocq.targets.texts.pieces import Notes
from vidocq.targets.texts.problems import REASONS


def scan(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders.", show_default=False)] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of the results.")] = Path("vidocq-scan"),
    text: Annotated[
        Path | None,
        typer.Option("--text", help="Print the text of this file that offsets count, and do nothing else."),
    ] = None,
    categories: Annotated[
        str | None, typer.Option("--categories", help="Kinds to look for, by commas; all of them without it.")
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", help="Read only files that match this shell pattern; may be repeated."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", help="Leave out files that match it; may be repeated.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            help="What makes the exit code other than 0, by commas: found (1), to_judge (1: words about article 9 or "
            "10 data), not_measured (3: something was not read); or never.",
        ),
    ] = f"{Concern.FOUND},{Concern.NOT_MEASURED}",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; as many as cores by default.")
    ] = (None),
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            help="File of 32 bytes or more that keys the hashes by which recurring persons are counted, so that two "
            "scans can be compared. Without it the key is random and never written.",
            dir_okay=False,
        ),
    ] = None,
    models: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help="Search with this recogniser too: spacy:FOLDER, presidio:FOLDER (of a spaCy pipeline) or gliner:FOLDER; "
            "may be repeated. Nothing is downloaded.",
        ),
    ] = None,
    dossier: Annotated[
        str | None, typer.Option("--dossier", help="URL of the ledger in which evidence is recorded too.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", help="Id of the data set among the facts of that dossier.")
    ] = None,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Search files for personal data: txt, jsonl, json, csv, parquet, html, pdf, and txt, jsonl or csv in gz or zst.

    Writes scan.json, spans.jsonl (places, never values), run.json and two reports. Exit code 1 if personal data were
    found, whether or not everything could be read; 3 if none were found and a file, or a part of one, could not be
    read; 0 if none were found and everything was read. --fail-on changes this.
    """
    if text is not None:
        return _print_text(text, lang)
    try:
        if not paths:
            raise ConfigurationError(
                "no path is given",
                where="vidocq scan",
                fix="name files or folders",
                fr="aucun chemin n'est donné",
                fix_fr="nommez des fichiers ou des dossiers",
            )
        stopping = read_fail_on(fail_on, allowed=OF_SCAN)
        _require_dataset(dataset, dossier)
        finder = find_with(models) if models else None
        options = Options(
            models=finder.models if finder else (),
            categories=read_categories(categories),
            include=tuple(include or ()),
            exclude=tuple(exclude or ()),
            key=None if key is None else read_key(key),
            seed=1 if seed is None else seed,
            workers=workers,
        )
    except VidocqError as error:
        return fail(error, 2, lang)
    outcome = run_scan(
        paths,
        out,
        options=options,
        command=f"vidocq scan --out {out.name}",
        find=finder.each if finder else find_each,
        fail_on=stopping,
        dossier=dossier,
        dataset=dataset,
        progress=Bar(quiet=quiet),
        title="lots" if lang is Lang.fr else "batches",
    )
    if outcome.error is not None or outcome.content is None:
        stopped = outcome.error or DataError("nothing came of the scan", where="vidocq scan", fix="report this")
        return fail(stopped, outcome.exit_code)
    if json is not None:
        try:
            write_atomic(json, scan_bytes(outcome.content))
        except OSError as error:
            kind = type(error).__name__
            return fail(
                DataError(
                    f"a file cannot be written ({kind})",
                    where=str(json),
                    fix="choose another",
                    fr="un fichier ne peut pas être écrit",
                    fix_fr="choisissez-en un autre",
                ),
                3,
            )
    if not quiet:
        typer.echo(scan_summary(outcome.content, lang=lang))
        page = outcome.files[f"report.{lang}.html"]
        typer.echo(f"{'Rapport :' if lang is Lang.fr else 'Report:'} {page}")
    return outcome.exit_code


def _require_dataset(dataset: str | None, dossier: str | None) -> None:
    if dataset is not None and (dossier is None or re.fullmatch(ID_PATTERN, dataset) is None):
        raise ConfigurationError(
            "the data set is no id, or no dossier is given to record about it",
            where="--dataset",
            fix="give --dossier too, and an id of letters, digits, - and _",
            fr="le jeu n'est pas un identifiant, ou aucun dossier n'est donné pour y inscrire",
            fix_fr="donnez aussi --dossier, et un identifiant en lettres, chiffres, - et _",
        )


def _print_text(path: Path, lang: Lang) -> int:
    """The bytes as they are, for offsets are counted in them; problems go to stderr."""
    notes = Notes()
    try:
        for block in text_bytes(path, notes=notes):
            sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
    except VidocqError as error:
        return fail(error, 2, lang)
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    for problem in notes.problems:
        place = "" if problem.record is None else f" ({problem.record})"
        typer.echo(f"{polished(REASONS[problem.kind].to(lang), lang)}{place}", err=True)
    return 3 if notes.problems else 0
