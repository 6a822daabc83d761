"""`evidence.recorded`: pieces of evidence, read back."""

from operator import itemgetter

from vidocq.core.status import Status
from vidocq.dossier.entries import Entry
from vidocq.dossier.evidence import RECORDED, Piece
from vidocq.dossier.file.records import malformed, read_versioned

KIND = RECORDED
_STATUS = {str(status): status for status in Status}
_TEXT = {str}
_fields = itemgetter("measurement", "status", "subject", "scope", "access", "figures", "inputs", "suite")


def read_piece(entry: Entry) -> Piece:
    """The piece in an entry of this kind."""
    try:
        measurement, status, subject, scope, access, figures, inputs, suite = _fields(read_versioned(entry))
        is_text = type(measurement) is type(subject) is type(scope) is type(access) is type(suite) is str
        if not is_text or type(figures) is not dict or not _TEXT.issuperset(map(type, inputs.values())):
            raise malformed(entry)
        return Piece(measurement, _STATUS[status], subject, scope, access, figures, inputs, suite, entry.at, entry.id)
    except (KeyError, TypeError, AttributeError):
        raise malformed(entry) from None
