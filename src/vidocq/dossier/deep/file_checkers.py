"""Checkers for what the fold of the dossier reads: facts, answers, departures, opinions, evidence."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.core.text import Text
from vidocq.dossier.deep.checker import MALFORMED, Checker
from vidocq.dossier.deep.seen import Seen
from vidocq.dossier.entries import Entry
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file import answering, departing, opining, proving, requesting, stating
from vidocq.dossier.file.merging import listed
from vidocq.dossier.file.records import SCHEMA
from vidocq.dossier.referential.catalogue import referential

NEWER = Text(
    fr="l'inscription suit un schéma que cette version ne connaît pas",
    en="the entry follows a schema that this version does not know",
)
UNFIT = Text(
    fr="un fait énoncé n'a pas la forme attendue", en="a fact that it states has not the form expected of it"
)
NAMELESS = Text(fr="le nom cité n'a pas été gardé à part", en="the name it cites was not kept aside")
UNHASHED = Text(
    fr="une entrée de la mesure n'est pas désignée par une empreinte",
    en="what went into the measurement is not named by a hash",
)
UNASKED = Text(fr="aucune demande de ce numéro n'a été reçue", en="no request of this id was received")
UNKNOWN_POINT = Text(fr="le point cité n'existe pas", en="the point it cites does not exist")
SCOPES = frozenset({"model", "system", ""})
"""Of what was measured; "" where it is a data set."""
_HASH = re.compile(r"[0-9a-f]{64}")


def stated(entry: Entry, seen: Seen) -> Text | None:
    """Each statement on its own: what it adds to those before it is for the fold. Notes the hashes that it states."""
    if is_newer(entry):
        return NEWER
    facts: dict[str, Any] = {}
    try:
        hashes = dict(stating.fold_facts(entry, facts))
        read_facts(listed(facts, Facts))
    except LedgerError:
        return MALFORMED
    except ConfigurationError:
        return UNFIT
    seen.files |= hashes
    return None


def answered(entry: Entry, seen: Seen) -> Text | None:
    texts = ("point", "about", "role", "note")
    return _said(entry, seen, read=answering.read_answer, texts=texts) or _unknown_point(entry)


def departed(entry: Entry, seen: Seen) -> Text | None:
    texts = ("point", "about", "reason", "substitute", "owner")
    found = _said(entry, seen, read=departing.read_departure, texts=texts)
    if found is None and not all(entry.data[name] for name in ("reason", "substitute", "owner")):
        return MALFORMED
    return found or _unknown_point(entry)


def opined(entry: Entry, seen: Seen) -> Text | None:
    return _said(entry, seen, read=opining.read_opinion, texts=())


def proved(entry: Entry, _seen: Seen) -> Text | None:
    if is_newer(entry):
        return NEWER
    try:
        piece = proving.read_piece(entry)
    except LedgerError:
        return MALFORMED
    texts = ("measurement", "subject", "scope", "access", "suite")
    if not piece.measurement or not _are_texts(entry.data, texts) or piece.scope not in SCOPES:
        return MALFORMED
    return None if all(_HASH.fullmatch(value) for value in piece.inputs.values()) else UNHASHED


def received(entry: Entry, seen: Seen) -> Text | None:
    found = _said(entry, seen, read=requesting.read_request, texts=("id", "right", "about", "role"))
    seen.requests.add(entry.data["id"])
    return found


def replied(entry: Entry, seen: Seen) -> Text | None:
    if is_newer(entry):
        return NEWER
    data = entry.data
    if not _are_texts(data, ("id", "outcome", "reason", "role")) or data["outcome"] not in requesting.OUTCOMES:
        return MALFORMED
    date.fromisoformat(data["on"])
    return None if data["id"] in seen.requests else UNASKED


def is_newer(entry: Entry) -> bool:
    schema = entry.data.get("schema", SCHEMA)
    return type(schema) is int and schema > SCHEMA


def _said(entry: Entry, seen: Seen, *, read: Callable[[Entry], object], texts: tuple[str, ...]) -> Text | None:
    """What somebody in a role said, whose name, if one is cited, was kept aside before."""
    if is_newer(entry):
        return NEWER
    try:
        read(entry)
    except LedgerError:
        return MALFORMED
    if not _are_texts(entry.data, (*texts, "name")):
        return MALFORMED
    return NAMELESS if entry.data["name"] and entry.data["name"] not in seen.kept else None


def _unknown_point(entry: Entry) -> Text | None:
    return None if entry.data["point"] in referential() else UNKNOWN_POINT


def _are_texts(data: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(isinstance(data[name], str) for name in names)


FILE_CHECKERS: Mapping[str, Checker] = {
    stating.KIND: stated,
    answering.KIND: answered,
    departing.KIND: departed,
    opining.KIND: opined,
    proving.KIND: proved,
    requesting.RECEIVED: received,
    requesting.ANSWERED: replied,
}
