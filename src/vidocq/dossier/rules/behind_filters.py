"""Which evidence speaks of a system as it stands: behind the filters that surround it now."""

from collections.abc import Iterable, Sequence

from vidocq.core.text import Text
from vidocq.dossier.evidence import OF_FILTERS, Piece

OTHER_FILTERS = Text(
    fr="Une mesure du système porte sur d'autres filtres que les derniers mesurés : elle n'est pas reprise.",
    en="A measurement of the system is about other filters than those measured last: it is not relied on.",
)


def of_present_filters(pieces: Iterable[Piece]) -> tuple[list[Piece], bool]:
    """Those that are not about a system behind other filters than the newest ones; whether some were left out.

    Trials of the filters themselves are among them, and are no attacks on what they surround.
    """
    seen = list(pieces)
    newest = present_filters(seen)
    kept = [piece for piece in seen if guard_of(piece) in (None, newest)]
    return kept, len(kept) < len(seen)


def present_filters(pieces: Sequence[Piece]) -> str | None:
    """The policy that was measured last; None where no piece is about a system behind filters."""
    return next((guard for piece in reversed(pieces) if (guard := guard_of(piece)) is not None), None)


def attacks_alone(pieces: Iterable[Piece]) -> list[Piece]:
    """A value that was planted and passed the filters is nobody's, and was not drawn from the model."""
    return [piece for piece in pieces if piece.measurement != OF_FILTERS]


def guard_of(piece: Piece) -> str | None:
    """The policy of the filters that it was measured behind."""
    return piece.inputs.get("guard") if piece.scope == "system" else None
