"""The state of the file, now or at any past date: a fold over the ledger, and nothing else."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vidocq.core.collector import without_collector
from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.dossier.entries import GENESIS, Entry
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file import answering, departing, opining, proving, requesting, stating
from vidocq.dossier.file.answering import Answer
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.file.merging import listed
from vidocq.dossier.file.opining import Opinion
from vidocq.dossier.file.requesting import Request
from vidocq.dossier.ledger import Ledger

KINDS: Final = (
    stating.KIND,
    answering.KIND,
    departing.KIND,
    proving.KIND,
    opining.KIND,
    requesting.RECEIVED,
    requesting.ANSWERED,
)


@dataclass(frozen=True, kw_only=True)
class State:
    """What the file says.

    positions  the latest answer or departure, by point and by what it is about ("" for all of it).
    hashes     every SHA-256 ever stated of an item, by its path, in the order of time.
    others     how many entries are of kinds that this fold does not read, by kind.
    head       hash of the last entry looked at; 64 zeros for none.   length  how many there are.
    as_of      time of that entry, in UTC; "" for none.
    """

    facts: Facts = field(default_factory=Facts)
    positions: Mapping[tuple[str, str], Answer | Departure] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    opinions: tuple[Opinion, ...] = ()
    requests: tuple[Request, ...] = ()
    hashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    head: str = GENESIS
    length: int = 0
    as_of: str = ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.positions.values() if isinstance(one, Answer))

    @property
    def departures(self) -> tuple[Departure, ...]:
        return tuple(one for one in self.positions.values() if isinstance(one, Departure))

    def position(self, point: str, about: str = "") -> Answer | Departure | None:
        """The latest word on a point about one item: said of it, or of all where nothing was said of it later."""
        said = [self.positions[key] for key in {(point, about), (point, "")} if key in self.positions]
        return max(said, key=lambda one: (one.at, bool(one.about)), default=None)


def state(ledger: Ledger, until: str | None = None) -> State:
    """The state of the file.

    until   a date (the whole day, in UTC) or a time in ISO 8601; now without it.
    Raises  LedgerError if the chain does not hold, or a record of a known kind cannot be read; ConfigurationError if
            `until` is no date.
    """
    if until is not None:
        return fold(_until(ledger.entries(), until))
    with without_collector(), ledger.reading() as transaction:
        return fold(transaction.each())


def fold(entries: Iterable[Entry]) -> State:
    """The state after these entries, which stand in their order."""
    facts: dict[str, Any] = {}
    positions: dict[tuple[str, str], Answer | Departure] = {}
    pieces: list[Piece] = []
    opinions: list[Opinion] = []
    requests: dict[str, Request] = {}
    hashes: dict[str, list[str]] = {}
    others: dict[str, int] = {}
    last: Entry | None = None
    for entry in entries:
        last = entry
        match entry.kind:
            case stating.KIND:
                for path, value in stating.fold_facts(entry, facts):
                    hashes.setdefault(path, []).append(value)
            case answering.KIND | departing.KIND:
                read = answering.read_answer if entry.kind == answering.KIND else departing.read_departure
                said = read(entry)
                positions.pop((said.point, said.about), None)
                positions[said.point, said.about] = said
            case proving.KIND:
                pieces.append(proving.read_piece(entry))
            case opining.KIND:
                opinions.append(opining.read_opinion(entry))
            case requesting.RECEIVED:
                received = requesting.read_request(entry)
                requests.setdefault(received.id, received)
            case requesting.ANSWERED:
                requesting.fold_answer(entry, requests)
            case _:
                others[entry.kind] = others.get(entry.kind, 0) + 1
    if last is None:
        return State()
    return State(
        facts=_facts(facts),
        positions=positions,
        evidence=Evidence(tuple(pieces)),
        opinions=tuple(opinions),
        requests=tuple(requests.values()),
        hashes={path: tuple(values) for path, values in hashes.items()},
        others=others,
        head=last.hash,
        length=last.seq,
        as_of=last.at,
    )


def _facts(content: Mapping[str, Any]) -> Facts:
    try:
        return read_facts(listed(content, Facts))
    except ConfigurationError as error:
        raise LedgerError(
            "the facts of this file hold one that this version does not know",
            where=error.where,
            fix="read this file with the version of Vidocq that wrote it, or a newer one; nothing was changed",
            fr="les faits de ce dossier en contiennent un que cette version ne connaît pas",
            fix_fr="lisez ce dossier avec la version de Vidocq qui l'a écrit, ou une plus récente ; rien n'a été modifié",
        ) from None


def _until(entries: list[Entry], until: str) -> list[Entry]:
    """The entries up to the last one made by then, so that what is left is a chain that holds."""
    limit = _moment(until)
    kept = max((place for place, entry in enumerate(entries, start=1) if entry.at <= limit), default=0)
    return entries[:kept]


def _moment(until: str) -> str:
    """The same as the ledger writes times."""
    try:
        if len(until) == len("2026-11-25"):
            return f"{datetime.date.fromisoformat(until).isoformat()}T23:59:59Z"
        found = datetime.datetime.fromisoformat(until)
    except ValueError:
        raise ConfigurationError(
            "this is no date",
            where="--at",
            fix="write it like 2026-11-25, or 2026-11-25T14:30:00Z",
            fr="ce n'est pas une date",
            fix_fr="écrivez-la comme 2026-11-25, ou 2026-11-25T14:30:00Z",
        ) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=datetime.UTC)
    return found.astimezone(datetime.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
