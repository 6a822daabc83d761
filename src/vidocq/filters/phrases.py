"""Names and strings that are not to be said, known by their keyed hashes alone: whoever reads the list learns none of them."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError
from vidocq.core.files import write_atomic
from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.text import Text

SCHEMA = "vidocq.phrases/1"
SHORTEST_KEY = 16
MOST_WORDS = 8
LARGEST = 1 << 28
_WORD = re.compile(r"[^\W_]+")


def bare(text: str) -> str:
    """Letters and digits of a text, without case or accents."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", apart) if c.isalnum())


def name_variants(name: str) -> set[str]:
    """How a person's name, given first names first, may be written, bare: in either order, and with initials."""
    parts = [bare(part) for part in re.split(r"[\s,]+", name) if bare(part)]
    if len(parts) < 2:
        return set(parts)
    found = set()
    for last in range(1, len(parts)):
        family = "".join(parts[last:])
        for first in {"".join(parts[:last]), parts[0], parts[0][0], "".join(part[0] for part in parts[:last])}:
            found |= {first + family, family + first}
    hyphened = [bare(part) for part in _WORD.findall(re.split(r"[\s,]+", name.strip())[0])]
    if len(hyphened) > 1:
        family = "".join(parts[1:])
        for first in ("".join(part[0] for part in hyphened), hyphened[0]):
            found |= {first + family, family + first}
    return found


def phrases_of(string: str) -> set[str]:
    """A string that was extracted, bare: whole if it is short, every `MOST_WORDS` words of it if it is long."""
    words = _WORD.findall(string)
    if len(words) <= MOST_WORDS:
        return {bare(string)} if bare(string) else set()
    return {bare("".join(words[at : at + MOST_WORDS])) for at in range(len(words) - MOST_WORDS + 1)}


def hashed(phrase: str, key: bytes) -> str:
    """16 hexadecimal digits: without the key nobody can try names against them."""
    return hashlib.blake2b(phrase.encode(), key=key[:64], digest_size=8).hexdigest()


def write_phrases(path: Path, phrases: Iterable[str], *, key: bytes, kind: str) -> int:
    """Writes the list and returns how many it holds. Raises ConfigurationError on a short key, or an unknown kind."""
    require_key(key)
    if kind not in KINDS:
        raise ConfigurationError("there is no such list", where="kind", fix=f"give one of: {', '.join(KINDS)}")
    held = sorted({hashed(phrase, key) for phrase in phrases if phrase})
    write_atomic(path, canonical_bytes({"schema": SCHEMA, "kind": kind, "hashes": held}), mode=0o600)
    return len(held)


def read_phrases(path: Path) -> tuple[str, frozenset[str]]:
    """Kind and hashes of a list. Raises ConfigurationError if it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        content: Any = json.loads(path.read_bytes())
        kind, held = content["kind"], content["hashes"]
        if content["schema"] != SCHEMA or kind not in KINDS or not all(isinstance(one, str) for one in held):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise ConfigurationError(
            "this is no list of hashed phrases", where=path.name, fix="make it with `vidocq guard list`"
        ) from None
    return kind, frozenset(held)


def require_key(key: bytes) -> None:
    if len(key) < SHORTEST_KEY:
        raise ConfigurationError(
            "the key of a list is too short", where="key", fix=f"give at least {SHORTEST_KEY} random bytes"
        )


@dataclass(frozen=True, eq=False)
class Phrases:
    """Common to both filters: words in a row, of which the letters and digits together have a hash of the list."""

    held: frozenset[str]
    key: bytes
    action: Action
    surfaces: frozenset[Surface] = frozenset(Surface)

    card: ClassVar[FilterCard]

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            words = [(found.start(), found.end(), bare(found[0])) for found in _WORD.finditer(reading.text)]
            reached = 0
            for at in range(len(words)):
                end = self._longest(words[at : at + MOST_WORDS])
                if end and end > reached:
                    reached = end
                    place = reading.original(words[at][0], end)
                    yield Hit(*place, self.card.id, self.card.id, self.action, reading.name)

    def _longest(self, words: list[tuple[int, int, str]]) -> int:
        """Where the longest phrase of the list that begins here ends; 0 if none does."""
        said, found = "", 0
        for _, end, word in words:
            said += word
            if hashed(said, self.key) in self.held:
                found = end
        return found


@dataclass(frozen=True, eq=False)
class Objected(Phrases):
    """Persons who objected, by the variants of their names."""

    card: ClassVar = FilterCard(
        id="objected",
        title=Text(fr="Personnes qui se sont opposées", en="Persons who objected"),
        source="GDPR, art. 21",
        longest=96,
        limits=Text(
            fr="Un surnom, une orthographe fautive ou une description (« la maire de… ») passent ; un homonyme est arrêté.",
            en="A nickname, a misspelling or a description (“the mayor of…”) passes; a namesake is stopped.",
        ),
    )


@dataclass(frozen=True, eq=False)
class Extracted(Phrases):
    """Strings that an audit drew from the model."""

    card: ClassVar = FilterCard(
        id="extracted",
        title=Text(fr="Chaînes extraites par un audit", en="Strings that an audit extracted"),
        source="Carlini et al. (2021), arXiv:2012.07805",
        longest=200,
        limits=Text(
            fr="N'arrête que ce qui a été extrait : ce que l'audit n'a pas trouvé passe.",
            en="Stops only what was extracted: what the audit did not find passes.",
        ),
    )


KINDS: dict[str, type[Phrases]] = {"objected": Objected, "extracted": Extracted}
