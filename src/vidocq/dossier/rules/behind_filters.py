"""Which evidence speaks of a system as it stands: behind the filters that surround it now."""

from collections.abc import Iterable

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
    newest = next((guard for piece in reversed(seen) if (guard := _guard(piece)) is not None), None)
    kept = [piece for piece in seen if _guard(piece) in (None, newest)]
    return kept, len(kept) < len(seen)


def attacks_alone(pieces: Iterable[Piece]) -> list[Piece]:
    """A value that was planted and passed the filters is nobody's, and was not drawn from the model."""
    return [piece for piece in pieces if piece.measurement != OF_FILTERS]


def _guard(piece: Piece) -> str | None:
    return piece.inputs.get("guard") if piece.scope == "system" else None
