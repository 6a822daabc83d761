"""`vidocq dossier documents`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.cli.dossier_assess import assessed_file
from vidocq.cli.dossier_options import URL, AtOption, DossierOption
from vidocq.cli.options import LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.report.documents.catalogue import DOCUMENTS
from vidocq.report.documents.page import render_document

WRITTEN = Text(fr="Écrit : {paths}", en="Written: {paths}")


def documents(
    out: Annotated[Path, typer.Option("--out", help="Folder in which to write the pages.")] = Path("documents"),
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help=f"One of {', '.join(DOCUMENTS)}; may be repeated. All without it."),
    ] = None,
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Write what can be handed over, as self-contained pages in French and English: synthesis, status, checklist, register…"""
    try:
        for name in only or []:
            if name not in DOCUMENTS:
                raise ConfigurationError(
                    "there is no such document",
                    where="--only",
                    fix=f"choose among {', '.join(DOCUMENTS)}",
                    fr="ce document n'existe pas",
                    fix_fr=f"choisissez parmi {', '.join(DOCUMENTS)}",
                )
        assessed = assessed_file(dossier, at)
        paths = []
        for name in only or DOCUMENTS:
            document = DOCUMENTS[name](assessed)
            for tongue in Lang:
                path = out / f"{document.name}.{tongue.value}.html"
                write_atomic(path, render_document(document, lang=tongue).encode("utf-8"))
                paths.append(path)
    except VidocqError as error:
        return fail(error, 2, lang)
    except OSError as error:
        return fail(
            ConfigurationError(
                f"a file cannot be written ({type(error).__name__})",
                where="--out",
                fix="give a folder you can write to",
                fr="un fichier ne peut pas être écrit",
                fix_fr="donnez un dossier où vous pouvez écrire",
            ),
            2,
            lang,
        )
    if not quiet:
        typer.echo(WRITTEN.fill(paths=", ".join(str(path) for path in paths)).to(lang))
    return 0
