"""`Surname, First name`, as lists, files and registers have it."""

import re
from typing import Final

from vidocq.detect.names.parts import OTHER, kind_of
from vidocq.detect.names.words import AMBIGUOUS, FIRST

_BEFORE: Final = re.compile(r"(?:^|\n|[:;|–—] |\d[.)] |[\"(>])\Z")
_AFTER: Final = re.compile(r"(?: [^\W\d_]\.)?(?:[ \t]*(?:\n|\Z|[;|–—(\"<])| [\d½])")


def is_inverted(text: str, surname: tuple[int, int], first: tuple[int, int]) -> bool:
    """Are these two runs, parted by a comma and a space, the surname and the first name of one person in a list?"""
    words, given = text[slice(*surname)].split(" "), text[slice(*first)].split(" ")
    if len(words) > 3 or len(given) > 3 or any("." in word or kind_of(word) & OTHER for word in words):
        return False
    if not all(len(word) == 1 or kind_of(word) & FIRST for word in given) or (
        len(words) > 1 and kind_of(words[0]) & FIRST
    ):
        return False
    kind = kind_of(given[0])
    if not kind & FIRST or (kind & AMBIGUOUS and kind_of(words[-1]) & FIRST):
        return False
    return bool(_BEFORE.search(text, max(0, surname[0] - 3), surname[0]) and _AFTER.match(text, first[1]))
