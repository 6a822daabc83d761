"""`facts.stated`: what is so, as somebody in a role says it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vidocq.dossier.entries import Entry
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.merging import keyed, listed, merge_recorded
from vidocq.dossier.file.records import malformed, read_versioned, text, versioned, word, write_records
from vidocq.dossier.ledger import Ledger

KIND: Final = "facts.stated"
_HASHED: Final = ("datasets", "models", "releases")
_CODED: Final = re.compile(r"[0-9a-f]{64}|\d{4}-\d\d-\d\d(T[0-9:.+Z-]+)?")


def state_facts(ledger: Ledger, content: Mapping[str, Any], *, role: str = "") -> Entry:
    """Records facts over those stated earlier. Null erases a fact, a group, or an item of a list filed by ids.

    content  nested, as `Facts` has it; lists of items as lists, or as mappings from id to item.
    Raises   ConfigurationError that names the place of what does not fit; nothing is then recorded.
    """
    found = keyed(dict(content), Facts)
    read_facts(listed(without_erased(found), Facts))
    for path, value in _texts(found):
        text(value, path)
    record = versioned({"facts": listed(found, Facts), "role": word(role, "role") if role else ""})
    return write_records(ledger, lambda transaction: transaction.append(KIND, record))


def fold_facts(entry: Entry, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Merges what an entry of this kind states into `facts`; path and SHA-256 of every item that it states one of."""
    stated = read_versioned(entry).get("facts")
    try:
        merge_recorded(facts, stated, Facts)  # type: ignore[arg-type]
    except (KeyError, TypeError, AttributeError):
        raise malformed(entry) from None
    return _hashes(stated or {})


def _hashes(stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _HASHED:
        items = stated.get(name) or ()
        pairs = items.items() if isinstance(items, dict) else [(item["id"], item) for item in items]
        for key, item in pairs:
            if item and item.get("sha256"):
                yield f"{name}.{key}", item["sha256"]


def without_erased(content: Mapping[str, Any]) -> dict[str, Any]:
    """What `keyed` made, without what it erases: facts as they would be read."""
    return {
        name: without_erased(value) if isinstance(value, dict) else value
        for name, value in content.items()
        if value is not None
    }


def _texts(content: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text in it that is neither empty nor a hash or a date, with its path."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _texts(value, f"{at}.{name}" if at else name)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, at)
    elif isinstance(content, str) and content.strip() and not _CODED.fullmatch(content):
        yield at, content
