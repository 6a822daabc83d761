"""scan.json: what was found, how well that is found, and what was not read. No time, and no value of anybody."""

from collections.abc import Mapping
from typing import Any

from vidocq.audit.scan.merging import MOST_FIELDS, FileCount, Gap, Merged
from vidocq.audit.scan.options import CONTEXT, TO_JUDGE, Options
from vidocq.core.spans import Category
from vidocq.core.version import VERSION
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.measured import measured
from vidocq.detect.recurring import AT_LEAST, Recurrence, identity
from vidocq.targets.texts.places import Found
from vidocq.targets.texts.problems import REASONS

SCHEMA = "vidocq.scan/1"
GUESSED = frozenset({"mixed_encoding", "broken_encoding"})


def scan_content(
    merged: Merged, found: Found, *, options: Options, recurring: Mapping[Category, Recurrence]
) -> dict[str, Any]:
    """The content of scan.json."""
    able_cards = {kind.card.id: kind.card for kind in DETECTORS}
    able_cards |= {card.id: card for model in options.models for card in model.cards}
    able = {card.category for card in able_cards.values()}
    searched = [category for category in Category if category in (options.categories or able)]
    cards = [card for card in able_cards.values() if card.category in searched]
    gaps = [
        *(Gap(source, problem.kind, problem.error, whole=True) for source, problem in found.unread),
        *merged.gaps,
    ]
    whole = {gap.source for gap in gaps if gap.whole}
    return {
        "schema": SCHEMA,
        "versions": {"vidocq": VERSION},
        "seed": options.seed,
        "asked": {
            "categories": [str(category) for category in searched],
            "include": list(options.include),
            "exclude": list(options.exclude),
        },
        "inputs": {
            "files": len(found.files),
            "bytes": sum(file.size for file in found.files),
            "sha256": merged.digest,
        },
        "totals": {
            "files": len(found.files) + len(found.unread),
            "read": merged.read,
            "unread": len(whole),
            "left_out": found.left_out,
            "documents": merged.documents,
            "characters": merged.characters,
            "spans": sum(merged.counts.values()),
        },
        "categories": [_category(category, merged, able) for category in searched if category in able],
        "detectors": [
            {
                "id": card.id,
                "category": str(card.category),
                "title": card.title.to_dict(),
                "limits": card.limits.to_dict(),
                "source": card.source,
                "count": sum(count for (_, name), count in merged.detectors.items() if name == card.id),
            }
            for card in cards
        ],
        "files": [_file(file) for file in merged.files],
        **_fields(merged),
        "recurring": _recurring(recurring, options),
        "gaps": [_gap(gap) for gap in gaps],
        "not_measured": [str(category) for category in searched if category not in able],
    }


def _category(category: Category, merged: Merged, able: set[Category]) -> dict[str, Any]:
    known = measured().get(category)
    count, documents = merged.counts[category], merged.documents
    return {
        "id": str(category),
        "kind": "to_judge" if category in TO_JUDGE else "context" if category in CONTEXT else "finding",
        "count": count,
        "files": merged.files_with[category],
        "documents": merged.documents_with[category],
        "per_thousand": None if documents == 0 else round(1000 * count / documents, 6),
        "measured": None if known is None else known.to_dict(),
    }


def _file(file: FileCount) -> dict[str, Any]:
    return {
        "source": file.source,
        "format": file.format,
        "encoding": file.encoding,
        "sha256": file.sha256,
        "records": file.records,
        "characters": file.characters,
        "counts": {str(name): count for name, count in sorted(file.counts.items())},
    }


def _fields(merged: Merged) -> dict[str, Any]:
    """Fields in the order of their finds; an index in a list is not told. The rarest beyond a thousand are summed."""
    by_field: dict[str, dict[str, int]] = {}
    for (name, category), count in merged.fields.items():
        by_field.setdefault(name, {})[category] = count
    ordered = sorted(by_field.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    return {
        "fields": [{"field": name, "counts": dict(sorted(counts.items()))} for name, counts in ordered[:MOST_FIELDS]],
        "fields_left_out": {
            "fields": len(ordered[MOST_FIELDS:]),
            "spans": sum(sum(counts.values()) for _, counts in ordered[MOST_FIELDS:]),
        },
    }


def _recurring(recurring: Mapping[Category, Recurrence], options: Options) -> dict[str, Any]:
    """`key` is a fingerprint of the key that was given: two scans with the same one counted by the same hashes."""
    return {
        "key": None if options.key is None else f"{identity('', Category.SECRET, key=options.key):016x}",
        "at_least": list(AT_LEAST),
        "categories": [
            {
                "id": str(category),
                "identifiers": found.identifiers,
                "in_documents": [found.at_least[least] for least in AT_LEAST],
            }
            for category, found in recurring.items()
        ],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    extent = "guessed" if gap.kind in GUESSED else "file" if gap.whole else "records" if gap.count else "rest"
    return {
        "source": gap.source,
        "kind": str(gap.kind),
        "extent": extent,
        "error": gap.error,
        "records": gap.records,
        "count": gap.count,
        "reason": REASONS[gap.kind].to_dict(),
    }
