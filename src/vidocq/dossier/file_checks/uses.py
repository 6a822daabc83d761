"""When a data set was first put to the use that this file is about."""

import datetime
from typing import Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.file_checks.card import Found, lacking
from vidocq.dossier.reading import Reading

COLLECTED_FOR_IT: Final = frozenset({"collected", "scraping"})
"""Origins of which the collection itself is the first use; a set that is reused was collected for something else."""
BEFORE = Text(
    fr="Daté du {day}, avant le premier usage ({first}).", en="Dated {day}, before the first use ({first})."
)
AFTER = Text(
    fr="Daté du {day}, alors que le premier usage est du {first}.",
    en="Dated {day}, while the first use is of {first}.",
)


def uses(dataset: DataSet, facts: Facts, read: Reading) -> list[datetime.date | None]:
    """Days of collection for this purpose, of operations on the set, of training on it; None for each not stated."""
    at = f"datasets.{dataset.id}"
    origins = read.of(dataset, "origins", at=at)
    found: list[datetime.date | None] = []
    if origins is None:
        found.append(None)
    elif COLLECTED_FOR_IT & set(origins):
        found.append(read.of(dataset, "collected_from", at=at))
    return [*found, *trainings(dataset, facts, read), *_operations(dataset, facts, read)]


def trainings(dataset: DataSet, facts: Facts, read: Reading) -> list[datetime.date | None]:
    """Days on which the training of models on this set began."""
    found: list[datetime.date | None] = [None] if read.of(facts, "models", at="") is None else []
    for model in facts.models or ():
        sets = read.of(model, "trained_on", at=f"models.{model.id}")
        if sets is None:
            found.append(None)
        elif dataset.id in sets:
            found.append(read.of(model, "training_started_on", at=f"models.{model.id}"))
    return found


def _operations(dataset: DataSet, facts: Facts, read: Reading) -> list[datetime.date | None]:
    found: list[datetime.date | None] = [None] if read.of(facts, "operations", at="") is None else []
    for operation in facts.operations or ():
        sets = read.of(operation, "datasets", at=f"operations.{operation.id}")
        if sets is None:
            found.append(None)
        elif dataset.id in sets:
            found.append(read.of(operation, "started_on", at=f"operations.{operation.id}"))
    return found


def compared(day: datetime.date | None, first: list[datetime.date | None], *, read: Reading, subject: str) -> Found:
    """Whether `day` is before all of `first`: one known that is earlier says no, one unknown leaves it unmeasured."""
    known = [one for one in first if one is not None]
    if day is not None and known and min(known) < day:
        return _dated(Status.NOT_SATISFIED, AFTER, day, min(known), subject)
    if day is None or None in first or not known:
        return lacking(read, subject)
    return _dated(Status.SATISFIED, BEFORE, day, min(known), subject)


def _dated(status: Status, words: Text, day: datetime.date, first: datetime.date, subject: str) -> Found:
    dates = {"day": day.isoformat(), "first": first.isoformat()}
    return Found(
        status=status, reason=words.fill(**dates), subject=subject, figures={**dates, "days": (first - day).days}
    )
