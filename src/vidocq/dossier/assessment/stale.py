"""Evidence about a model or data that have changed since no longer speaks of what is there now."""

from collections.abc import Mapping

from vidocq.core.text import Text
from vidocq.dossier.assessment.said import evidence_name
from vidocq.dossier.evidence import Piece
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.rules.behind_filters import guard_of, present_filters
from vidocq.dossier.state import State

CHANGED = Text(
    fr="À actualiser : l'empreinte n'est plus celle qui a été mesurée ({what} ; {measurement}).",
    en="Stale: the hash is no longer the one that was measured ({what}; {measurement}).",
)
OTHER_SUITE = Text(
    fr="À actualiser : la suite d'attaques a changé depuis la mesure ({then}, aujourd'hui {now}).",
    en="Stale: the suite of attacks has changed since the measurement ({then}, now {now}).",
)
OTHER_FILTERS = Text(
    fr="À actualiser : les filtres ne sont plus ceux derrière lesquels « {measurement} » a été mesuré.",
    en="Stale: the filters are no longer those behind which “{measurement}” was measured.",
)
_OWN_INPUT = {"models": "model", "datasets": "data"}
"""The input that is the subject itself, by the list in which the subject is described."""
_SEVERAL = "files"
"""The input that stands for all files of a scan: no hash of one file can be set against it."""


def why_stale(piece: Piece, state: State, suites: Mapping[str, str]) -> Text | None:
    """The reason, or None while the piece holds.

    An input whose hash was once stated as that of an item, which now has another, is stale; so is a piece whose subject
    is stated with another hash than was measured, or one measured behind other filters than those measured last. What was never stated cannot be told apart, and counts as unchanged.

    suites  the current version of each suite, by name, such as {"quick": "3"}.
    """
    for item, known in state.hashes.items():
        if any(value in known and value != known[-1] for value in piece.inputs.values()):
            return _changed(item, piece)
    group, _, _ = piece.subject.partition(".")
    measured, stated = piece.inputs.get(_OWN_INPUT.get(group, "")), state.hashes.get(piece.subject)
    if measured and stated and measured not in (stated[-1], piece.inputs.get(_SEVERAL)):
        return _changed(piece.subject, piece)
    if guard_of(piece) is not None:
        about = [other for other in state.evidence.pieces if other.subject == piece.subject]
        if guard_of(piece) != present_filters(about):
            measured_by = evidence_name(piece.measurement)
            return Text(
                OTHER_FILTERS.fr.format(measurement=measured_by.fr),
                OTHER_FILTERS.en.format(measurement=measured_by.en),
            )
    name, _, version = piece.suite.rpartition(" ")
    if name in suites and version != suites[name]:
        return OTHER_SUITE.fill(then=piece.suite, now=f"{name} {suites[name]}")
    return None


def _changed(item: str, piece: Piece) -> Text:
    what, name = item_name(item), evidence_name(piece.measurement)
    return Text(
        CHANGED.fr.format(what=what.fr, measurement=name.fr), CHANGED.en.format(what=what.en, measurement=name.en)
    )
