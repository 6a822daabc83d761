"""What could not be read, and why: a kind and a place, never the content."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vidocq.core.errors import VidocqError
from vidocq.core.text import Text


class Kind(StrEnum):
    """Reasons why something of a file was not read, or was read by guesswork."""

    LINK_OUT = "link_out"
    LINK_LOOP = "link_loop"
    LINK_BROKEN = "link_broken"
    NOT_A_FILE = "not_a_file"
    DENIED = "denied"
    VANISHED = "vanished"
    CHANGED = "changed"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    BOMB = "bomb"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    BAD_RECORD = "bad_record"
    MIXED_ENCODING = "mixed_encoding"
    BROKEN_ENCODING = "broken_encoding"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    TIME = "time"
    MEMORY = "memory"
    MISSING_EXTRA = "missing_extra"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not read.

    record  where it is, from 1; None for the file, or the rest of it.
    error   name of the exception's type, where there was one.
    """

    kind: Kind
    record: int | None = None
    error: str | None = None


class Unreadable(VidocqError):
    """The file, or the rest of it, cannot be read. Caught by the reading of a part, which goes on with the next."""

    def __init__(self, kind: Kind, *, error: str | None = None) -> None:
        super().__init__(f"a file cannot be read ({kind})", where="targets.texts", fix="see the kind of the problem")
        self.problem = Problem(kind, error=error)


REASONS: Mapping[Kind, Text] = {
    Kind.LINK_OUT: Text(
        fr="lien vers un fichier hors du dossier demandé : il n'est pas suivi",
        en="link to a file outside the folder that was named: it is not followed",
    ),
    Kind.LINK_LOOP: Text(fr="liens en boucle", en="links in a loop"),
    Kind.LINK_BROKEN: Text(fr="lien dont la cible n'existe pas", en="link whose target is not there"),
    Kind.NOT_A_FILE: Text(
        fr="tube, périphérique ou autre objet spécial : il n'est jamais ouvert",
        en="pipe, device or other special object: it is never opened",
    ),
    Kind.DENIED: Text(fr="accès refusé", en="permission denied"),
    Kind.VANISHED: Text(fr="disparu avant d'être lu", en="gone before it was read"),
    Kind.CHANGED: Text(fr="modifié pendant l'examen", en="changed during the scan"),
    Kind.UNSUPPORTED: Text(
        fr="contenu qui n'est pas du texte dans un format lu", en="content that is no text in a format that is read"
    ),
    Kind.DAMAGED: Text(fr="tronqué ou endommagé", en="truncated or damaged"),
    Kind.BOMB: Text(
        fr="se décompresse au-delà de toute proportion (bombe de décompression)",
        en="unpacks out of all proportion (decompression bomb)",
    ),
    Kind.TOO_LARGE: Text(fr="dépasse la taille lue pour ce format", en="larger than what is read of this format"),
    Kind.TOO_LONG: Text(
        fr="enregistrement plus long que la limite de lecture", en="record longer than the limit of reading"
    ),
    Kind.TOO_DEEP: Text(fr="imbrication trop profonde", en="nested too deeply"),
    Kind.BAD_RECORD: Text(fr="enregistrement mal formé", en="ill-formed record"),
    Kind.MIXED_ENCODING: Text(
        fr="encodages mélangés : des octets ont été lus comme du Windows-1252, par supposition",
        en="mixed encodings: some bytes were read as Windows-1252, by a guess",
    ),
    Kind.BROKEN_ENCODING: Text(
        fr="encodage rompu : des caractères illisibles ont été remplacés",
        en="broken encoding: unreadable characters were replaced",
    ),
    Kind.ENCRYPTED: Text(fr="chiffré", en="encrypted"),
    Kind.NO_TEXT: Text(
        fr="aucune page n'a de texte (document numérisé en image ?)", en="no page holds text (scanned as pictures?)"
    ),
    Kind.TIME: Text(fr="lecture interrompue : trop longue", en="reading stopped: it took too long"),
    Kind.MEMORY: Text(fr="lecture interrompue : trop de mémoire", en="reading stopped: it took too much memory"),
    Kind.MISSING_EXTRA: Text(
        fr="il manque une bibliothèque facultative : pip install 'vidocq[pdf]'",
        en="an optional library is missing: pip install 'vidocq[pdf]'",
    ),
    Kind.CRASHED: Text(
        fr="la lecture ou un détecteur s'est arrêté sur une erreur : non mesuré",
        en="reading or a detector stopped on an error: not measured",
    ),
}
