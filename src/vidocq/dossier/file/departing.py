"""`point.departed`: a recommendation that is not followed, with the reason and what is done instead."""

from dataclasses import dataclass
from typing import Final

from vidocq.dossier.entries import Entry
from vidocq.dossier.file.answering import append_with_name
from vidocq.dossier.file.records import malformed, read_versioned, text, word
from vidocq.dossier.ledger import Ledger

KIND: Final = "point.departed"


@dataclass(frozen=True, kw_only=True)
class Departure:
    """reason, substitute  why, and the measure taken instead.   owner  the role that answers for it.

    point, about, name, at, entry  as of an answer.
    """

    point: str
    about: str = ""
    reason: str
    substitute: str
    owner: str
    name: str = ""
    at: str = ""
    entry: str = ""


def depart_from(
    ledger: Ledger, point: str, *, reason: str, substitute: str, owner: str, name: str = "", about: str = ""
) -> Entry:
    """Records the departure. Whether the point may be departed from is for the caller, who has its level.

    Raises ConfigurationError without reason, substitute or owner, or where one is too long or holds personal data.
    """
    content = {
        "point": point,
        "about": about,
        "reason": text(reason, "--reason"),
        "substitute": text(substitute, "--substitute"),
        "owner": word(owner, "--owner"),
    }
    return append_with_name(ledger, KIND, content, name=name)


def read_departure(entry: Entry) -> Departure:
    """The departure in an entry of this kind."""
    data = read_versioned(entry)
    try:
        names = ("point", "about", "reason", "substitute", "owner", "name")
        return Departure(**{name: str(data[name]) for name in names}, at=entry.at, entry=entry.id)
    except KeyError:
        raise malformed(entry) from None
