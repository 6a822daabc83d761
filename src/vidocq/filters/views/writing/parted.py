"""Parts of a text: its lines, or what commas, bars, brackets and words such as "then" set apart; of each its words and what is between."""

import re
from dataclasses import dataclass
from functools import lru_cache

from vidocq.filters.views.digits.labelled import COUNTED
from vidocq.filters.views.links import LINK

_LINE = re.compile(r"[^\n]+")
_APART = re.compile(
    r"\s*[\n,;|&\t]\s*|(?<=>)\s?(?=<[^/])|\s[+·•]\s|(?<=[^\W_])[.?!]\s+(?=[^\W\d_«—-])"
    r"|\s(?=(?:et|and|puis|then|ensuite|enfin|suivie?s?|followed)\s)|\s(?=[\w\[\].]{1,12}=[\"'\w])|(?<=\))\s?(?=\()"
)
_MORE_LINK = (
    "quoi|on|alors|avec|[cç]a|cela|se|il|elle|it|pour|finir|caract[èe]res?|characters?|ones|come|au|d[ée]but|trouve|at|beginning|"
    "there|end|fin|have|find|milieu|middle|tout|abord|in|to|caract[èe]re|finit|finish|finishes|position|rang|index|signe|sign|letter|lettre"
)
_LINKS = re.compile(rf"(?:{LINK}|{_MORE_LINK})", re.IGNORECASE)
_STAMP = re.compile(
    r"\[?(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{2}/[A-Za-z0-9]{2,3}/[0-9]{4})(?:[T :][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,6})?)?"
    r"(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?\]?|\[?(?<![0-9])[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,6})?Z?\]?"
)
_WORD = re.compile(r"(?:[\w@+%./-]|%[0-9A-F]{2})+(?:={1,2}(?![\w\"'`=]))?|={1,2}$")
_SAYS = re.compile(r"[^\W_]")
_SAID = re.compile(r"[\w\s]+")
_LONGEST, _MOST_WORDS, _MOST_PARTS = 160, 14, 400
_HEAD, _TAIL = 32, 48
"""Characters of a long part at which a row may end, or begin."""


@dataclass(frozen=True, slots=True)
class Part:
    """words  where each of them is.   gaps  what is before each, and after the last.   stops  whether a full stop ends it.

    Without words, `gaps` has its text, which no fragment can stand in.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    gaps: tuple[str, ...]
    stops: bool
    line: int

    def said(self, at: int, *, stops: bool) -> str:
        start, end = self.place(at, stops=stops)
        return self.text[start:end]

    def place(self, at: int, *, stops: bool) -> tuple[int, int]:
        start, end = self.words[at]
        return (start, end - 1) if stops and self.stops and at == len(self.words) - 1 and end - start > 1 else (start, end)

    def last(self, model: "Part") -> "Part | None":
        """As many words from its end as the model has, if the same stands between them."""
        count = len(model.words)
        if not count:
            return self if self.gaps == model.gaps else None
        if len(self.words) < count or self.gaps[-count:] != model.gaps[1:] or not self.gaps[-count - 1].endswith(model.gaps[0]):
            return None
        return Part(self.text, self.words[-count:], self.gaps[-count - 1 :], self.stops, self.line)

    def first(self, model: "Part") -> "Part | None":
        """As many words from its beginning."""
        count = len(model.words)
        if not count:
            return self if self.gaps == model.gaps else None
        if len(self.words) < count or self.gaps[:count] != model.gaps[:-1] or not self.gaps[count].startswith(model.gaps[-1].rstrip(",;")):
            return None
        start, end = self.words[count - 1]
        stops = self.text[end - 1] == "."
        return Part(self.text, self.words[:count], self.gaps[: count + 1], stops, self.line)


def lines(text: str, tells: re.Pattern[str]) -> list[Part]:
    """tells  what a part has in which a fragment may stand; of the others their words do not matter."""
    return _parts(text, [found.span() for found in _LINE.finditer(text)], tells, is_cut=False)


def elements(text: str, tells: re.Pattern[str]) -> list[Part]:
    places, reached = [], 0
    for found in _APART.finditer(text):
        places.append((reached, found.start()))
        reached = found.end()
    return _parts(text, [*places, (reached, len(text))], tells, is_cut=True)


def _parts(text: str, places: list[tuple[int, int]], tells: re.Pattern[str], *, is_cut: bool) -> list[Part]:
    """A long one is no record; where it is cut, a row may begin at its end, another end at its beginning."""
    found: list[Part | None] = []
    line = reached = 0
    for start, end in places[-_MOST_PARTS:]:
        line, reached = line + text.count("\n", reached, start), start
        if end - start > _LONGEST or text.count(" ", start, end) > _MOST_WORDS:
            if not is_cut:
                found.append(Part(text, (), (text[start : start + _HEAD],), stops=False, line=line))
                continue
            found.append(_part(text, start, start + _HEAD, line, tells))
            found.append(_part(text, max(start + _HEAD, end - _TAIL), end, line, tells))
        elif start < end:
            found.append(_part(text, start, end, line, tells))
    return [part for part in found if part is not None]


def _part(text: str, start: int, end: int, line: int, tells: re.Pattern[str]) -> Part | None:
    """None where it has no word."""
    if tells.search(text, start, end) is None:
        return Part(text, (), (text[start:end].strip(),), stops=False, line=line) if _SAYS.search(text, start, end) else None
    words: list[tuple[int, int]] = []
    gaps: list[str] = []
    reached = start
    stamp = _STAMP.search(text, start, end) if text[start : start + 2].strip("[")[:1].isdecimal() else None
    if stamp is not None:
        reached = stamp.end()
    for word in _WORD.finditer(text, reached, end):
        if not _is_link(word[0].lower()):
            gap = text[reached : word.start()]
            gaps.append(gap if gap == " " or not gap else _plain(gap) or (" " if words else ""))
            words.append(word.span())
            reached = word.end()
    if not words:
        return None
    gaps.append(_plain(text[reached:end]))
    gaps[0] = gaps[0].lstrip()
    return Part(text, tuple(words), tuple(gaps), text[reached - 1] == ".", line)


def _plain(gap: str) -> str:
    """What is between two words, without words that only say that something follows."""
    return _SAID.sub(" ", gap).strip()


@lru_cache(maxsize=4096)
def _is_link(word: str) -> bool:
    return len(word) > 1 and _LINKS.fullmatch(word) is not None and word not in COUNTED
