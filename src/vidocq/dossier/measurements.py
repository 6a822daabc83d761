"""Every measurement that can leave evidence, by its id; and those that no point cites, with the reason."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.attacks.one_run import OneRun
from vidocq.attacks.structure import Structure
from vidocq.checks.catalogue import INDICES
from vidocq.core.text import Text
from vidocq.dossier.evidence import BEHIND_FILTERS, OF_FILTERS
from vidocq.dossier.file_checks.catalogue import FILE_CHECKS

AUDIT: Final = Text(fr="Audit du modèle, verdict d'ensemble", en="Audit of the model, its verdict")
SCANS: Final = {
    "scan-identifiers": Text(fr="Analyse des données : identifiants", en="Scan of data: identifiers"),
    "scan-persons": Text(fr="Analyse des données : noms de personnes", en="Scan of data: names of persons"),
    "scan-special-categories": Text(fr="Analyse des données : données sensibles", en="Scan of data: sensitive data"),
    "scan-offences": Text(fr="Analyse des données : données d'infraction", en="Scan of data: offence data"),
}
FILTERS: Final = {
    OF_FILTERS: Text(fr="Filtres : identifiants plantés qui passent", en="Filters: planted identifiers that pass"),
    BEHIND_FILTERS: Text(
        fr="Attaques sur le modèle, seul et derrière ses filtres",
        en="Attacks on the model, alone and behind its filters",
    ),
}
SHARES_THE_VERDICT: Final = Text(
    fr="Une attaque n'a pas de verdict propre : le point cite l'audit, dont elle est une partie.",
    en="An attack has no verdict of its own: the point cites the audit, of which it is a part.",
)
CITED: Final = ("extraction", "divergence")
"""Of what language models give back; the point on regurgitation rests on both."""
JUDGED_WITH_OTHERS: Final = Text(
    fr="Le verdict de l'audit en tient compte ; aucun point ne porte sur cette mesure seule.",
    en="The verdict of the audit takes it into account; no point is about this measurement alone.",
)


@cache
def measurements() -> Mapping[str, Text]:
    """The title of each, by its id: audit and attacks, scans, filters, indices, checks of the file."""
    return {
        "audit": AUDIT,
        **{kind.card.id: kind.card.title for kind in (*ATTACKS, *ON_LANGUAGE, Structure, OneRun)},
        **SCANS,
        **FILTERS,
        **{kind.card.id: kind.card.title for kind in INDICES},
        **{kind.card.id: kind.card.title for kind in FILE_CHECKS},
    }


@cache
def cited_by_none() -> Mapping[str, Text]:
    """Why no point cites it, by id."""
    sharing = [*ATTACKS.ids(), Structure.card.id, OneRun.card.id]
    return dict.fromkeys(sharing, SHARES_THE_VERDICT) | {
        name: JUDGED_WITH_OTHERS for name in ON_LANGUAGE.ids() if name not in CITED
    }
