"""Parts of a text: its lines, or what commas, bars, brackets and words such as "then" set apart; of each its words and what is between."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from vidocq.filters.views.digits.labelled import COUNTED
from vidocq.filters.views.links import LINK

_LINE = re.compile(r"[^\n]+")
_APART = re.compile(
    r"[\n,;|&\t]\s*|(?<=>)\s?(?=<[^/])|\s[+·•]\s|(?<=[^\W_])[.?!]\s+(?=[^\W\d_«—-])"
    r"|\s(?=(?:et|and)\s)|(?<!\bet)(?<!\band)\s(?=(?:puis|then|ensuite|enfin|suivie?s?|followed)\s)|\s(?=[\w\[\].]{1,12}=[\"'\w])|(?<=\))\s?(?=\()"
)
_MORE_LINK = (
    "quoi|on|alors|avec|[cç]a|cela|se|il|elle|it|pour|finir|caract[èe]res?|characters?|ones|come|au|d[ée]but|trouve|at|beginning|"
    "there|end|fin|have|find|milieu|middle|tout|abord|in|to|caract[èe]re|finit|finish|finishes|d[ée]bute|ach[èe]ve|conclut|sur|lastly|concludes|closes|"
    "position|rang|index|signe|sign|letter|lettre"
)
_LINKS = re.compile(rf"(?:{LINK}|{_MORE_LINK})", re.IGNORECASE)
_STAMP = re.compile(
    r"\[?(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{2}/[A-Za-z0-9]{2,3}/[0-9]{4})(?:[T :][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,6})?)?"
    r"(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?\]?|\[?(?<![0-9])[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,6})?Z?\]?"
    r"|\[?(?<![0-9.])1[0-9]{9}(?:\.[0-9]{1,9}|[0-9]{3})?(?![0-9.])\]?"
)
_BEFORE_STAMP = re.compile(r"[^0-9\n]{0,24}(?:(?<=[A-Za-zéû. ])\s{0,2}[0-9]{1,2}\s)?(?=\[?[0-9])")
"""As in "[INFO] 2026-03-14", "{"ts":"2026-03-14" and "Mar 14 09:12:10"."""
_WORD = re.compile(r"[\w@+%./-]+(?:={1,2}(?=[\"'`]?(?:[\s,;)\]}|]|$)))?|={1,2}$")
_LED = re.compile(r"[\"'`“«:=>—–•]|[^\W\d_]{2,}\s")
_LEADS = re.compile(r"(?:[^:=>→|]|^)\s$|[^\W\d_]['’]$")
_TIED = re.compile(r"[\s,;][a-zA-Z]['’][^\W\d_]")
"""As in "s'achève"."""
_SAYS = re.compile(r"[^\W_]+")
_SAID = re.compile(r"(?:[^\W_]['’]|[\w\s])+")
_LONGEST, _MOST_WORDS, _MOST_PARTS = 160, 14, 400
_LED_BY = 40
"""Characters of a line of a log up to the hour."""
_SHORT, _FEWEST_SHORT = 40, 2
_HEAD, _TAIL = 32, 48
"""Characters of a long part at which a row may end, or begin."""


@dataclass(frozen=True, slots=True)
class Part:
    """words  where each of them is.   gaps  what is before each, and after the last.   stops  whether a full stop ends it.
    before  the sign that parts it from the one before.   is_led  whether quotes, or words that lead on, are before a word.
    is_stamped  whether it began with an instant, as lines of a log do, which is left out.

    Without words, `gaps` has its text, which no fragment can stand in.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    gaps: tuple[str, ...]
    stops: bool
    line: int
    before: str
    is_led: bool = False
    is_stamped: bool = False

    def said(self, at: int, *, stops: bool) -> str:
        start, end = self.place(at, stops=stops)
        return self.text[start:end]

    def place(self, at: int, *, stops: bool) -> tuple[int, int]:
        start, end = self.words[at]
        return (
            (start, end - 1)
            if stops and self.stops and at == len(self.words) - 1 and end - start > 1
            else (start, end)
        )

    def last(self, model: "Part") -> "Part | None":
        """As many words from its end as the model has, if the same stands between them."""
        count = len(model.words)
        if not count:
            return self if self.gaps == model.gaps else None
        if (
            len(self.words) < count
            or self.gaps[-count:] != model.gaps[1:]
            or not self.gaps[-count - 1].endswith(model.gaps[0])
        ):
            return None
        return replace(self, words=self.words[-count:], gaps=self.gaps[-count - 1 :])

    def first(self, model: "Part") -> "Part | None":
        """As many words from its beginning."""
        count = len(model.words)
        if not count:
            return self if self.gaps == model.gaps else None
        if (
            len(self.words) < count
            or self.gaps[:count] != model.gaps[:-1]
            or not self.gaps[count].startswith(model.gaps[-1].rstrip(",;"))
        ):
            return None
        stops = self.text[self.words[count - 1][1] - 1] == "."
        return replace(self, words=self.words[:count], gaps=self.gaps[: count + 1], stops=stops)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The text of a part, what has to be in it, its line, and the sign before it."""

    text: str
    tells: re.Pattern[str]
    line: int
    before: str


def lines(text: str, tells: re.Pattern[str]) -> list[Part]:
    """tells  what a part has in which a fragment may stand; of the others their words do not matter."""
    return _parts(text, [(*found.span(), "\n") for found in _LINE.finditer(text)], tells, is_cut=False)


def elements(text: str, tells: re.Pattern[str]) -> list[Part]:
    places: list[tuple[int, int, str]] = []
    reached, before = 0, "\n"
    for found in _APART.finditer(text):
        places.append((reached, found.start(), before))
        reached, before = found.end(), found[0].strip(" ")[:1]
    places.append((reached, len(text), before))
    short = (
        start for start, end, _ in places if 0 < end - start <= _SHORT and tells.search(text, start, end) is not None
    )
    if len(list(islice(short, _FEWEST_SHORT))) < _FEWEST_SHORT:
        return []  # sentences
    return _parts(text, places, tells, is_cut=True)


def _parts(text: str, places: list[tuple[int, int, str]], tells: re.Pattern[str], *, is_cut: bool) -> list[Part]:
    """A long one is no record; where it is cut, a row may begin at its end, another end at its beginning."""
    found: list[Part | None] = []
    line = reached = 0
    led = ""  # the sign before words that only lead on to the next part
    for start, end, sign in places[-_MOST_PARTS:]:
        line, reached = line + text.count("\n", reached, start), start
        before = led or sign
        of = _Whole(text, tells, line, before)
        if end - start > _LONGEST or text.count(" ", start, end) > _MOST_WORDS:
            if not is_cut:
                found.append(Part(text, (), (text[start : start + _HEAD],), stops=False, line=line, before=before))
                continue
            found.append(_part(of, start, start + _HEAD))
            found.append(_part(of, max(start + _HEAD, end - _TAIL), end))
        elif start < end:
            found.append(_part(of, start, end))
            led = before if found[-1] is None else ""
    return [part for part in found if part is not None]


def _part(of: _Whole, start: int, end: int) -> Part | None:
    """None where it has no word."""
    text = of.text
    if of.tells.search(text, start, end) is None:
        return _wordless(of, start, end)
    words: list[tuple[int, int]] = []
    gaps: list[str] = []
    reached = start
    stamp = _stamp(text, start, end)
    if stamp is not None:
        reached = stamp.end()
    for word in _WORD.finditer(text, reached, end):
        is_tied = len(word[0]) == 1 and _TIED.match(text, word.start() - 1) is not None
        is_last = stamp is not None and word.end() == end
        if not is_tied and (is_last or not (is_link(word[0].lower()) and _is_in_sentence(text, word, start, end))):
            gap = text[reached : word.start()]
            gaps.append(gap if gap == " " or not gap else _plain(gap) or (" " if words else ""))
            words.append(word.span())
            reached = word.end()
    if not words:
        return _wordless(of, start, end)
    gaps.append(_plain(text[reached:end]))
    gaps[0] = gaps[0].lstrip()
    return Part(
        text,
        tuple(words),
        tuple(gaps),
        text[reached - 1] == ".",
        of.line,
        of.before,
        _LED.search(text, start, words[-1][0]) is not None,
        is_stamped=stamp is not None,
    )


def _stamp(text: str, start: int, end: int) -> re.Match[str] | None:
    """The instant with which a line of a log begins."""
    if text[start : start + 2].strip("[")[:1].isdecimal():
        return _STAMP.search(text, start, end)
    if text.find(":", start, min(end, start + _LED_BY)) < 0:
        return None
    led = _BEFORE_STAMP.match(text, start, end)
    return None if led is None else _STAMP.match(text, led.end(), end)


def _wordless(of: _Whole, start: int, end: int) -> Part | None:
    """A part that holds no fragment; None where it is no part at all, or only leads on to the next in a sentence."""
    said = of.text[start:end].strip()
    words = _SAYS.findall(said.lower())
    if not words or (of.before != "\n" and all(map(is_link, words))):
        return None
    return Part(of.text, (), (said,), stops=False, line=of.line, before=of.before)


def _plain(gap: str) -> str:
    """What is between two words, without words that only say that something follows."""
    return _SAID.sub(" ", gap).strip()


def _is_in_sentence(text: str, word: re.Match[str], start: int, end: int) -> bool:
    """Whether a space is on one side of it, within the part: else it is what a cell or a string holds, or stands after a colon."""
    first, last = word.span()
    if last < end and text[last] == " ":
        return True
    return first > start and _LEADS.search(text, max(start, first - 2), first) is not None


@lru_cache(maxsize=4096)
def is_link(word: str) -> bool:
    """Whether a word, in lower case, only leads on to the next part; whoever reads clears what is kept of it."""
    return len(word) > 1 and _LINKS.fullmatch(word) is not None and word not in COUNTED
