"""Numbers written as words: "zéro six", "twenty-three"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from vidocq.filters.views.clues import CLEAR
from vidocq.filters.views.links import LINK
from vidocq.filters.views.number_words import HUNDRED, NUMBERS, TENS, THOUSAND, TIMES, UNITS
from vidocq.filters.views.view import View, replaced

_SAID_NUMBERS = NUMBERS | {"plus"}
_SAID_WORD = re.compile(r"(?<![^\W_])(?:[0-9]+|[^\W\d_]+)(?![^\W_])")
_BETWEEN = re.compile(
    rf"(?>(?:[^\w@]|_){{0,14}})(?>(?:(?:{LINK})(?:[^\w@]|_){{1,4}}){{0,5}})(?:[A-Za-z](?![A-Za-z])[^\w@]{{1,4}}(?:(?:{LINK})[^\w@]{{1,4}}){{0,2}}){{0,6}}",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<![^\W_])(?-i:[A-Z]{{0,2}}?)(?:(?>{CLEAR})_?){{2,60}}+(?![^\W_])", re.IGNORECASE)
_WORD = re.compile(rf"(?:{CLEAR})_?", re.IGNORECASE)
_TIE = re.compile(r"-|\s{1,2}|[\s-](?:et|and)[\s-]", re.IGNORECASE)
_ON_A_LINE = re.compile(r"-|[^\S\n]{1,2}|(?:-|[^\S\n])(?:et|and)(?:-|[^\S\n])", re.IGNORECASE)
_WITHOUT_AND = re.compile(r"-|[^\S\n]{1,2}|-(?:et|and)-", re.IGNORECASE)
_AND = re.compile(r"\s(?:et|and)\s", re.IGNORECASE)
_WITH_AND = frozenset(["un", "une", "onze", "one"])
_ANDS = 3
"""Times that "et" stands between numbers from which on it parts them."""
_TIGHT = re.compile(r"-|[\s-](?:et|and)[\s-]", re.IGNORECASE)
_TIGHT_OR_LARGE = re.compile(f"(?:{_TIGHT.pattern})", re.IGNORECASE)
_SPACED = re.compile(r"[^\S\n]{1,2}|[^\S\n](?:et|and)[^\S\n]", re.IGNORECASE)
"""Where hyphens part the numbers: "cinquante deux-vingt et un-trente"."""
_FEW = 2
"""Ties that tell how a row is written."""
_OF_LARGE = re.compile(r"[^\S\n](?:and[^\S\n])?", re.IGNORECASE)
"""What ties "cent" and "thousand" to the words on both sides, even where a space parts other numbers."""
_LARGE = frozenset([*HUNDRED, *THOUSAND])
_LINES = 3
"""Numbers at the end of a line from which on each line holds numbers of its own."""
_SENTENCE = re.compile(r"[:.!?…\n]")
"""What parts a sentence that only begins or ends with a number from the row of numbers beside it."""
_MOST = 14
"""Words of one number: "quatre mille sept cent quatre-vingt-dix-neuf" has nine."""
_TEENS_OR_MORE = re.compile("[1-9][0-9]")
_NEXT = frozenset(["for", "to", "too", "go"])
"""Words that a sentence goes on with; four, two and five where somebody spells so."""
_THAT_IS = re.compile(r":|\b(?:is|are|was|est|sont)\b", re.IGNORECASE)
_SO_MANY = "(?:un|une|deux|trois|quatre|one|two|three|four|[1-4])"
_HOW_READ = re.compile(
    rf"(?<!\w)(?:(?P<each>{_SO_MANY})\s(?:par|by|à)\s(?P=each)|(?:par|en|in|by)\s(?:(?:groupes?|groups?|blocs?|blocks?|paires?|pairs?)\s(?:de|of)\s)?"
    rf"(?:{_SO_MANY}s?|twos|threes|fours))(?!\w)",
    re.IGNORECASE,
)
"""How many digits are read at once, which is none of them: "deux par deux", "in blocks of four"."""
_OF_UNIT = re.compile(
    r"\s?(?:h(?![^\W\d_])|heures?|hours?|min(?:utes?)?|[€%$£]|euros?|jours?|days?|mois|months?|a\.?m\b|p\.?m\b|o'clock)",
    re.IGNORECASE,
)
_OF_SENTENCES = _NEXT | {"one", "un", "une"}
_DOZENS = 10
_HEAD = 4
"""Such words before a colon, at the most: "the one to go for: zero six"."""
_AMID = re.compile(
    rf"[0-9](?P<gap>[ .\-])(?P<word>{'|'.join(sorted((word for word, value in UNITS.items() if value < _DOZENS and len(word) > 1), key=len, reverse=True))}|zéro)(?=(?P=gap)[0-9+])",
    re.IGNORECASE,
)
_FEWEST = 3
"""Numbers said one after the other from which on they are read as digits."""


def numbers(text: str) -> View | None:
    """Three numbers or more in words, one after the other, as digits."""
    return replaced("spoken", text, _groups(text, _TIE))


def amid(text: str) -> View | None:
    """Units in words between digits: "07 36 3 neuf 3 0 81"."""
    places = (
        (found.start("word"), found.end("word"), str(UNITS[_plain(found["word"])])) for found in _AMID.finditer(text)
    )
    return replaced("spoken amid", text, places)


def unglued(text: str) -> View | None:
    """Numbers in words without a gap between them, each apart."""
    places = (
        (word.start(), word.end(), f" {word[0].rstrip('_')} ")
        for run in _GLUED.finditer(text)
        for word in _WORD.finditer(text, run.start(), run.end())
    )
    return replaced("unglued", text, places)


def numbers_apart(text: str) -> View | None:
    """The same where only a hyphen or "et" ties a unit to its tens: "soixante six" is 60 and 6."""
    return replaced("spoken apart", text, _groups(text, _TIGHT))


def _number_said(word: str) -> str | None:
    """As it stands among the numbers, None for another word."""
    said = word.lower() if word.isascii() else _plain(word)
    return said if said in _SAID_NUMBERS else None


def _plain(word: str) -> str:
    """A pattern that looks past case takes "ſix" and "sıx" for "six" too."""
    return word.casefold().replace("é", "e").replace("ı", "i").replace("i\u0307", "i")


def _groups(text: str, tie: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of each run of numbers in words; digits among them stay."""
    run: list[tuple[int, int, str]] = []
    how = [said.span() for said in _HOW_READ.finditer(text)]
    for found in _SAID_WORD.finditer(text):
        word = found[0] if found[0].isdecimal() else _number_said(found[0])
        if word is None or (how and any(start <= found.start() < end for start, end in how)):
            continue
        if word.isdecimal() and _OF_UNIT.match(text, found.end()) is not None:
            continue
        if run and _BETWEEN.fullmatch(text, run[-1][1], found.start()) is None:
            yield from _run(text, run, tie)
            run = []
        run.append((found.start(), found.end(), word))
    yield from _run(text, run, tie)


def _by_itself(text: str, run: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without a number that belongs to the sentence before or after: "the one you asked for: zéro six… Un instant"."""
    gaps = [text[end:start] for (_, end, _), (start, _, _) in pairwise(run)]
    if len(gaps) < _FEWEST:
        return run
    seams = [at for at, gap in enumerate(gaps) if _SENTENCE.search(gap) is not None]
    first, last = 0, len(run)
    colon = next((at for at, gap in enumerate(gaps[:_HEAD]) if ":" in gap), None)
    if colon is not None and gaps.count(gaps[colon]) == 1:
        is_of_sentence = all(word in _OF_SENTENCES for _, _, word in run[: colon + 1])
        first = colon + 1 if is_of_sentence or (colon == 0 and UNITS.get(run[0][2])) else 0
    if seams and seams[-1] > len(gaps) - 3 and gaps.count(gaps[seams[-1]]) == 1 and _begins(text, run, seams[-1] + 1):
        last = seams[-1] + 1
    elif _begins(text, run, len(run) - 1):
        last = len(run) - 1
    return run[first:last]


def _begins(text: str, run: list[tuple[int, int, str]], at: int) -> bool:
    """Whether a sentence begins with this word: it alone of those around has a capital."""
    (before, reached, _), (start, end, _) = run[at - 1 : at + 1]
    return text[start:end].istitle() and not text[before:reached].istitle()


def _tie_of(text: str, run: list[tuple[int, int, str]], tie: re.Pattern[str]) -> re.Pattern[str]:
    """What ties the words of one number, where what usually does stands between all numbers."""
    gaps = [(before, text[end:start], word) for (_, end, before), (start, _, word) in pairwise(run)]
    if tie is _TIGHT:
        apart = sum(
            gap == "-" and before in UNITS and word in TENS and before != "quatre" for before, gap, word in gaps
        )
        if apart >= _FEW:
            return _SPACED
        hyphened = sum(gap == "-" and (before in _LARGE or word in _LARGE) for before, gap, word in gaps)
        return _TIGHT if hyphened >= _FEW else _TIGHT_OR_LARGE
    ands = sum(
        _AND.fullmatch(gap) is not None and before not in _LARGE and word not in _WITH_AND
        for before, gap, word in gaps
    )
    if ands >= _ANDS:
        return _WITHOUT_AND
    return _ON_A_LINE if sum("\n" in gap for _, gap, _ in gaps) >= _LINES else _TIE


def _run(text: str, run: list[tuple[int, int, str]], tie: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    while run and run[-1][2] in _NEXT:
        run.pop()
    while (
        len(run) > 1 and run[0][2] in _NEXT and _THAT_IS.search(text, run[0][1], run[1][0])
    ):  # "what you asked for: four…"
        del run[0]
    if sum(not word.isdecimal() and word != "plus" for _, _, word in run) < _FEWEST:
        return
    run = _by_itself(text, run)
    tie = _tie_of(text, run, tie)
    at = 0
    while at < len(run):
        value, used = _number(_said_as_one(text, run[at : at + _MOST], tie))
        yield run[at][0], run[at + used - 1][1], value
        at += used


def _said_as_one(text: str, words: list[tuple[int, int, str]], tie: re.Pattern[str]) -> list[str]:
    """The first of these words, and those that a hyphen, a space or "et" alone ties to it."""
    tied = [words[0][2]]
    for (_, end, before), (start, _, word) in pairwise(words):
        is_of_large = tie is _TIGHT_OR_LARGE and (before in _LARGE or word in _LARGE)
        if tie.fullmatch(text, end, start) is None and not (is_of_large and _OF_LARGE.fullmatch(text, end, start)):
            break
        tied.append(word)
    return tied


def _number(words: list[str]) -> tuple[str, int]:
    """Digits of the number that these words begin with, and how many of them it takes."""
    thousands, used = ("1", 0) if words[0] in THOUSAND else _below_thousand(words)
    if words[used : used + 1] == ["hundred"] and _TEENS_OR_MORE.fullmatch(thousands):
        return _hundreds(int(thousands), words[used + 1 :], used + 1)  # "forty-seven hundred and six"
    if used == len(words) or words[used] not in THOUSAND or not 0 < len(thousands) < 4 or thousands[0] == "0":
        return thousands, used
    rest = words[used + 1 :]
    if not rest or rest[0] in THOUSAND or not (rest[0] in UNITS or rest[0] in TENS or rest[0] in HUNDRED):
        return f"{thousands}000", used + 1
    below, more = _below_thousand(rest)
    if below[0] == "0" or len(below) > 3:
        return f"{thousands}000", used + 1
    return thousands + below.zfill(3), used + 1 + more


def _below_thousand(words: list[str]) -> tuple[str, int]:
    first, rest = words[0], words[1:]
    if first in HUNDRED:
        return _hundreds(1, rest, 1)
    if rest and rest[0] in HUNDRED and 0 < UNITS.get(first, 0) < 10:
        return _hundreds(UNITS[first], rest[1:], 2)
    if first.isdecimal():
        return first, 1
    if first in TIMES:
        if rest and (rest[0].isdecimal() or rest[0] in UNITS):
            once, used = _number(rest)
            return once * TIMES[first], used + 1
        return "", 1
    if first == "plus":
        return "+", 1
    if first == "quatre" and rest and rest[0] == "vingts":
        return "80", 2
    if first == "quatre" and rest and rest[0] == "vingt":
        more, used = _added(rest[1:], below=20)
        return str(80 + more), 2 + used
    if first in TENS:
        more, used = _added(rest, below=20 if first == "soixante" else 10)
        return str(TENS[first] + more), 1 + used
    if first == "dix" and rest and rest[0] in ("sept", "huit", "neuf"):
        return str(10 + UNITS[rest[0]]), 2
    return str(UNITS[first]), 1


def _hundreds(count: int, rest: list[str], used: int) -> tuple[str, int]:
    if rest and (rest[0] in UNITS or rest[0] in TENS) and rest[0] not in HUNDRED:
        below, more = _number(rest)
        if len(below) <= 2 and below[0] != "0":
            return str(100 * count + int(below)), used + more
    return str(100 * count), used


def _added(words: list[str], *, below: int) -> tuple[int, int]:
    """What is added to a multiple of ten, and by how many words."""
    if not words or words[0] not in UNITS or (words[0] == "quatre" and words[1:2] in (["vingt"], ["vingts"])):
        return 0, 0
    value = UNITS[words[0]]
    if value == 10 and len(words) > 1 and words[1] in ("sept", "huit", "neuf") and below > 10:
        return 10 + UNITS[words[1]], 2
    return (value, 1) if 0 < value < below else (0, 0)
