"""How much of a stretch of text may be parts of one value that is said piece by piece."""

import re

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
_MOST = 4096
_FEWEST_LINES, _LONGEST_LINE = 4, 96
_SAID = re.compile(r"[\w@.+-]+")
_DATA = re.compile(r"[=:\"'>]")


def share_of_parts(text: str) -> float:
    """Share of the characters that stand in digits, lone letters, codes, or words for them; links count for neither.

    All of them do on short lines that are made alike: those of a log, of data.
    """
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
    for token in _TOKEN.findall(text):
        word = token.strip(_AROUND).lower()
        if word.isalpha() and len(word) > 1 and _LINK.fullmatch(word) is not None:
            continue
        letters += len(token)
        if _is_part(word, token[:_MOST]):
            parts += len(token)
    return parts / letters if letters else 0.0


def _is_part(word: str, token: str) -> bool:
    if word.isalpha() and len(word) > 1:
        return word in _WORDS
    if "-" in word and word.replace("-", "").isalpha():
        return all(each in _WORDS for each in word.split("-"))
    return _PART.fullmatch(token) is not None
