"""What measurements of a model say for whoever reaches it in a given way."""

from dataclasses import dataclass
from typing import Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.behind_filters import OTHER_FILTERS, attacks_alone, of_present_filters

ORDER: Final = ("labels", "top_k", "text", "probabilities", "logprobs", "weights")
"""Ways to ask a model, from the least to the most that an adversary gets."""

INDEX: Final = "index-"
"""How the ids of measured indices start."""

INCONCLUSIVE = Text(
    fr="Un audit a été mené à ce niveau d'accès ; il n'est pas concluant.",
    en="An audit was led at this level of access; it is inconclusive.",
)
LESS_ACCESS = Text(
    fr="Un audit n'a rien montré avec un accès moindre que ce niveau : il n'en dit rien.",
    en="An audit showed nothing with less access than this level gives: it says nothing about it.",
)
OTHER_VERSION = Text(
    fr="Un audit porte sur une autre version du modèle que celle de ce dossier : il n'est pas repris.",
    en="An audit is about another version of the model than that of this file: it is not relied on.",
)
NO_VERSION = Text(
    fr="Un audit n'a rien montré, mais rien ne dit qu'il porte sur la version décrite ici (empreinte SHA-256) : il n'est pas repris.",
    en="An audit showed nothing, but nothing says that it is about the version described here (SHA-256): it is not relied on.",
)
INDEX_NOT_LOW = Text(
    fr="Un indice mesuré n'est pas faible, quoi qu'il ait été déclaré.",
    en="A measured index is not low, whatever was stated.",
)
LEAKS_BARE = Text(
    fr="Le modèle seul fuit ; ce que le système en laisse passer n'a pas été testé.",
    en="The bare model leaks; what the system lets through was not tested.",
)


@dataclass(frozen=True)
class Tested:
    """What is known for one level of access.

    leak           shown with an access that this level gives; it stays, whatever a later attack finds.
    nothing_found  by the newest audit of this version, through at least what this level gives.
    adverse        something speaks against low indices, at whatever access and of whatever version.
    """

    leak: bool
    nothing_found: bool
    adverse: bool
    reasons: tuple[Text, ...]

    @classmethod
    def read(cls, model: Model, level: str, evidence: Evidence, read: Reading) -> "Tested":
        version = read.of(model, "sha256", at=f"models.{model.id}")
        most = _most(model, level, read)
        pieces = [
            piece
            for piece in evidence.pieces
            if piece.subject == f"models.{model.id}" and piece.status is not Status.NOT_MEASURED
        ]
        indices = [piece for piece in pieces if piece.measurement.startswith(INDEX) and _shows(piece)]
        attacks = [piece for piece in pieces if not piece.measurement.startswith(INDEX)]
        attacks, is_superseded = of_present_filters(attacks)
        attacks = attacks_alone(attacks)
        current = [piece for piece in attacks if not _is_of_another(piece, version)]
        leaks = [piece for piece in current if _shows(piece)]
        audits = {(piece.scope, piece.access): piece for piece in current if piece.measurement == "audit"}
        for piece in [*indices, *leaks, *audits.values()]:
            read.uses(_name(piece), str(piece.status))
        reasons = [INDEX_NOT_LOW] if indices else []
        reasons += [OTHER_VERSION] if len(current) < len(attacks) else []
        reasons += [OTHER_FILTERS] if is_superseded and level == "system" else []
        reasons += [LEAKS_BARE] if level == "system" and any(leak.scope != "system" for leak in leaks) else []
        nothing = False
        for audit in audits.values():
            if not _covers(level, most, audit):
                reasons += [LESS_ACCESS] if audit.status is Status.SATISFIED else []
            elif audit.status is not Status.SATISFIED:
                reasons += [] if _shows(audit) else [INCONCLUSIVE]
            elif version is None or audit.inputs.get("model") != version:
                reasons.append(NO_VERSION)
            elif not any(_refutes(leak, audit, level) for leak in leaks):
                nothing = True
        leak = any(_gives(level, most, leak) for leak in leaks)
        adverse = any(map(_speaks_against, attacks_alone(pieces)))
        return cls(leak, nothing and not leak, adverse, tuple(dict.fromkeys(reasons)))


def _name(piece: Piece) -> str:
    return ".".join(("evidence", piece.measurement, piece.scope, piece.access)).rstrip(".")


def _shows(piece: Piece) -> bool:
    return piece.status is Status.NOT_SATISFIED


def _speaks_against(piece: Piece) -> bool:
    return _shows(piece) or (piece.measurement == "audit" and piece.status is not Status.SATISFIED)


def _is_of_another(piece: Piece, version: str | None) -> bool:
    """True if it is known to be about another version of the model than the facts describe."""
    tested = piece.inputs.get("model")
    return bool(version and tested and tested != version)


def _gives(level: str, most: int, leak: Piece) -> bool:
    """True if whoever reaches the model this way gets the access with which the leak was shown."""
    return leak.scope == "system" if level == "system" else _rank(leak.access) <= most


def _covers(level: str, most: int, audit: Piece) -> bool:
    """True if the audit had at least the access that this level gives. The whole system is itself, whatever it gives."""
    if audit.scope == "system":
        return level == "system"
    return audit.access in ORDER and _rank(audit.access) >= most


def _refutes(leak: Piece, audit: Piece, level: str) -> bool:
    """True if the leak was shown with no more than the audit had, or on the bare model where only that was audited."""
    if leak.scope == audit.scope:
        return level == "system" or _rank(leak.access) <= _rank(audit.access)
    return audit.scope != "system"


def _most(model: Model, level: str, read: Reading) -> int:
    """The most that who reaches the model this way gets to see, as a rank; unknown counts as all but the weights."""
    if level in {"weights", ""}:
        return _rank("weights")
    return _rank(read.of(model, "api_gives", at=f"models.{model.id}") or "logprobs")


def _rank(access: str) -> int:
    """Its place in ORDER. Unnamed counts as the weights: whoever holds everything is concerned, nobody else is known to be."""
    return ORDER.index(access) if access in ORDER else len(ORDER) - 1
