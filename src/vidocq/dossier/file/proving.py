"""`evidence.recorded`: pieces of evidence, read back."""

from vidocq.core.status import Status
from vidocq.dossier.entries import Entry
from vidocq.dossier.evidence import RECORDED, Piece
from vidocq.dossier.file.records import malformed, read_versioned

KIND = RECORDED


def read_piece(entry: Entry) -> Piece:
    """The piece in an entry of this kind."""
    data = read_versioned(entry)
    try:
        figures, inputs = data["figures"], data["inputs"]
        if not isinstance(figures, dict) or not isinstance(inputs, dict):
            raise malformed(entry)
        return Piece(
            measurement=str(data["measurement"]),
            subject=str(data["subject"]),
            scope=str(data["scope"]),
            access=str(data["access"]),
            status=Status(data["status"]),
            figures=figures,
            inputs={str(name): str(value) for name, value in inputs.items()},
            suite=str(data["suite"]),
            at=entry.at,
            entry=entry.id,
        )
    except (KeyError, ValueError):
        raise malformed(entry) from None
