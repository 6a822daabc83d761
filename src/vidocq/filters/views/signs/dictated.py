"""What is spelt one character after the other: "k, a, r, i, m dash d…", "S as in Sierra, O as in Oscar, dot…", "Lima Uniform … at"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.number_words import TENS, TIMES, UNITS
from vidocq.filters.views.signs.domains import ANY, ENDS
from vidocq.filters.views.signs.letter_names import CLEAR, LETTERS, folded
from vidocq.filters.views.view import View, replaced

_WORD = re.compile(
    r"[^\W_]+(?:-(?:ray|bas|union|commercial))?|[@.+]|(?<![^\s,;|/\"'`])[-_–](?![^\s,;|/\"'`])", re.IGNORECASE
)
_AS_IN = re.compile(
    r"(?:[\s,*_»”\"')\]]{1,4}(?:as in|like in|for|like|comme dans|comme|pour|de|d['’]|wie|as|is for)[\s]?|\s?[=:–—-]{1,2}>?\s?|\s?)"
    r"(?:[\"'«“(\[*_]{1,3}\s?)?(?:(?:as in|like|for|comme|le|la|un|une|the)\s|l['’])?[\"'«“]?(?P<word>x-ray|[^\W\d_]{2,14})(?:\s?[\"'»”)\]*_]{1,3})?",
    re.IGNORECASE,
)
SIGNS = {
    word: sign
    for sign, words in {
        "@": "at arobase arrobase arobas arobace arobaz chez @ a-commercial ampersat",
        ".": "dot point period pt punto punkt stop .",
        "-": "dash tiret hyphen minus moins - – trait",
        "_": "underscore underline souligne tiret-bas _",
        "+": "plus +",
    }.items()
    for word in words.split()
}
"""From each word for a sign of an address to the sign."""
_BOTH = {
    ("tiret", "bas"): "_",
    ("tiret", "8"): "_",
    ("tiret", "huit"): "_",
    ("tiret", "6"): "-",
    ("tiret", "six"): "-",
    ("a", "commercial"): "@",
    ("at", "sign"): "@",
    ("full", "stop"): ".",
    ("trait", "d"): "-",
}
_FILLERS = frozenset(
    "puis then et and suivi suivie de d by followed ensuite un une an le la l the lettre letter chiffre digit sign signe symbol symbole "  # noqa: SIM905
    "majuscule minuscule capital lowercase uppercase lower upper case small big cap maj min en espace space no sans "
    "accent aigu grave encore again union bas sign".split()
)
_NUMBERS = {word: str(value) for word, value in (UNITS | TENS).items() if word != "for"}
_DOUBLE = TIMES | {"deux": 2, "two": 2, "twice": 2}
_GAP = re.compile(r"(?>[\s,;:.…·•*`\"'«»“”()\[\]{}<>|/\\_=→~-]{0,8})")
_IN_A_ROW = re.compile(
    r"(?<![^\W_])[a-z](?>[\W_]{1,8})[a-z](?>[\W_]{1,8})[a-z](?>[\W_]{1,8})[a-z](?![^\W_])", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<![^\W_])([a-z])(?>[^\w\n]{1,5}|_)(?:[a-z]{1,5}[^\w\n]{1,4}){0,2}(?:\1|[éèêâîôû])[^\W\d_]", re.IGNORECASE
)
_AS = re.compile(
    r"(?<![^\W_])([a-z])(?:[\"'»”]{0,2}\s[(\"'«“]{0,2}(?:as in|like|for|comme(?: dans)?|pour|de|wie)\s|\s?[=:(-]{1,2}\s?| d['’])"
    r"[(\"'«“]{0,2}(?:\1|[éèêâîôû])[^\W\d_]",
    re.IGNORECASE,
)
"""A letter that is said to be that of a word."""
_ALONE = re.compile(r"[,;|/\"'`] ?(?P<sign>[-._+])(?= ?[,;|/\"'`])|(?<=\s)(?P<point>\.)(?=\s)")
"""A sign that stands for itself between two characters, not for what keeps them apart."""
_FEWEST = 5
"""Letters that are spelt, from which on a row of them may be an address or an account."""
_BREAK = re.compile(r"\n|[.!?]\s")
_MOST = 400
_LONGEST_NUMBER = 4
_PLAIN = re.compile("[a-z0-9]{2,24}")
"""A word of a domain that is not spelt."""
_ELIDED = re.compile(r"['’][^\W\d_]{2}")
ACCOUNT = re.compile(r"(?:fr[0-9]{2}[a-z0-9]{23}|(?!fr)[a-z]{2}[0-9]{2}[a-z0-9]{8,30})")
"""Of a French one one knows how long it is."""
_WHOLE = tuple(f".{end}" for end in ENDS)
_DIGITS = 10
"""Digits of the shortest number with letters that is looked for."""


@dataclass(slots=True)
class _Row:
    start: int
    end: int = 0
    said: str = ""
    letters: int = 0
    fillers: int = 0
    """Said since the last character that counts."""
    breaks: int = 0
    """Ends of lines or sentences between its characters."""
    begins: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    """From a place in what is said to the one in the text where that begins, or ends."""
    in_capitals: bool = False
    """Whether its numbers are words that begin with a capital."""


def may_stand(clues: Clues) -> bool:
    """Told quickly: letters one after the other, letters each with a word that begins with it, or names of letters."""
    named = clues.count(CLEAR)
    if named >= _FEWEST:
        return True
    if (clues.is_numeric or clues.says_numbers) and (
        named > 1 or (clues.alone > 1 and len(_AS.findall(clues.text)) > 1)
    ):
        return True
    return clues.alone > _FEWEST and (
        _IN_A_ROW.search(clues.text) is not None or len(_NAMED.findall(clues.text)) >= _FEWEST
    )


def spelt(text: str) -> View | None:
    """Each such row as what it spells."""
    return replaced("dictated", text, (_written(row) for row in _rows(text) if _says(row)))


def _written(row: _Row) -> tuple[int, int, str]:
    """Where it stands, and what it says; an account without letters of the sentence around it."""
    if "@" in row.said:
        return row.start, row.end, row.said
    account = ACCOUNT.search(row.said)
    if account is not None:
        start, end = row.begins.get(account.start()), row.ends.get(account.end())
        if start is not None and end is not None:
            return start, end, account[0].upper()
    return row.start, row.end, row.said.upper()


def _says(row: _Row) -> bool:
    """Whether it may be an address, or an account or such: letters with many digits."""
    if "@" in row.said:
        return row.letters >= _FEWEST and re.search(rf"@.+\.(?:{ANY})", row.said) is not None
    return row.letters > 1 and sum(map(str.isdecimal, row.said)) >= _DIGITS


def _rows(text: str) -> Iterator[_Row]:
    row, at = None, 0
    while at < len(text):
        found = _WORD.search(text, at)
        if found is None:
            break
        end, said, letters = _read(text, found, row)
        if said is None or (row is not None and len(row.said) >= _MOST):
            if row is not None:
                yield row
            row = None
        elif row is None:
            row = _Row(found.start(), end, said, letters, begins={0: found.start()}) if letters else None
        else:
            if said:
                row.begins[len(row.said)] = found.start()
                row.ends[len(row.said) + len(said)] = end
            row.said += said
            row.letters += letters
            row.fillers = 0 if said else row.fillers + 1
            row.end = end if said else row.end
            if row.fillers > 4:
                yield row
                row = None
        at = _next(text, end)
        if row is not None and at >= 0 and _BREAK.search(text, end, at + 1) is not None:
            row.breaks += 1
            at = at if row.breaks > 1 or len(row.said) < _FEWEST else -1
        if row is not None and at < 0:
            yield row
            row = None
        at = max(at, end)
    if row is not None:
        yield row


def _next(text: str, end: int) -> int:
    """Where the next character may begin; -1 if what stands there keeps it apart."""
    gap = _GAP.match(text, end)
    reached = gap.end() if gap is not None else end
    sign = _ALONE.search(text, end, reached + 1)
    if sign is not None and sign.start(sign.lastgroup or 0) < reached:
        return sign.start(sign.lastgroup or 0)
    return reached if _WORD.match(text, reached) is not None else -1


def _read(text: str, found: re.Match[str], row: _Row | None) -> tuple[int, str | None, int]:
    """Where it ends, what it says (nothing for a filler; None if it is a word of the sentence), and letters of it that are spelt."""
    word, end = folded(found[0]), found.end()
    both = _pair(text, word, end) if row is not None or len(word) == 1 else None
    if both is not None:
        return both[0], both[1], 0
    if len(word) == 1 and _ELIDED.match(text, end) is not None:
        return end, None, 0
    if len(word) == 1 and word.isascii() and word.isalpha():
        meant = _AS_IN.match(text, end)
        is_named = meant is not None and folded(meant["word"])[0] == word and folded(meant["word"]) not in SIGNS
        return meant.end() if meant is not None and is_named else end, word, 1
    twice = _TWICE.match(text, end) if word in _DOUBLE else None
    if twice is not None:
        return twice.end(), twice[1].lower() * _DOUBLE[word], 1
    if word in LETTERS and (row is None or word not in SIGNS):
        return end, LETTERS[word], 1
    if row is not None and word in _NUMBERS and _begins_a_sentence(found[0], row):
        return end, None, 0
    return end, None if row is None else _of_row(word, row), 0


def _begins_a_sentence(word: str, row: _Row) -> bool:
    """Whether a number has a capital where those before it have none, or an address has ended: "… point fr. Un instant"."""
    if not word.istitle():
        return False
    is_first = not any(map(str.isdecimal, row.said))
    row.in_capitals |= is_first and not row.said.endswith(_WHOLE)
    return not row.in_capitals


def _of_row(word: str, row: _Row) -> str | None:
    """What a word says in a row that has begun."""
    said = SIGNS.get(word) or _NUMBERS.get(word)
    if said is not None:
        return said
    if word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER:
        return word
    if word in _FILLERS:
        return ""
    ends = word in ENDS and row.said.endswith(".")
    follows = row.said[-1:] in ("@", ".", "-", "_") and "@" in row.said and _PLAIN.fullmatch(word) is not None
    return word if ends or follows else None


def _pair(text: str, word: str, end: int) -> tuple[int, str] | None:
    second = _SECOND.match(text, end)
    sign = _BOTH.get((word, second["word"].lower())) if second is not None else None
    return (second.end(), sign) if sign is not None and second is not None else None


_TWICE = re.compile(r"\s([A-Za-z])(?:'?s)?(?![^\W_])")
_SECOND = re.compile(
    r"[ -](?:du (?=bas|8|huit|6|six))?(?P<word>(?<= du )(?:8|huit|6|six)|bas|commercial|sign|stop|d(?=['’]union))(?:['’]union)?(?!\w)",
    re.IGNORECASE,
)
