"""Lists of what is not to be said, known by keyed hashes alone: whoever reads one learns neither names nor strings."""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError
from vidocq.core.files import write_atomic

SCHEMA = "vidocq.phrases/2"
KINDS = ("objected", "extracted")
SHORTEST_KEY = 16
LARGEST = 1 << 28
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "þ": "th", "ŋ": "n", "ŧ": "t", "ĸ": "k"}
)  # fmt: skip
"""Letters that Unicode does not take apart, as they are written where they are not to be had."""


def bare(text: str) -> str:
    """Letters and digits of a text, without case or accents."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", apart) if c.isalnum())


def hashed(phrase: str, key: bytes) -> str:
    """16 hexadecimal digits: without the key nobody can try names against them."""
    return hashlib.blake2b(phrase.encode(), key=key[:64], digest_size=8).hexdigest()


def write_phrases(path: Path, phrases: Iterable[str], *, key: bytes, kind: str) -> int:
    """Writes the list and returns how many it holds.

    Raises ConfigurationError on a short key, an unknown kind, or if there is nothing to be held.
    """
    require_key(key)
    require_kind(kind)
    held = sorted({hashed(phrase, key) for phrase in phrases if phrase})
    if not held:
        raise ConfigurationError(
            "the list would be empty",
            where=path.name,
            fix="give a file with one name or string a line",
            fr="la liste serait vide",
            fix_fr="donnez un fichier d'un nom ou d'une chaîne par ligne",
        )
    content = {"schema": SCHEMA, "kind": kind, "check": _check(kind, key), "hashes": held}
    write_atomic(path, canonical_bytes(content), mode=0o600)
    return len(held)


def read_phrases(path: Path, *, key: bytes) -> tuple[str, frozenset[str]]:
    """Kind and hashes of a list. Raises ConfigurationError if it is none, holds nothing, or was made with another key."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        content: Any = json.loads(path.read_bytes())
        kind, held, schema = content["kind"], content["hashes"], content["schema"]
        if kind not in KINDS or not held or not all(isinstance(one, str) for one in held):
            raise ValueError
        check = content["check"] if schema == SCHEMA else ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise ConfigurationError(
            "this is no list of hashed phrases",
            where=path.name,
            fix="make it with `vidocq guard list`",
            fr="ce n'est pas une liste de chaînes hachées",
            fix_fr="faites-la avec `vidocq guard list`",
        ) from None
    if schema != SCHEMA:
        raise ConfigurationError(
            "this list was made by another version",
            where=path.name,
            fix="make it again with `vidocq guard list`",
            fr="cette liste vient d'une autre version",
            fix_fr="refaites-la avec `vidocq guard list`",
        )
    if not isinstance(check, str) or not hmac.compare_digest(check.encode(), _check(kind, key).encode()):
        raise ConfigurationError(
            "this list was made with another key: nothing would be found with this one",
            where=path.name,
            fix="name the variable that holds the key it was made with, or make it again",
            fr="cette liste a été faite avec une autre clé : rien ne serait trouvé avec celle-ci",
            fix_fr="nommez la variable qui porte la clé dont elle a été faite, ou refaites-la",
        )
    return kind, frozenset(held)


def _check(kind: str, key: bytes) -> str:
    return hashed(f"\n{SCHEMA} {kind}", key)  # no phrase holds a line end


def require_key(key: bytes) -> None:
    if len(key) < SHORTEST_KEY:
        raise ConfigurationError(
            "the key of a list is too short",
            where="key",
            fix=f"give at least {SHORTEST_KEY} random bytes",
            fr="la clé d'une liste est trop courte",
            fix_fr=f"donnez au moins {SHORTEST_KEY} octets tirés au hasard",
        )


def require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise ConfigurationError(
            "there is no such list",
            where="kind",
            fix=f"give one of: {', '.join(KINDS)}",
            fr="il n'y a pas de telle liste",
            fix_fr=f"donnez l'un de ces mots : {', '.join(KINDS)}",
        )
