"""The audits that speak of a model of the file."""

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.evidence import Piece
from vidocq.dossier.file_checks.card import File

NO_AUDIT = Text(fr="Aucun audit de ce modèle n'est au dossier.", en="No audit of this model is in the file.")


def audits_of(file: File, at: str) -> list[Piece]:
    """The newest audit for each scope and access, those that measured nothing left out."""
    return [piece for piece in file.evidence.latest("audit", at) if piece.status is not Status.NOT_MEASURED]
