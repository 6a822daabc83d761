"""What an exception of article 9 supposes that other facts of the file tell."""

from collections.abc import Callable, Mapping
from typing import Final

from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading, both, either


def supposed(dataset: DataSet, facts: Facts, read: Reading) -> bool | None:
    """Whether the other facts agree with the exception relied on; None where they do not tell. It must be in SUPPOSES."""
    return SUPPOSES[str(dataset.article_9)](dataset, facts, read)


def contradicted(dataset: DataSet, facts: Facts, read: Reading) -> bool:
    """True if other facts contradict the exception relied on; what they say is noted where it does."""
    look = Reading()
    if dataset.article_9 not in SUPPOSES or supposed(dataset, facts, look) is not False:
        return False
    for name, value in look.used.items():
        read.contradicts(name, value)
    return True


def _consent(dataset: DataSet, facts: Facts, read: Reading) -> bool | None:
    at = f"datasets.{dataset.id}"
    return both(
        [read.of(dataset, name, at=at) for name in ("consent_free", "consent_proven", "consent_withdrawable")]
    )


def _health(dataset: DataSet, facts: Facts, read: Reading) -> bool | None:
    return _sector("health", facts, read)


def _work(dataset: DataSet, facts: Facts, read: Reading) -> bool | None:
    return _sector("employment", facts, read)


def _sector(name: str, facts: Facts, read: Reading) -> bool | None:
    sectors = read.of(facts.system, "sectors", at="system")
    return None if sectors is None else name in sectors


def _research(dataset: DataSet, facts: Facts, read: Reading) -> bool | None:
    """Said not to be research, it may still serve statistics; nothing is known of archives."""
    other = read.of(dataset.reuse, "for_research_or_statistics", at=f"datasets.{dataset.id}.reuse")
    research = read.of(facts.system, "is_scientific_research", at="system")
    return either([research, other]) if research is None else research or bool(other)


SUPPOSES: Final[Mapping[str, Callable[[DataSet, Facts, Reading], bool | None]]] = {
    "explicit_consent": _consent,
    "care": _health,
    "public_health": _health,
    "employment_law": _work,
    "archives_research_statistics": _research,
}
"""Exceptions of which other facts tell something; a person judges the others."""
