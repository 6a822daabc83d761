"""What scans found in a data set, against what is stated of it: a measurement prevails over a claim."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading

SCANS: Final = {
    "scan-identifiers": "personal_data",
    "scan-persons": "personal_data",
    "scan-special-categories": "special_categories",
    "scan-offences": "offences",
}
"""Which fact each scan can contradict."""
DISMISSED: Final = "finds_dismissed_on"
"""The day on which a person checked what scans had found; a scan that comes later is not dismissed by it."""
PERSONS_FOUND = Text(
    fr="Jeu « {set} » : une analyse y a trouvé de quoi identifier des personnes ({count} fois), quoi qu'il en soit déclaré. La mesure "
    "l'emporte, tant que personne n'a vérifié ces cas et dit quand (« ne visant personne »).",
    en="Set “{set}”: a scan found what identifies persons in it ({count} times), whatever is stated. The measurement prevails, as long "
    "as nobody has checked these finds and said when (“about nobody”).",
)
SENSITIVE_FOUND = Text(
    fr="Jeu « {set} » : dit sans données sensibles, une analyse en a trouvé ({count} fois) : à apprécier.",
    en="Set “{set}”: said to hold no sensitive data, a scan found some ({count} times): to be judged.",
)
OFFENCES_FOUND = Text(
    fr="Jeu « {set} » : dit sans données d'infraction, une analyse en a trouvé ({count} fois) : à apprécier.",
    en="Set “{set}”: said to hold no offence data, a scan found some ({count} times): to be judged.",
)
_WORDS: Final = {
    "personal_data": PERSONS_FOUND,
    "special_categories": SENSITIVE_FOUND,
    "offences": OFFENCES_FOUND,
}


def is_found(dataset: DataSet, fact: str, evidence: Evidence, read: Reading) -> bool:
    """True if a scan of these data found what the fact would say, and no person has dismissed it since; it is noted."""
    pieces = list(_finding(dataset, fact, evidence))
    if not pieces:
        return False
    for piece in pieces:
        read.uses(f"evidence.{piece.measurement}.{dataset.id}", piece.found)
    day = read.of(dataset, DISMISSED, at=f"datasets.{dataset.id}")
    left = [piece for piece in pieces if day is None or day.isoformat() < piece.at[:10]]
    if left:
        read.remark(_WORDS[fact].fill(set=dataset.id, count=sum(piece.found for piece in left)))
    return bool(left)


def contradictions(facts: Facts, evidence: Evidence) -> Mapping[str, Mapping[str, Any]]:
    """Paths of facts stated to be “no” that scans contradict, each with what contradicts it."""
    found = {}
    for dataset in facts.datasets or ():
        for fact in dict.fromkeys(SCANS.values()):
            read = Reading()
            if getattr(dataset, fact) is False and is_found(dataset, fact, evidence, read):
                found[f"datasets.{dataset.id}.{fact}"] = read.used
    return found


def _finding(dataset: DataSet, fact: str, evidence: Evidence) -> Iterator[Piece]:
    """Scans of the set as it is stated now: one of a file with another hash says nothing of this one."""
    for name, contradicted in SCANS.items():
        for piece in evidence.latest(name, f"datasets.{dataset.id}") if contradicted == fact else ():
            data = piece.inputs.get("data")
            is_other = dataset.sha256 and data and data not in {dataset.sha256, piece.inputs.get("files")}
            if piece.found and not is_other:
                yield piece
