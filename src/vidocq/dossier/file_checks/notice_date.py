"""Whether persons were told in time."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import uses
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.information import is_mixed, latest_day

REUSED: Final = frozenset({"own_reuse", "user_conversations"})
EXEMPT = Text(
    fr="Aucune information n'est donnée, et la règle retient une dispense.",
    en="Nobody is told, and the rule finds an exemption.",
)
NOT_TOLD = Text(
    fr="Les personnes ne sont pas informées, et l'échéance du {day} est passée.",
    en="Persons are not told, and the deadline of {day} is past.",
)
NOT_YET = Text(
    fr="Les personnes ne sont pas encore informées ; échéance le {day}.",
    en="Persons are not told yet; deadline on {day}.",
)
IN_TIME = Text(fr="Information le {told}, échéance le {day}.", en="Told on {told}, deadline on {day}.")
LATE = Text(fr="Information le {told}, après l'échéance du {day}.", en="Told on {told}, after the deadline of {day}.")


@dataclass(frozen=True)
class NoticeDate:
    """The date of the notice against the deadline that fits how the data came."""

    card: ClassVar = FileCheckCard(
        id="file-notice-date",
        title=Text(fr="Information des personnes dans les délais", en="Persons told in time"),
        compares=Text(
            fr="Date de l'information et échéance : le début d'une collecte directe ; sinon un mois, le premier contact ou la "
            "première communication ; et, pour des données réutilisées, le premier usage nouveau.",
            en="Date of the notice and deadline: start of a direct collection; otherwise a month, first contact or first "
            "disclosure; and, for data used again, the first new use.",
        ),
        limits=Text(
            fr="Ne lit pas l'information elle-même, et ne sait rien des personnes jointes une à une.",
            en="Does not read the notice itself, and knows nothing of persons reached one by one.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            yield self._about(dataset, file, read, at) if early is None else early

    def _about(self, dataset: DataSet, file: File, read: Reading, at: str) -> Found:
        place = f"{at}.information"
        told = read.of(dataset.information, "told", at=place)
        exempt = any(one.value.startswith("exempt") for one in file.decided("information", at))
        if told == "not" and exempt:
            return Found(status=Status.NOT_APPLICABLE, reason=EXEMPT, subject=at)
        deadlines = _deadlines(dataset, file.facts, read)
        known = [one for one in deadlines if one is not None]
        last = min(known, default=None)
        on = None if told in (None, "not") else read.of(dataset.information, "told_on", at=place)
        if last is not None and told == "not":
            late = last < file.today
            words = NOT_TOLD if late else NOT_YET
            return _found(Status.NOT_SATISFIED if late else Status.TO_JUDGE, words, at, day=last)
        if last is not None and on is not None and last < on:
            return _found(Status.NOT_SATISFIED, LATE, at, told=on, day=last)
        if on is None or last is None or None in deadlines:
            return lacking(read, at)
        return _found(Status.SATISFIED, IN_TIME, at, told=on, day=last)


def _deadlines(dataset: DataSet, facts: Facts, read: Reading) -> list[datetime.date | None]:
    at = f"datasets.{dataset.id}"
    origins = read.of(dataset, "origins", at=at)
    if origins is None:
        return [None]
    found: list[datetime.date | None] = []
    if REUSED & set(origins):
        found += uses(dataset, facts, read)
    if not origins or set(origins) - REUSED:
        indirect = read.of(dataset, "is_indirect", at=at)
        read.of(dataset, "collected_from", at=at)
        if indirect is None:
            found.append(None)
        else:
            found.append(latest_day(dataset, indirect=indirect and not is_mixed(dataset)))
    return found


def _found(status: Status, words: Text, subject: str, **days: datetime.date) -> Found:
    dates = {name: day.isoformat() for name, day in days.items()}
    return Found(status=status, reason=words.fill(**dates), subject=subject, figures=dates)
