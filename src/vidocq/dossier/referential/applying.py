"""Whether a point applies: its own condition, and the regime that its articles belong to."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.referential.point import Point
from vidocq.dossier.referential.truth import Truth, truth

OTHER_REGIMES: Final = {
    "law_enforcement": Text(
        fr="Sans objet : le développement relève de la directive police-justice (titre III de la loi Informatique et Libertés), et ce "
        "point repose sur le RGPD. Cette directive a ses propres obligations, que ce dossier ne tient pas.",
        en="Does not apply: development falls under the Law Enforcement Directive, and this point rests on the GDPR. That directive has "
        "duties of its own, which this file does not hold.",
    ),
    "state_security": Text(
        fr="Sans objet : le développement relève de la défense nationale ou de la sûreté de l'État (titre IV de la loi Informatique et "
        "Libertés), et ce point repose sur le RGPD. Ce régime a ses propres obligations, que ce dossier ne tient pas.",
        en="Does not apply: development falls under national defence or State security, and this point rests on the GDPR. That regime "
        "has duties of its own, which this file does not hold.",
    ),
}
"""Regimes under which the GDPR does not apply to the development, with why a point of the GDPR is then without object."""
REGIME: Final = "regime"


def applies(
    point: Point,
    facts: Facts,
    decisions: Sequence[Decision],
    *,
    contradicted: Mapping[str, Mapping[str, Any]],
    today: datetime.date,
    item: str = "",
) -> Truth:
    """The point's condition on these facts, as evidence leaves them; false where another regime is known to apply.

    contradicted  what `contradictions` finds in these facts and the evidence.
    item          path of the one item looked at, such as "datasets.patients"; "" for the whole.
    """
    other = next((one for one in decisions if one.rule == REGIME and one.value in OTHER_REGIMES), None)
    if other is not None and not point.any_regime:
        return Truth(False, {f"rule.{REGIME}": other.value}, why=OTHER_REGIMES[other.value])
    return truth(point.applies, facts, decisions, today=today, item=item, contradicted=contradicted)
