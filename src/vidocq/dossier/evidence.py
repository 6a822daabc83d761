"""What was measured, as the ledger keeps it: a status for each measurement, with hashes of what went in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from vidocq.core.status import Status

RECORDED: Final = "evidence.recorded"
OF_FILTERS: Final = "guard-evasion"
"""The trial of the filters around a model: what was planted in texts passes them or not; no attack on the model."""
BEHIND_FILTERS: Final = "guard-attacks"
"""Attacks on a model, alone and behind filters."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Piece(NamedTuple):
    """One measurement of one subject; a file holds many, and a tuple is made four times as fast as a dataclass.

    measurement  its id: of an attack ("lira"), of an audit as a whole ("audit"), of a scan ("scan-identifiers"),
                 of an index ("index-repetition")…
    subject      path of what was measured, such as "models.triage" or "datasets.patients"; "" if nobody said.
    scope        "model" or "system"; access  level, for audits; "" elsewhere.
    status       what it says for the points that cite it.   figures  plain numbers to print, no value of a record.
    inputs       SHA-256 of what went in, by name ("model", "members", "data", "guard" for the filters' policy…).   suite  name and version.
    at           when, in UTC.   entry  id of the ledger's entry.
    """

    measurement: str
    status: Status
    subject: str = ""
    scope: str = "model"
    access: str = ""
    figures: Mapping[str, Any] = _NOTHING
    inputs: Mapping[str, str] = _NOTHING
    suite: str = ""
    at: str = ""
    entry: str = ""

    @property
    def found(self) -> int:
        """How many places a scan counted, 0 where nothing was measured or its figures do not say."""
        categories = self.figures.get("categories")
        if self.status is Status.NOT_MEASURED or not isinstance(categories, dict):
            return 0
        counts = [one.get("count") for one in categories.values() if isinstance(one, dict)]
        return sum(count for count in counts if isinstance(count, int) and count > 0)

    def content(self) -> dict[str, Any]:
        """What the ledger records under RECORDED."""
        return {
            "measurement": self.measurement,
            "subject": self.subject,
            "scope": self.scope,
            "access": self.access,
            "status": str(self.status),
            "figures": dict(self.figures),
            "inputs": dict(self.inputs),
            "suite": self.suite,
        }


@dataclass(frozen=True)
class Evidence:
    """All pieces, oldest first."""

    pieces: tuple[Piece, ...] = ()

    def about(self, measurement: str, subject: str | None = None) -> Iterator[Piece]:
        """Pieces of one measurement, of one subject if given."""
        for piece in self.pieces:
            if piece.measurement == measurement and subject in (None, piece.subject):
                yield piece

    def latest(self, measurement: str, subject: str | None = None) -> tuple[Piece, ...]:
        """The newest piece for each (subject, scope, access), in order of first appearance."""
        newest: dict[tuple[str, str, str], Piece] = {}
        for piece in self.about(measurement, subject):
            newest[piece.subject, piece.scope, piece.access] = piece
        return tuple(newest.values())
