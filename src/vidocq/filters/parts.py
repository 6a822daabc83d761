"""How much of a stretch of text may be parts of one value that is said piece by piece."""

import re
from collections import Counter
from itertools import pairwise

from vidocq.filters.views.clues import AT
from vidocq.filters.views.links import LINK
from vidocq.filters.views.number_words import NUMBERS
from vidocq.filters.views.signs.addresses import CALLED, SAID

_AROUND = ".,;:!?()[]{}<>*_`\"'«»|-"
_LINK = re.compile(LINK, re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_WORDS = NUMBERS | CALLED | SAID | AT
_PART = re.compile(
    r"\W*+(?:\w?|\w{0,4}[0-9]\w{0,13})\W*+"
    r"|(?:&#?\w{1,8};|%[0-9A-Fa-f]{2}|=[0-9A-F]{2}|\\[xuU]\{?[0-9A-Fa-f]{2,8}\}?){4,}+.*"
    r"|[A-Za-z0-9+/=_-]*[0-9][A-Za-z0-9+/=_-]{23,}",
    re.IGNORECASE,
)
_LINES = 5
_SIGN_ALONE = re.compile(r"^[ \t>*]{0,4}[@._+-][ \t…]{0,4}$", re.MULTILINE)
_MOST, _OFTEN = 4096, 4
_AS_IN = frozenset(["as", "in", "like", "for", "comme", "dans", "de", "pour"])
_FEWEST_LINES, _LONGEST_LINE = 4, 96
_SAID = re.compile(r"[\w@.+-]+")
_DATA = re.compile(r"[=:\"'>]")


def share_of_parts(text: str) -> float:
    """Share of the characters that stand in digits, lone letters, codes, or words for them; links count for neither.

    All of them do on short lines that are made alike: those of a log, of data.
    """
    if _has_lines_of_signs(text):
        return 1.0
    return max(_of_words(text), _of_lines(text))


def _of_lines(text: str) -> float:
    lines = text.splitlines()
    if len(lines) < _FEWEST_LINES:
        return 0.0
    made = [_SAID.sub("w", line) if len(line) <= _LONGEST_LINE else "" for line in lines]
    alike = sum(
        len(line)
        for line, one, other in zip(lines[1:], made, made[1:], strict=False)
        if one == other and _DATA.search(one)
    )
    return alike / len(text)


def _of_words(text: str) -> float:
    parts = letters = 0
    spelt = ""  # a lone letter, of which a word may tell which it is: "S as in Sierra"
    said = [(token, token.strip(_AROUND).lower()) for token in _TOKEN.findall(text)]
    numbered = Counter(word for (_, word), (_, after) in pairwise(said) if after.isdecimal())
    for token, word in said:
        if numbered[word] >= _OFTEN and word.isalpha():
            continue  # "Character 1: t, Character 2: h"
        if spelt and word in _AS_IN:
            continue
        if spelt and word[:1] == spelt and len(word) > 1:
            letters, parts, spelt = letters + len(token), parts + len(token), ""
            continue
        spelt = word if len(word) == 1 else ""
        if word.isalpha() and len(word) > 1 and _LINK.fullmatch(word) is not None:
            continue
        letters += len(token)
        if _is_part(word, token[:_MOST]):
            parts += len(token)
    return parts / letters if letters else 0.0


def _has_lines_of_signs(text: str) -> bool:
    """As where the first characters of lines are to be read one after the other."""
    return text.count("\n") >= _LINES and _SIGN_ALONE.search(text) is not None


def _is_part(word: str, token: str) -> bool:
    if word.isalpha() and len(word) > 1:
        return word in _WORDS
    if "-" in word and word.replace("-", "").isalpha():
        return all(each in _WORDS for each in word.split("-"))
    return _PART.fullmatch(token) is not None
