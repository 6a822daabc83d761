"""The commands of `vidocq dossier` on its ledger: verify, keygen, anchor, export, import."""

from pathlib import Path
from typing import Annotated, Any

import typer

from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.anchors.anchor import Anchor, anchor_of, read_anchor, require_signed
from vidocq.dossier.anchors.keys import make_key
from vidocq.dossier.archive.read import opened
from vidocq.dossier.archive.take_in import require_held, take_in
from vidocq.dossier.archive.verify import verify_archive
from vidocq.dossier.archive.write import export as write_archive
from vidocq.dossier.deep.rehash import FilesReport, rehash
from vidocq.dossier.deep.verify import DeepReport, verify_deep
from vidocq.dossier.entries import Entry, Problem, walk
from vidocq.dossier.ledger import Ledger, VerifyReport, require_kept

DEFAULT = "sqlite:///dossier.db"
DossierOption = Annotated[str, typer.Option("--dossier", help="SQLAlchemy URL of the ledger.")]

SOUND = Text(
    fr="Le journal tient : {length} inscriptions, empreinte de tête {head}.",
    en="The ledger holds: {length} entries, head {head}.",
)
UNANCHORED = Text(
    fr="Sans cette empreinte notée ailleurs (document signé), rien n'exclut que le journal ait été tronqué ou réécrit "
    "en entier.",
    en="Unless that hash was noted elsewhere (a signed document), nothing rules out that the ledger was cut short or "
    "rewritten whole.",
)
ANCHORED = Text(
    fr="L'ancre de l'inscription {length} y est : rien n'a été tronqué ni réécrit jusque-là.",
    en="The anchor of entry {length} is in it: nothing was cut short or rewritten up to there.",
)
SIGNED = Text(fr="Ancre signée par la clé {key}.", en="Anchor signed by key {key}.")
UNCHECKED = Text(
    fr="Contenu non vérifié, faute de règle : {kinds}.", en="Content not checked, for want of a rule: {kinds}."
)
CHANGED = Text(fr="{what} : le fichier n'est plus celui inscrit", en="{what}: the file is not the one recorded")
MISSING = Text(
    fr="{what} : aucun fichier de ce dossier n'a l'empreinte inscrite",
    en="{what}: no file of this folder has the hash recorded",
)
SAME = Text(fr="{what} : le fichier est bien celui inscrit", en="{what}: the file is the one recorded")
KEY_MADE = Text(
    fr="Clé publique, à communiquer à qui vérifiera : {key}", en="Public key, to hand to whoever will verify: {key}"
)
ANCHOR_WRITTEN = Text(
    fr="Ancre de {length} inscriptions, empreinte {head} : gardez-la hors de cette machine.",
    en="Anchor of {length} entries, hash {head}: keep it away from this machine.",
)
EXPORTED = Text(fr="Archive écrite, empreinte de tête {head}.", en="Archive written, head {head}.")
TAKEN_IN = Text(fr="{count} inscriptions ajoutées.", en="{count} entries added.")


def verify(
    source: Annotated[
        str | None,
        typer.Argument(help=f"SQLAlchemy URL of the ledger, or an archive of one; {DEFAULT} without it."),
    ] = None,
    dossier: Annotated[
        str | None,
        typer.Option("--dossier", help="The same, as the other commands take it: instead of the argument."),
    ] = None,
    anchor: Annotated[Path | None, typer.Option("--anchor", help="Anchor kept elsewhere.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="Public key that must have signed the anchor.")] = None,
    head: Annotated[str | None, typer.Option("--head", help="Hash noted elsewhere; with --length.")] = None,
    length: Annotated[int | None, typer.Option("--length", help="Number of entries noted with --head.")] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Also check what entries say.")] = False,
    files: Annotated[
        Path | None, typer.Option("--files", help="With --deep: folder of the files recorded, to hash again.")
    ] = None,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Recompute the whole chain of a ledger or of its archive. Exit code 1 if it does not hold.

    Only against an anchor, or a hash noted elsewhere, is it found that a ledger was cut short or rewritten whole.
    """
    try:
        noted = _noted(anchor, key, head, length)
        place = _one_place(source, dossier)
        if files is not None and not deep:
            raise ConfigurationError(
                "--files goes with --deep",
                where="vidocq dossier verify",
                fix="add --deep",
                fr="--files va avec --deep",
                fix_fr="ajoutez --deep",
            )
        report, said = _examined(place, noted, deep=deep)
        hashed = None if said is None or files is None else rehash(said.files, files)
        cautions = _cautions(place)
    except VidocqError as error:
        return fail(error, 2, lang)
    problems = ([report.problem] if report.problem else []) + list(said.problems if said else ())
    if json is not None:
        write_atomic(json, canonical_bytes(_plain(report, noted, said, hashed)))
    for caution in cautions:
        typer.echo(caution.to(lang), err=True)
    for problem in problems:
        name = "inscription" if lang is Lang.fr else "entry"
        typer.echo(f"{name} {problem.seq}: {problem.reason.to(lang)}", err=True)
    changed = () if hashed is None else hashed.changed
    for what in changed:
        typer.echo(CHANGED.fill(what=what).to(lang), err=True)
    for what in () if hashed is None else hashed.missing:
        typer.echo(MISSING.fill(what=what).to(lang), err=True)
    if problems or changed:
        return 1
    if not quiet:
        typer.echo(SOUND.fill(length=report.length, head=report.head).to(lang))
        typer.echo((UNANCHORED if noted is None else ANCHORED.fill(length=noted.length)).to(lang))
        if noted is not None and noted.public_key is not None:
            typer.echo(SIGNED.fill(key=noted.public_key).to(lang))
        if said is not None and said.unchecked:
            kinds = ", ".join(f"{kind} ({count})" for kind, count in said.unchecked.items())
            typer.echo(UNCHECKED.fill(kinds=kinds).to(lang))
        for what in () if hashed is None else hashed.there:
            typer.echo(SAME.fill(what=what).to(lang))
    return 0


def keygen(
    out: Annotated[Path, typer.Argument(help="File of the private key; never overwritten.")],
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Make an Ed25519 key to sign anchors with. VIDOCQ_KEY_PASSPHRASE, if set, encrypts it."""
    try:
        public_key = make_key(out)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(KEY_MADE.fill(key=public_key).to(lang))
    return 0


def anchor(
    out: Annotated[Path, typer.Option("--out", help="File of the anchor.")],
    dossier: DossierOption = DEFAULT,
    key: Annotated[Path | None, typer.Option("--key", help="Private key that signs it.")] = None,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Note the head of the ledger in a file to keep elsewhere, signed if a key is given."""
    try:
        with Ledger.open(dossier, must_exist=True) as ledger:
            report = ledger.verify()
        if report.problem is not None:
            typer.echo(f"{report.problem.seq}: {report.problem.reason.to(lang)}", err=True)
            return 1
        made = anchor_of(report.length, report.head, key=key)
    except VidocqError as error:
        return fail(error, 2, lang)
    write_atomic(out, made.bytes())
    if not quiet:
        typer.echo(ANCHOR_WRITTEN.fill(length=made.length, head=made.head).to(lang))
    return 0


def export(
    archive: Annotated[Path, typer.Argument(help="Archive to write (zip).")],
    dossier: DossierOption = DEFAULT,
    with_personal: Annotated[
        bool, typer.Option("--with-personal", help="Also what is kept aside: names and other personal data.")
    ] = False,
    anchors: Annotated[list[Path] | None, typer.Option("--anchor", help="Anchor to put in; may be repeated.")] = None,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Write the whole ledger as one archive, which `vidocq dossier verify` checks offline."""
    try:
        given = [_read_anchor(path) for path in anchors or ()]
        with Ledger.open(dossier, must_exist=True) as ledger:
            head = write_archive(ledger, archive, with_personal=with_personal, anchors=given)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(EXPORTED.fill(head=head).to(lang))
    return 0


def import_archive(
    archive: Annotated[Path, typer.Argument(help="Archive written by `vidocq dossier export`.")],
    dossier: DossierOption = DEFAULT,
    lang: LangOption = Lang.fr,
    quiet: QuietOption = False,
) -> int:
    """Take an archive into an empty ledger, or into one that it continues. All of it or nothing."""
    try:
        with opened(archive) as read:
            require_held(read)  # before a ledger is made for it
        with Ledger.open(require_kept(dossier)) as ledger:
            count = take_in(ledger, archive)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(TAKEN_IN.fill(count=count).to(lang))
    return 0


def _one_place(source: str | None, dossier: str | None) -> str:
    if source is not None and dossier is not None and source != dossier:
        raise ConfigurationError(
            "two ledgers are given, and one is verified at a time",
            where="vidocq dossier verify",
            fix="give the argument or --dossier, not both",
            fr="deux journaux sont donnés, et un seul est vérifié à la fois",
            fix_fr="donnez l'argument ou --dossier, pas les deux",
        )
    return source or dossier or DEFAULT


def _noted(path: Path | None, key: str | None, head: str | None, length: int | None) -> Anchor | None:
    if (head is None) != (length is None) or (path is not None and head is not None) or (key and path is None):
        raise ConfigurationError(
            "the options of the anchor do not go together",
            where="vidocq dossier verify",
            fix="give --anchor, with or without --key; or --head with --length",
            fr="les options de l'ancre ne vont pas ensemble",
            fix_fr="donnez --anchor, avec ou sans --key ; ou --head avec --length",
        )
    if head is not None and length is not None:
        return Anchor(length=length, head=head.strip().lower())
    if path is None:
        return None
    found = _read_anchor(path)
    require_signed(found, by=key)
    return found


def _read_anchor(path: Path) -> Anchor:
    try:
        with path.open("rb") as file:
            return read_anchor(file.read(100_000))
    except OSError as error:
        raise ConfigurationError(
            f"the anchor cannot be read: {type(error).__name__}",
            where=str(path),
            fix="check the path",
            fr="l'ancre ne peut pas être lue",
            fix_fr="vérifiez le chemin",
        ) from None


def _examined(source: str, noted: Anchor | None, *, deep: bool) -> tuple[VerifyReport, DeepReport | None]:
    if "://" not in source:
        with opened(Path(source)) as archive:
            for inside in archive.anchors():
                require_signed(inside, by=None)
            report = verify_archive(archive, noted)
            if not deep or report.problem is not None:
                return report, None
            kept = archive.aside()
            return report, verify_deep(
                _held(walk(archive.rows())), aside=None if kept is None else {row.id for row in kept}
            )
    with Ledger.open(source, must_exist=True) as ledger:
        report = ledger.verify(noted)
        if not deep or report.problem is not None:
            return report, None
        with ledger.reading() as transaction:
            there = {row.id for row in transaction.kept_aside()}
            return report, verify_deep(transaction.entries(), aside=there)


def _cautions(source: str) -> tuple[Text, ...]:
    if "://" not in source:
        return ()
    with Ledger.open(source, must_exist=True) as ledger:
        return ledger.cautions()


def _held(found: Any) -> list[Entry]:
    return [entry for entry in found if isinstance(entry, Entry)]


def _plain(
    report: VerifyReport, noted: Anchor | None, said: DeepReport | None, hashed: FilesReport | None
) -> dict[str, Any]:
    def plain(problem: Problem) -> dict[str, Any]:
        return {"seq": problem.seq, **problem.reason.to_dict()}

    content: dict[str, Any] = {
        "length": report.length,
        "head": report.head,
        "problem": None if report.problem is None else plain(report.problem),
        "anchor": None if noted is None else noted.content(),
    }
    if said is not None:
        content["deep"] = {"problems": [plain(problem) for problem in said.problems], "unchecked": said.unchecked}
    if hashed is not None:
        content["files"] = {name: list(whats) for name, whats in vars(hashed).items()}
    return content
