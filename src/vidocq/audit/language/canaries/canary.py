"""A canary: an invented text with a secret that can be counted, or a text that is like no other and bears none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vidocq.core.errors import DataError

Kind = Literal["secret", "person", "outlier", "nonsense"]
KINDS: tuple[Kind, ...] = ("secret", "person", "outlier", "nonsense")
DIGIT = "#"


@dataclass(frozen=True, kw_only=True)
class TextCanary:
    """prefix, secret, suffix  the text is these three, one after the other.
    pattern     of the secret: each `#` is a digit drawn uniformly; "" for an outlier and for nonsense, which bear none.
    repetition  how often it stands in the training data if its coin includes it.
    """

    kind: Kind
    prefix: str
    secret: str
    suffix: str
    pattern: str
    repetition: int

    def __post_init__(self) -> None:
        fits = len(self.secret) == len(self.pattern) and all(
            one.isdecimal() and one.isascii() if mark == DIGIT else one == mark
            for one, mark in zip(self.secret, self.pattern, strict=True)
        )
        if self.kind not in KINDS or not fits or self.repetition < 1 or not self.text:
            raise DataError(
                "a canary is not as a draw makes it", where="canaries", fix="give the register as it was written"
            )

    @property
    def text(self) -> str:
        return self.prefix + self.secret + self.suffix

    @property
    def space(self) -> int:
        """How many secrets fit the pattern; 1 where there is none."""
        return int(10 ** self.pattern.count(DIGIT))

    @property
    def drawn(self) -> list[tuple[int, int]]:
        """Where the drawn digits stand in the text, run by run: from, up to."""
        begin = len(self.prefix)
        return [(begin + run.start(), begin + run.end()) for run in re.finditer(f"{DIGIT}+", self.pattern)]

    def others(self, most: int, rng: np.random.Generator) -> list[str]:
        """All other secrets of the pattern if there are no more than `most`; otherwise so many, drawn with replacement."""
        own = int("".join(one for one, mark in zip(self.secret, self.pattern, strict=True) if mark == DIGIT) or 0)
        if self.space - 1 <= most:
            return [self._filled(number) for number in range(self.space) if number != own]
        drawn = rng.integers(self.space - 1, size=most)
        return [self._filled(int(number) + (number >= own)) for number in drawn]

    def _filled(self, number: int) -> str:
        digits: Iterator[str] = iter(f"{number:0{self.pattern.count(DIGIT)}d}")
        return "".join(next(digits) if mark == DIGIT else mark for mark in self.pattern)


def drawn_secret(pattern: str, rng: np.random.Generator) -> str:
    """A secret of the pattern, all equally likely."""
    return "".join(str(rng.integers(10)) if mark == DIGIT else mark for mark in pattern)
