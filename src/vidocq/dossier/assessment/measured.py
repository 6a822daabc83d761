"""What evidence says of one point and one item: the worst of what each measurement found, or that it is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vidocq.core.status import Status
from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.said import evidence_name
from vidocq.dossier.assessment.stale import why_stale
from vidocq.dossier.assessment.words import PointState, of_status, worst
from vidocq.dossier.evidence import Piece
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.state import State

NOTHING = Text(
    fr="Aucun élément de preuve pour « {measurement} »{about}.",
    en="No evidence for “{measurement}”{about}.",
)
WITHOUT_SUBJECT = Text(
    fr="Une mesure « {measurement} » existe, mais elle ne dit pas sur quoi elle porte : elle ne compte pas ici.",
    en="A measurement “{measurement}” exists but does not say what it is about: it does not count here.",
)
FOUND = Text(
    fr="Élément de preuve « {measurement} »{about} : {state}.", en="Evidence “{measurement}”{about}: {state}."
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured.

    state   None where nothing has to be measured.   since  when the newest piece was recorded, "" without one.
    absent  measurements that say nothing: no piece, or none that measured.   stale  reasons; empty while everything holds.
    """

    state: PointState | None
    pieces: tuple[Piece, ...] = ()
    absent: tuple[str, ...] = ()
    stale: tuple[Text, ...] = ()
    reasons: tuple[Text, ...] = ()

    @property
    def since(self) -> str:
        return max((piece.at for piece in self.pieces), default="")


def measured(measurements: Sequence[str], state: State, *, item: str, suites: Mapping[str, str]) -> Measured:
    """Every measurement has to be there, and the worst of what they found counts.

    item  path of the one thing the point is looked at for; "" for the whole, of which every subject counts.
    """
    states: list[PointState] = []
    pieces: list[Piece] = []
    absent: list[str] = []
    reasons: list[Text] = []
    for name in measurements:
        found = state.evidence.latest(name, item or None)
        states += [of_status(piece.status) for piece in found] or [PointState.NOT_MEASURED]
        pieces += found
        reasons += [reason for piece in found for reason in _found(piece)]
        if all(piece.status is Status.NOT_MEASURED for piece in found):
            absent.append(name)
        if not found:
            reasons.append(_named(NOTHING, name, item))
            if item and state.evidence.latest(name, ""):
                reasons.append(_named(WITHOUT_SUBJECT, name, ""))
    stale = [reason for piece in pieces if (reason := why_stale(piece, state, suites)) is not None]
    return Measured(
        state=_together(states),
        pieces=tuple(pieces),
        absent=tuple(absent),
        stale=tuple(dict.fromkeys(stale)),
        reasons=tuple(reasons),
    )


def _together(states: Sequence[PointState]) -> PointState | None:
    """A measurement that had nothing to look at shows nothing: alone, it leaves the point to a person."""
    if not states:
        return None
    found = worst(states)
    return PointState.TO_JUDGE if found is PointState.NOT_APPLICABLE else found


def _found(piece: Piece) -> Iterator[Text]:
    """What the piece says, and its own reason where it was not measured."""
    told = of_status(Status(piece.status)).words
    where = f"{piece.subject}/{piece.access}" if piece.access else piece.subject
    yield _named(FOUND, piece.measurement, where, state=told)
    why = piece.figures.get("reason")
    if isinstance(why, dict) and all(isinstance(why.get(lang), str) for lang in Lang):
        yield Text(fr=why["fr"], en=why["en"])


def _named(words: Text, measurement: str, item: str, state: Text | None = None) -> Text:
    name, about = evidence_name(measurement), item_name(item)
    fr = words.fr.format(measurement=name.fr, about=f" ({about.fr})" if item else "", state=state and state.fr)
    en = words.en.format(measurement=name.en, about=f" ({about.en})" if item else "", state=state and state.en)
    return Text(fr, en)
