"""`point.answered`: what somebody in a role declares about a point of verification."""

from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.errors import ConfigurationError
from vidocq.core.status import Status
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.records import malformed, read_versioned, text, versioned, word, write_records
from vidocq.dossier.ledger import Ledger, Transaction

KIND: Final = "point.answered"
DECLARABLE: Final = {
    "satisfied": Status.SATISFIED,
    "not_satisfied": Status.NOT_SATISFIED,
    "to_judge": Status.TO_JUDGE,
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The declaration.

    point  its id.   about  path of the one item it speaks of, such as "datasets.patients"; "" for all.
    role   of who declares; `name` is the id under which the name is kept aside, "" without one.
    at     when, in UTC.   entry  id of the ledger's entry.
    """

    point: str
    status: Status
    about: str = ""
    role: str
    name: str = ""
    note: str = ""
    at: str = ""
    entry: str = ""


def answer_point(
    ledger: Ledger, point: str, value: str, *, role: str, name: str = "", note: str = "", about: str = ""
) -> Entry:
    """Records the answer; the name, if one is given, goes to the side table.

    value   of DECLARABLE.
    Raises  ConfigurationError on an unknown value, no role, or a note that is too long or holds personal data.
    """
    if value not in DECLARABLE:
        raise ConfigurationError(
            "this is no answer to a point",
            where="answer",
            fix=f"give one of {', '.join(DECLARABLE)}, or departed",
            fr="ce n'est pas une réponse à un point",
            fix_fr=f"donnez l'un de {', '.join(DECLARABLE)}, ou departed",
        )
    content = {
        "point": point,
        "answer": value,
        "about": about,
        "role": word(role, "--role"),
        "note": text(note, "--note") if note else "",
    }
    return append_with_name(ledger, KIND, content, name=name)


def append_with_name(ledger: Ledger, kind: str, content: dict[str, Any], *, name: str) -> Entry:
    """Appends a record of which the name of a person is kept aside, both or neither."""

    def write(transaction: Transaction) -> Entry:
        kept = transaction.keep_aside({"name": name}) if name else ""
        return transaction.append(kind, versioned({**content, "name": kept}))

    return write_records(ledger, write)


def read_answer(entry: Entry) -> Answer:
    """The answer in an entry of this kind."""
    data = read_versioned(entry)
    try:
        return Answer(
            point=str(data["point"]),
            status=DECLARABLE[data["answer"]],
            about=str(data["about"]),
            role=str(data["role"]),
            name=str(data["name"]),
            note=str(data["note"]),
            at=entry.at,
            entry=entry.id,
        )
    except (KeyError, TypeError):
        raise malformed(entry) from None
