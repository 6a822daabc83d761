"""`opinion.given`: the DPO's opinion, the controller's validation, a reasoned dissent, the ethics opinion, by version."""

from dataclasses import dataclass
from typing import Final

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.answering import append_with_name
from vidocq.dossier.file.records import malformed, read_versioned, text, word
from vidocq.dossier.ledger import Ledger

KIND: Final = "opinion.given"
OPINIONS: Final = {
    "dpo": Text(fr="avis du délégué à la protection des données", en="opinion of the data protection officer"),
    "validation": Text(fr="décision du responsable de traitement", en="decision of the controller"),
    "dissent": Text(
        fr="décision motivée de ne pas suivre l'avis du DPO", en="reasoned decision not to follow the DPO's opinion"
    ),
    "ethics": Text(fr="avis du référent ou comité éthique", en="opinion of the ethics referent or committee"),
}
STANCES: Final = {
    "in_favour": Text(fr="favorable", en="in favour"),
    "with_reservations": Text(fr="favorable avec réserves", en="in favour, with reservations"),
    "against": Text(fr="défavorable", en="against"),
}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """of  which of OPINIONS.   stance  which of STANCES.   about  path of the model or release.   version  of it.

    role, name, at, entry  as of an answer.
    """

    of: str
    stance: str
    about: str = ""
    version: str = ""
    reason: str
    role: str
    name: str = ""
    at: str = ""
    entry: str = ""


def give_opinion(
    ledger: Ledger,
    of: str,
    stance: str,
    *,
    reason: str,
    role: str,
    about: str = "",
    version: str = "",
    name: str = "",
) -> Entry:
    """Records the opinion. Raises ConfigurationError on an unknown word, no reason or no role."""
    for value, known, where in ((of, OPINIONS, "OPINION"), (stance, STANCES, "STANCE")):
        if value not in known:
            raise ConfigurationError(
                "this word is not known here",
                where=where,
                fix=f"give one of {', '.join(known)}",
                fr="ce mot n'est pas connu ici",
                fix_fr=f"donnez l'un de {', '.join(known)}",
            )
    content = {
        "of": of,
        "stance": stance,
        "about": about,
        "version": word(version, "--version") if version else "",
        "reason": text(reason, "--reason"),
        "role": word(role, "--role"),
    }
    return append_with_name(ledger, KIND, content, name=name)


def read_opinion(entry: Entry) -> Opinion:
    """The opinion in an entry of this kind."""
    data = read_versioned(entry)
    names = ("of", "stance", "about", "version", "reason", "role", "name")
    if any(not isinstance(data.get(name), str) for name in names):
        raise malformed(entry)
    if data["of"] not in OPINIONS or data["stance"] not in STANCES:
        raise malformed(entry)
    return Opinion(**{name: data[name] for name in names}, at=entry.at, entry=entry.id)
