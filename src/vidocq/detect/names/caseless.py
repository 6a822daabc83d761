"""Names in a text without a single capital, as people type: first names that are nothing else, and the surname after."""

import re
from collections.abc import Iterator
from typing import Final

from vidocq.detect.names.parts import kind_of
from vidocq.detect.names.words import AMBIGUOUS, COMMON, FIRST, PLACE, SURNAME

WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def names_without_capitals(text: str, words: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Places of names. A first name of three letters or fewer, or that is an ordinary word, is left."""
    after = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        if start < after:
            continue
        kind = _kind(match.group(), words)
        if not kind & FIRST or kind & (AMBIGUOUS | COMMON | PLACE) or end - start < 4:
            continue
        following = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if following:
            kind = _kind(following.group(), words)
            if kind & SURNAME or (not kind and text[following.end() : following.end() + 1] in {"", "\n", ","}):
                end = following.end()
        after = end
        yield start, end


def _kind(word: str, words: dict[str, int]) -> int:
    """What is known of a word as it would be capitalised; a compound is known by its parts."""
    return kind_of(word.title()) if "-" in word else words.get(word.title(), 0)
