"""What one writer sees and writes, alone, all or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert

from vidocq.core import moment
from vidocq.core.canonical import sha256
from vidocq.core.collector import without_collector
from vidocq.core.errors import LedgerError
from vidocq.core.text import Text
from vidocq.dossier.entries import GENESIS, Entry, Problem, Stored, decode, encode, followed, parse, walk
from vidocq.dossier.ledger.aside import ERASED, KEPT, commitment, encode_personal, keeps_promise, nothing_aside
from vidocq.dossier.ledger.errors import broken
from vidocq.dossier.ledger.tables import ADD, ASIDE, CHAIN, ENTRIES, LAST, raw
from vidocq.dossier.ledger.until import last_moment

AT_ONCE = 1_000  # rows


class Transaction:
    """What one writer sees and writes, alone, all or nothing. Got from `Ledger.write`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._end: tuple[int, str] | None = None
        self.has_erased = False

    def rows(self) -> Iterator[Stored]:
        """Rows of the chain in order, unexamined."""
        for rows in self._connection.exec_driver_sql(CHAIN).partitions(AT_ONCE):
            yield from rows  # type: ignore[misc]  # named as in Stored, and not worth making anew

    def walk(self) -> Iterator[Entry | Problem]:
        """Entries in order as long as the chain holds; then, and last, the first problem."""
        return walk(self.rows())

    def put(self, rows: Iterable[Stored]) -> None:
        """Adds entries as they were written elsewhere. Raises LedgerError unless each follows the one before."""
        seq, previous = self._last()
        kept, bodies = [], []
        for row, found in followed(rows, place=seq + 1, previous=previous):
            if isinstance(found, Problem):
                raise broken(found)
            kept.append(found)
            bodies.append(bytes(row.body))
        self._insert(kept, bodies)

    def put_aside(self, name: str, salt: str, body: bytes) -> None:
        """Adds personal data as it was kept elsewhere; whoever does so verifies what was promised."""
        self._connection.execute(insert(ASIDE).values(id=name, salt=salt, body=body))

    def kept_aside(self) -> list[Any]:
        """Rows of what is kept aside, by id: `id`, `salt`, `body`."""
        return list(self._connection.execute(raw(ASIDE).order_by(ASIDE.c.id)))

    def broken_promise(self, promised: Mapping[Any, Entry]) -> Problem | None:
        """The first entry of `promised`, by id, whose personal data is still there and is no longer the same."""
        rows = {row.id: row for row in self._connection.execute(raw(ASIDE))}
        for name, entry in promised.items():
            if name in rows and not keeps_promise(rows[name], entry):
                return Problem(
                    entry.seq,
                    Text(
                        fr="les données gardées à part ne sont plus celles inscrites",
                        en="what is kept aside is not what was recorded",
                    ),
                )
        return None

    def entries(self, kind: str | None = None, *, until: str | date | None = None) -> list[Entry]:
        """All entries, or those of one kind, in order. Raises LedgerError if the chain does not hold.

        until  only what was written up to this date, its end included, or up to this time: what was known then.
        """
        last = None if until is None else last_moment(until)
        with without_collector():
            return [
                entry
                for entry in self.each()
                if (kind is None or entry.kind == kind) and (last is None or entry.at <= last)
            ]

    def each(self) -> Iterator[Entry]:
        """All entries in order, one at a time. Raises LedgerError where the chain no longer holds."""
        for entry in walk(self.rows(), canonical=False):
            if isinstance(entry, Problem):
                raise broken(entry)
            yield entry

    def append(self, kind: str, data: Mapping[str, Any]) -> Entry:
        """Adds an entry at the end. LedgerError if `data` is not plain content or the last entry is altered."""
        return self.append_many([(kind, data)])[0]

    def append_many(self, contents: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Entry]:
        """Adds entries of these kinds at the end, in order; all of them or, if one is refused, none."""
        seq, previous = self._last()
        made, bodies = [], []
        for kind, data in contents:
            seq += 1
            body = encode(seq=seq, previous=previous, kind=kind, id=moment.new_id(), at=moment.now(), data=data)
            made.append(decode(body, canonical=False))
            bodies.append(body)
            previous = made[-1].hash
        self._insert(made, bodies)
        return made

    def erased(self) -> set[Any]:
        """Ids of what was kept aside and is erased: it never comes back."""
        return {entry.data.get("aside") for entry in self.entries(ERASED)}

    def length(self) -> int:
        return self._last()[0]

    def hash_at(self, seq: int) -> str | None:
        """Hash of the entry with this number, None if there is none."""
        rows = self._connection.execute(raw(ENTRIES).where(ENTRIES.c.seq == seq))
        return next((str(row.sha256) for row in rows), None)

    def head(self) -> str:
        return self._last()[1]

    def keep_aside(self, personal: Mapping[str, Any]) -> str:
        """Keeps personal data out of the chain, which gets a random id and a salted hash; returns the id."""
        name = moment.new_id()
        salt = moment.new_id() + moment.new_id()
        body = encode_personal(personal)
        self._connection.execute(insert(ASIDE).values(id=name, salt=salt, body=body))
        self.append(KEPT, {"aside": name, "commitment": commitment(salt, body)})
        return name

    def aside(self, name: str) -> dict[str, Any] | None:
        """What was kept under this id, or None once erased. Raises LedgerError if unknown or altered."""
        promised = {entry.data.get("aside"): entry for entry in self.entries(KEPT)}
        if name not in promised:
            raise nothing_aside()
        row = self._connection.execute(raw(ASIDE).where(ASIDE.c.id == name)).one_or_none()
        if row is None:
            return None
        if not keeps_promise(row, promised[name]):
            raise LedgerError(
                "what is kept aside is not what was recorded",
                where=f"id {name}",
                fix="restore the ledger from a backup, or erase this record",
                fr="ce qui est gardé à part n'est pas ce qui a été inscrit",
                fix_fr="restaurez le journal depuis une sauvegarde, ou effacez cet élément",
            )
        kept: dict[str, Any] = parse(bytes(row.body))
        return kept

    def erase(self, name: str) -> None:
        """Erases the personal data and its salt for good; the chain records that it was done, and still holds."""
        done = self._connection.execute(delete(ASIDE).where(ASIDE.c.id == name))
        if done.rowcount != 1:
            raise nothing_aside()
        self.has_erased = True
        self.append(ERASED, {"aside": name})

    def _insert(self, entries: list[Entry], bodies: list[bytes]) -> None:
        if entries:
            rows = zip(entries, bodies, strict=True)
            self._connection.execute(
                ADD, [{"seq": entry.seq, "body": body, "sha256": entry.hash} for entry, body in rows]
            )
            self._end = (entries[-1].seq, entries[-1].hash)

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last entry, read once: whoever appends meanwhile takes the number that we would."""
        if self._end is None:
            row = self._connection.exec_driver_sql(LAST).one_or_none()
            if row is None:
                self._end = (0, GENESIS)
            elif isinstance(row.body, bytes | memoryview) and sha256(bytes(row.body)) == row.sha256:
                self._end = (row.seq, row.sha256)
            else:
                text = Text(fr="l'empreinte ne correspond pas au contenu", en="the hash does not match the content")
                raise broken(Problem(row.seq, text))
        return self._end
