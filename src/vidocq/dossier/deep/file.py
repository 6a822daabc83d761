"""Checkers of what a dossier is made of: facts, answers, departures, opinions, pieces of evidence."""

import re
from typing import Any

from vidocq.core.text import Text
from vidocq.dossier.deep.checker import MALFORMED
from vidocq.dossier.deep.seen import Seen
from vidocq.dossier.entries import Entry
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.answering import read_answer
from vidocq.dossier.file.departing import read_departure
from vidocq.dossier.file.merging import listed
from vidocq.dossier.file.opining import read_opinion
from vidocq.dossier.file.proving import read_piece
from vidocq.dossier.file.stating import fold_facts
from vidocq.dossier.referential.catalogue import referential

UNKNOWN_POINT = Text(fr="le point cité n'existe pas", en="the point it cites does not exist")
NAME_NOT_KEPT = Text(fr="le nom cité n'a pas été gardé à part", en="the name it cites was not kept aside")
_HASH = re.compile(r"[0-9a-f]{64}")


def stated(entry: Entry, seen: Seen) -> Text | None:
    facts: dict[str, Any] = {}
    for path, value in fold_facts(entry, facts):
        if not _HASH.fullmatch(value):
            return MALFORMED
        seen.files[path] = value
    read_facts(listed(facts, Facts))
    return None


def answered(entry: Entry, seen: Seen) -> Text | None:
    said = read_answer(entry)
    return _positioned(said.point, said.name, seen)


def departed(entry: Entry, seen: Seen) -> Text | None:
    said = read_departure(entry)
    if not (said.reason and said.substitute and said.owner):
        return MALFORMED
    return _positioned(said.point, said.name, seen)


def opined(entry: Entry, seen: Seen) -> Text | None:
    return _named(read_opinion(entry).name, seen)


def proved(entry: Entry, seen: Seen) -> Text | None:
    piece = read_piece(entry)
    return None if piece.measurement and piece.scope in {"model", "system"} else MALFORMED


def _positioned(point: str, name: str, seen: Seen) -> Text | None:
    return _named(name, seen) if point in referential() else UNKNOWN_POINT


def _named(name: str, seen: Seen) -> Text | None:
    return None if not name or name in seen.kept else NAME_NOT_KEPT
