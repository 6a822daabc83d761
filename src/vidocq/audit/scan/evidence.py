"""What a scan says for the file: one piece for identifiers, persons, special categories and offences each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vidocq.audit.scan.merging import digest_of
from vidocq.audit.scan.options import CONTEXT
from vidocq.core.errors import ModelError
from vidocq.core.spans import Category
from vidocq.core.status import Status
from vidocq.dossier.evidence import Piece
from vidocq.measure.intervals import clopper_pearson
from vidocq.targets.model_files import file_hash
from vidocq.targets.texts.parts import Listed

Content = Mapping[str, Any]

_APART: Final = {
    "scan-persons": (Category.PERSON,),
    "scan-special-categories": (Category.SPECIAL_CATEGORY,),
    "scan-offences": (Category.OFFENCE,),
}
GROUPS: Final = {
    "scan-identifiers": tuple(
        category
        for category in Category
        if category not in CONTEXT and all(category not in group for group in _APART.values())
    ),
    **_APART,
}
"""Which kinds of personal data each measurement counts."""
LEVEL = 0.95


def pieces_of_scan(content: Content, *, subject: str, only: Listed | None = None) -> list[Piece]:
    """From the content of scan.json. Counts and hashes only: no value, and no name of a file.

    subject  path of the data set, such as "datasets.patients"; "" if nobody said.
    only     the file, where there was a single one: the input is then its own hash, as facts state it.
    """
    digest = content["inputs"]["sha256"]
    data = digest if only is None else _own_hash(only, digest)
    return [
        Piece(
            measurement=name,
            subject=subject,
            scope="",
            status=_status(group, content),
            figures=_figures(group, content),
            inputs={"data": data, "files": digest},
        )
        for name, group in GROUPS.items()
    ]


def _own_hash(file: Listed, digest: str) -> str:
    """SHA-256 of the file's bytes, if they still are those that were scanned; else of what was."""
    try:
        own = file_hash(Path(file.path))
    except ModelError:
        return digest
    return own if digest_of([(own, file.source)]) == digest else digest


def _status(group: Sequence[Category], content: Content) -> Status:
    """Whether what was found is needed, a person says. Nothing found counts only where all was read and the share of
    such data that detectors miss is known.
    """
    searched = _searched(group, content)
    if any(category["count"] for category in searched):
        return Status.TO_JUDGE
    unread = bool(content["gaps"]) or not content["totals"]["documents"]
    if unread or not searched or _asked_less(group, content):
        return Status.NOT_MEASURED
    known = all((category["measured"] or {}).get("recall") for category in searched)
    return Status.SATISFIED if known else Status.TO_JUDGE


def _figures(group: Sequence[Category], content: Content) -> dict[str, Any]:
    documents = content["totals"]["documents"]
    return {
        "documents": documents,
        "files": content["totals"]["files"],
        "unread": content["totals"]["unread"],
        "gaps": len(content["gaps"]),
        "not_searched": [str(name) for name in _asked_less(group, content)],
        "categories": {
            category["id"]: {
                "count": category["count"],
                "per_thousand": category["per_thousand"],
                "documents": clopper_pearson(category["documents"], documents, level=LEVEL).to_dict()
                if documents
                else None,
                "recall": (category["measured"] or {}).get("recall"),
            }
            for category in _searched(group, content)
        },
        "version": content["versions"]["vidocq"],
    }


def _searched(group: Sequence[Category], content: Content) -> list[Content]:
    return [category for category in content["categories"] if category["id"] in group]


def _asked_less(group: Sequence[Category], content: Content) -> list[Category]:
    """Kinds that nobody asked for, or that nothing could find."""
    able = {category["id"] for category in content["categories"]}
    return [category for category in group if category not in able]
