"""A check of the file: its card, what it looks at, and what it finds."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.decision import Decision
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.names import fact_names
from vidocq.dossier.file.answering import Answer
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.file.opining import Opinion
from vidocq.dossier.reading import Reading

LACKING = Text(fr="Il manque : {paths}. Rien n'est supposé.", en="Missing: {paths}. Nothing is assumed.")


@dataclass(frozen=True, kw_only=True)
class FileCheckCard:
    """What a check of the file is.

    id        begins with "file-"; cited by points: never reused, never redefined.   title  a noun phrase.
    compares  what it sets against what, in a sentence.   limits  what its silence does not prove.
    """

    id: str
    title: Text
    compares: Text
    limits: Text


@dataclass(frozen=True, kw_only=True)
class File:
    """All that a check may look at.

    positions  answers and departures, by point and item.   decisions  of the rules on these facts and this evidence.
    levels     of the points, by id.   today  for what is past or to come.
    """

    facts: Facts
    evidence: Evidence
    decisions: Sequence[Decision]
    today: datetime.date
    positions: Mapping[tuple[str, str], Answer | Departure] = field(default_factory=dict)
    opinions: Sequence[Opinion] = ()
    levels: Mapping[str, str] = field(default_factory=dict)

    def decided(self, rule: str, about: str = "") -> list[Decision]:
        """Decisions of one rule, about one item (at any access level) if given."""
        return [one for one in self.decisions if one.rule == rule and _is_about(one.subject, about)]


def _is_about(subject: str, about: str) -> bool:
    return not about or subject == about or subject.startswith(f"{about}/")


@dataclass(frozen=True, kw_only=True)
class Found:
    """status and reason for one subject: path of an item, or "" for the whole file; figures are plain."""

    status: Status
    reason: Text
    subject: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)


class FileCheck(Protocol):
    """One file of this room: a frozen dataclass with a card and one pure method. Never raises on facts."""

    card: ClassVar[FileCheckCard]

    def look(self, file: File) -> Iterator[Found]: ...


def lacking(read: Reading, subject: str = "", **figures: Any) -> Found:
    """Not measured: the facts that would be needed are named."""
    paths = sorted(read.missing)
    reason = _lacks(paths or [subject])
    return Found(status=Status.NOT_MEASURED, reason=reason, subject=subject, figures={**figures, "missing": paths})


def by_decision(decision: Decision, statuses: Mapping[str, Status], **figures: Any) -> Found:
    """What a rule's decision says: its status by value, NOT_MEASURED where it could not decide."""
    status = statuses.get(decision.value, Status.NOT_MEASURED)
    missing = sorted(decision.missing)
    words = list(decision.reasons)
    if status is Status.NOT_MEASURED and missing:
        words.append(_lacks(missing))
    reason = Text(fr=" ".join(one.fr for one in words), en=" ".join(one.en for one in words))
    return Found(
        status=status, reason=reason, subject=decision.subject, figures={**figures, "decision": decision.value}
    )


def _lacks(paths: Sequence[str]) -> Text:
    return naming(LACKING, paths=paths)


def naming(words: Text, **paths: Sequence[str]) -> Text:
    """The sentence with the names of what stands at these paths."""
    found = {key: fact_names(given) for key, given in paths.items()}
    return Text(
        words.fr.format(**{key: names.fr for key, names in found.items()}),
        words.en.format(**{key: names.en for key, names in found.items()}),
    )
