"""Names in a text without a single capital, as people type: first names that are nothing else, and the surname after."""

import re
from collections.abc import Iterator
from typing import Final

from vidocq.detect.names.words import AMBIGUOUS, COMMON, FIRST, PLACE, SURNAME

WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def names_without_capitals(text: str, words: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Places of names. A first name of three letters or fewer, or that is an ordinary word, is left."""
    after = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        if start < after:
            continue
        kind = words.get(match.group().title(), 0)
        if not kind & FIRST or kind & (AMBIGUOUS | COMMON | PLACE) or end - start < 4:
            continue
        following = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if following:
            kind = words.get(following.group().title(), 0)
            if kind & SURNAME or (not kind and text[following.end() : following.end() + 1] in {"", "\n"}):
                end = following.end()
        after = end
        yield start, end
