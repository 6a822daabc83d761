"""`vidocq dossier init`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vidocq.cli.dossier_options import URL, DossierOption, RoleOption, pointing_at, read_toml, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.choices import words_of
from vidocq.dossier.file.first import FIRST, first_slots
from vidocq.dossier.file.merging import keyed, listed, merge
from vidocq.dossier.file.stating import state_facts, without_erased
from vidocq.dossier.file.template import template
from vidocq.dossier.file.valued import Slot, stating
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.report.typography import polished

OPENING = Text(
    fr="{count} questions. Entrée, ou « inconnu » : rien n'est supposé. Jamais le nom d'une personne.",
    en="{count} questions. Enter, or “unknown”: nothing is assumed. Never a person's name.",
)
FITS = {
    "yes_no": Text(fr="oui, non, inconnu", en="yes, no, unknown"),
    "ids": Text(fr="noms courts, par des virgules, ou « aucun »", en="short names, set apart by commas, or “none”"),
    "texts": Text(fr="par des virgules", en="set apart by commas"),
    "whole": Text(fr="un nombre", en="a number"),
    "number": Text(fr="un nombre", en="a number"),
    "date": Text(fr="une date, 2026-11-25", en="a date, 2026-11-25"),
    "time": Text(fr="une heure, 2026-11-25T14:30Z", en="a time, 2026-11-25T14:30Z"),
    "text": Text(fr="en quelques mots", en="in a few words"),
}
SEVERAL = Text(fr="un ou plusieurs, par des virgules", en="one or several, set apart by commas")
COLON = Text(fr=" : ", en=": ")
ONE = Text(fr="un seul", en="one")
DONE = Text(
    fr="{count} fait(s) inscrit(s) dans {url}. Ensuite : vidocq dossier assess",
    en="{count} fact(s) recorded in {url}. Next: vidocq dossier assess",
)
NOTHING = Text(fr="Aucun fait à inscrire : rien n'a été écrit.", en="No fact to record: nothing was written.")
AGREE = Text(fr="Inscrire {count} fait(s) dans {url} ?", en="Record {count} fact(s) in {url}?")
TEMPLATE = Text(
    fr="{path} : tous les faits, à compléter. Ensuite : vidocq dossier init --from {path}",
    en="{path}: all facts, to fill in. Next: vidocq dossier init --from {path}",
)


def init(
    from_: Annotated[
        Path | None, typer.Option("--from", help="Take the facts from this TOML file, and ask nothing.")
    ] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Print the first questions, and do nothing else.")
    ] = False,
    model: Annotated[
        Path | None, typer.Option("--template", help="Write all facts as commented TOML to this file, and stop.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking for confirmation.")] = False,
    role: RoleOption = "",
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Begin a file: a dozen plain questions, or a TOML file of facts. What is not known stays unknown.

    Facts that were recorded before stay, unless an answer replaces them.
    """
    try:
        if model is not None:
            return _write_template(model, lang=lang, quiet=quiet)
        if questions:
            for slot in first_slots({"datasets": ["ID"], "models": ["ID"]}):
                typer.echo(f"{slot.path}\n    {_asked(slot, lang)}")
            return 0
        content = _asked_for(lang) if from_ is None else read_toml(from_)
        with pointing_at(from_):
            facts = keyed(content, Facts)
            read_facts(listed(without_erased(facts), Facts))
        count = _count(facts)
        if not count:
            typer.echo(NOTHING.to(lang), err=True)
            return 2
        agreed = yes or from_ is not None or typer.confirm(AGREE.fill(count=count, url=_shown(dossier)).to(lang))
        if not agreed:
            return 2
        with Ledger.open(require_kept(dossier)) as ledger:
            state_facts(ledger, facts, role=role)
    except VidocqError as error:
        return fail(error, 2, lang)
    code = write_or_fail(json, canonical_bytes(listed(facts, Facts)) + b"\n", lang)
    if not quiet:
        typer.echo(polished(DONE.fill(count=count, url=_shown(dossier)).to(lang), lang))
    return code


def _write_template(path: Path, *, lang: Lang, quiet: bool) -> int:
    if path.exists():
        raise ConfigurationError(
            "this file is there already",
            where=path.name,
            fix="choose another name",
            fr="ce fichier existe déjà",
            fix_fr="choisissez un autre nom",
        )
    try:
        write_atomic(path, template(lang).encode("utf-8"))
    except OSError as error:
        kind = type(error).__name__
        raise ConfigurationError(
            f"the file cannot be written ({kind})",
            where=path.name,
            fix="choose another folder",
            fr="le fichier ne peut pas être écrit",
            fix_fr="choisissez un autre dossier",
        ) from None
    if not quiet:
        typer.echo(polished(TEMPLATE.fill(path=path).to(lang), lang))
    return 0


def _asked_for(lang: Lang) -> dict[str, Any]:
    """The answers typed, as content. A misfit is told and asked again."""
    if not sys.stdin.isatty():
        raise ConfigurationError(
            "nobody is there to answer questions",
            where="vidocq dossier init",
            fix="write a file with --template, fill it in, and give it with --from",
            fr="personne n'est là pour répondre aux questions",
            fix_fr="écrivez un fichier avec --template, complétez-le et donnez-le avec --from",
        )
    typer.echo(polished(OPENING.fill(count=len(FIRST)).to(lang), lang))
    content: dict[str, Any] = {}
    named: dict[str, list[str]] = {}
    for slot in first_slots(named):
        found = _answer(slot, lang)
        merge(content, keyed(found, Facts))
        if slot.kind == "ids":
            named[slot.path] = list(content.get(slot.path) or ())
    return content


def _answer(slot: Slot, lang: Lang) -> dict[str, Any]:
    while True:
        typed = typer.prompt(_asked(slot, lang), default="", show_default=False).strip()
        if not typed:
            return {}
        try:
            found = stating(slot, typed)
            keyed(found, Facts)
        except ConfigurationError as error:
            told = f"{error.fr} : {error.fix_fr}" if lang is Lang.fr else f"{error.what}: {error.fix}"
            typer.echo(f"  {told}", err=True)
            continue
        return found


def _asked(slot: Slot, lang: Lang) -> str:
    if slot.choices:
        words = " · ".join(
            f"{place} {words_of(choice, fact=slot.steps[-1]).to(lang)}"
            for place, choice in enumerate(slot.choices, start=1)
        )
        fits = f"{(SEVERAL if slot.kind == 'choices' else ONE).to(lang)}{COLON.to(lang)}{words}"
    else:
        fits = FITS[slot.kind].to(lang)
    return f"{polished(slot.asked.to(lang), lang)} ({polished(fits, lang)})"


def _count(content: Any) -> int:
    """How many facts are stated or erased; a list that is stated to be empty is one."""
    if isinstance(content, dict) and content:
        return sum(max(1, _count(value)) if isinstance(value, dict) else 1 for value in content.values())
    return 0


def _shown(url: str) -> str:
    """The URL as it may be printed: without what stands before an @, which may hold a password."""
    scheme, found, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if found else url
