"""The register of a draw: every canary with its coin, in one file that its holder may hand to whoever deploys the model."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.audit.language.canaries.canary import TextCanary
from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.canonical import canonical_bytes, content_hash
from vidocq.core.errors import DataError
from vidocq.core.files import write_atomic
from vidocq.dossier.canary_draw import CanaryDraw

FORMAT = "vidocq.text-canaries/1"
LARGEST = 256 * 2**20
"""Bytes of a register that is read."""


@dataclass(frozen=True, eq=False, kw_only=True)
class TextDraw:
    """Canaries and their coins; secret until the model is trained and asked.

    included    (m,) bool: these are trained on, each as often as its `repetition` says, and none of the others.
    terms       what was registered, or would have been; `guesses` is 0 where epsilon is not asked about.
    registered  whether a ledger holds it.
    """

    canaries: tuple[TextCanary, ...]
    included: BoolArray
    salt: str
    terms: CanaryDraw
    registered: bool

    @property
    def repetition(self) -> IntArray:
        return np.array([canary.repetition for canary in self.canaries], dtype=np.int64)

    @property
    def guessed(self) -> IntArray:
        """Rows whose coins are guessed for epsilon: those planted once, for epsilon is about one record."""
        return np.flatnonzero(self.repetition == 1)

    def save(self, path: str | Path) -> None:
        """Readable by its owner only: whoever holds it knows every secret."""
        content = {
            "format": FORMAT,
            "canaries": [asdict(canary) for canary in self.canaries],
            "included": [bool(one) for one in self.included],
            "salt": self.salt,
            "terms": self.terms.content(),
            "registered": self.registered,
        }
        write_atomic(Path(path), canonical_bytes(content), mode=0o600)


def load_text_draw(path: str | Path) -> TextDraw:
    """What `TextDraw.save` wrote. Raises DataError on another file, or one that was changed since."""
    place = Path(path)
    try:
        if place.stat().st_size > LARGEST:
            raise ValueError("size")
        draw = _parsed(json.loads(place.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as reason:
        raise DataError(
            f"the register of canaries cannot be read ({type(reason).__name__})",
            where=place.name,
            fix="give the file that the draw wrote",
        ) from None
    require_whole(draw)
    return draw


def require_whole(draw: TextDraw) -> None:
    """Raises DataError unless canaries and coins are those of the terms."""
    terms = draw.terms
    sound = (
        len(draw.included) == len(draw.canaries)
        and terms.canaries == canaries_hash(draw.canaries)
        and terms.coins == sealed(draw.included, draw.salt)
        and terms.count == len(draw.guessed)
    )
    if not sound:
        raise DataError(
            "the canaries or their coins are not those that were drawn",
            where="canaries",
            fix="give the register as the draw wrote it",
        )


def canaries_hash(canaries: tuple[TextCanary, ...]) -> str:
    return content_hash([asdict(canary) for canary in canaries])


def sealed(included: BoolArray, salt: str) -> str:
    return hashlib.sha256(salt.encode() + np.packbits(included).tobytes()).hexdigest()


def _parsed(told: Any) -> TextDraw:
    if (
        not isinstance(told, dict)
        or told["format"] != FORMAT
        or not all(isinstance(c, bool) for c in told["included"])
    ):
        raise ValueError("format")
    terms = told["terms"]
    return TextDraw(
        canaries=tuple(_canary(one) for one in told["canaries"]),
        included=np.array(told["included"], dtype=bool),
        salt=_hexadecimal(told["salt"]),
        terms=CanaryDraw(
            canaries=str(terms["canaries"]),
            coins=str(terms["coins"]),
            count=int(terms["count"]),
            guesses=int(terms["guesses"]),
            delta=float(terms["delta"]),
            level=float(terms["level"]),
            bound=str(terms["bound"]),
        ),
        registered=bool(told["registered"]),
    )


def _canary(told: dict[str, Any]) -> TextCanary:
    text = {name: told[name] for name in ("kind", "prefix", "secret", "suffix", "pattern")}
    if not all(isinstance(value, str) for value in text.values()) or not isinstance(told["repetition"], int):
        raise ValueError("canary")
    return TextCanary(**text, repetition=told["repetition"])


def _hexadecimal(salt: Any) -> str:
    int(str(salt), 16)
    return str(salt)
