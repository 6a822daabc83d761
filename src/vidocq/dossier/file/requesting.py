"""`request.received`, `request.answered`: what persons ask for and what they are told, without their names."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.merging import is_id
from vidocq.dossier.file.records import malformed, read_versioned, text, versioned, word, write_records
from vidocq.dossier.ledger import Ledger, Transaction

RECEIVED: Final = "request.received"
ANSWERED: Final = "request.answered"
Outcome = Literal["upheld", "partly_upheld", "refused", "extended"]
RIGHTS: Final = {
    "access": Text(fr="accès", en="access"),
    "rectification": Text(fr="rectification", en="rectification"),
    "erasure": Text(fr="effacement", en="erasure"),
    "restriction": Text(fr="limitation du traitement", en="restriction of processing"),
    "portability": Text(fr="portabilité", en="portability"),
    "objection": Text(fr="opposition", en="objection"),
}
OUTCOMES: Final[Mapping[str, Text]] = {
    "upheld": Text(fr="acceptée", en="upheld"),
    "partly_upheld": Text(fr="acceptée en partie", en="upheld in part"),
    "refused": Text(fr="refusée", en="refused"),
    "extended": Text(fr="délai prolongé, la personne en est informée", en="time extended, the person was told"),
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What one person asks for.

    id        chosen by whoever records it.   right  which of RIGHTS.   about  path of a data set or model, "" for all.
    name      id under which the name is kept aside, "" without one.   role  of who recorded it.
    extended_on         when the person was told that more time is taken.
    answered_on, outcome  of the answer; None before it.
    recipients_told_on  when those who received the data were told of it (article 19).
    """

    id: str
    right: str
    received_on: datetime.date
    about: str = ""
    role: str
    name: str = ""
    extended_on: datetime.date | None = None
    answered_on: datetime.date | None = None
    outcome: str | None = None
    recipients_told_on: datetime.date | None = None


def receive_request(
    ledger: Ledger, id: str, right: str, *, on: datetime.date, role: str, about: str = "", name: str = ""
) -> Entry:
    """Records that a request came in; the name of the person, if one is given, goes to the side table.

    Raises ConfigurationError on an id that is none or is taken, an unknown right, or no role.
    """
    if not is_id(id):
        raise ConfigurationError(
            "this is no id",
            where="ID",
            fix="use letters, digits, hyphens and underscores, and never a name",
            fr="ce n'est pas un identifiant",
            fix_fr="prenez des lettres, chiffres, tirets et tirets bas, jamais un nom",
        )
    if right not in RIGHTS:
        raise ConfigurationError(
            "this right is not known",
            where="--right",
            fix=f"give one of {', '.join(RIGHTS)}",
            fr="ce droit n'est pas connu",
            fix_fr=f"donnez l'un de {', '.join(RIGHTS)}",
        )
    content = {
        "id": text(id, "ID"),
        "right": right,
        "received_on": on.isoformat(),
        "about": about,
        "role": word(role, "--role"),
    }

    def write(transaction: Transaction) -> Entry:
        if any(entry.data.get("id") == id for entry in transaction.entries(RECEIVED)):
            raise ConfigurationError(
                "a request has this id already",
                where="ID",
                fix="choose another one",
                fr="une demande porte déjà cet identifiant",
                fix_fr="choisissez-en un autre",
            )
        kept = transaction.keep_aside({"name": name}) if name else ""
        return transaction.append(RECEIVED, versioned({**content, "name": kept}))

    return write_records(ledger, write)


def answer_request(
    ledger: Ledger,
    id: str,
    outcome: str,
    *,
    on: datetime.date,
    role: str,
    reason: str = "",
    recipients_told_on: datetime.date | None = None,
) -> Entry:
    """Records the answer, or that more time is taken. A refusal and an extension need their reason (article 12.3 and 12.4).

    Raises ConfigurationError on an unknown request or outcome, a day before the request came in, or a missing reason.
    """
    if outcome not in OUTCOMES:
        raise ConfigurationError(
            "this outcome is not known",
            where="--outcome",
            fix=f"give one of {', '.join(OUTCOMES)}",
            fr="cette issue n'est pas connue",
            fix_fr=f"donnez l'un de {', '.join(OUTCOMES)}",
        )
    content = {
        "id": id,
        "outcome": outcome,
        "on": on.isoformat(),
        "reason": text(reason, "--reason") if reason or outcome != "upheld" else "",
        "role": word(role, "--role"),
        "recipients_told_on": None if recipients_told_on is None else recipients_told_on.isoformat(),
    }

    def write(transaction: Transaction) -> Entry:
        received = next((entry for entry in transaction.entries(RECEIVED) if entry.data.get("id") == id), None)
        if received is None:
            raise ConfigurationError(
                "no request has this id",
                where="ID",
                fix="record it first with `vidocq dossier request received`",
                fr="aucune demande ne porte cet identifiant",
                fix_fr="inscrivez-la d'abord avec « vidocq dossier request received »",
            )
        if on < read_request(received).received_on:
            raise ConfigurationError(
                "the answer is dated before the request",
                where="--on",
                fix="check both dates in the file",
                fr="la réponse est datée d'avant la demande",
                fix_fr="vérifiez les deux dates au dossier",
            )
        return transaction.append(ANSWERED, versioned(content))

    return write_records(ledger, write)


def read_request(entry: Entry) -> Request:
    """The request in an entry of kind RECEIVED."""
    data = read_versioned(entry)
    names = ("id", "right", "about", "role", "name")
    if any(not isinstance(data.get(name), str) for name in names) or data["right"] not in RIGHTS:
        raise malformed(entry)
    return Request(
        **{name: data[name] for name in names},
        received_on=_day(entry, "received_on"),
    )


def fold_answer(entry: Entry, requests: dict[str, Request]) -> None:
    """Adds what an entry of kind ANSWERED says to the request that it answers."""
    data = read_versioned(entry)
    held = requests.get(str(data.get("id")))
    outcome = data.get("outcome")
    if held is None or outcome not in get_args(Outcome):
        raise malformed(entry)
    day = _day(entry, "on")
    if outcome == "extended":
        held = replace(held, extended_on=held.extended_on or day)
    else:
        held = replace(held, answered_on=day, outcome=outcome)
    if data.get("recipients_told_on") is not None:
        held = replace(held, recipients_told_on=_day(entry, "recipients_told_on"))
    requests[held.id] = held


def _day(entry: Entry, name: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(entry.data[name])
    except (KeyError, TypeError, ValueError):
        raise malformed(entry) from None
