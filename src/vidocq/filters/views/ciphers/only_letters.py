"""Numbers written wholly in letters that look like digits, in one run or in groups: "OGEggBggTS", "ATAG-BEEl-STSl-gEBS"."""

import re
from collections.abc import Iterator
from itertools import pairwise, product

from vidocq.filters.views.ciphers import licence
from vidocq.filters.views.ciphers.alike import ABROAD, CALLED, LENGTHS, LETTERS, MEANT, NIR, VARIED, holds, written
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_READ = dict(zip(LETTERS + "HhPpRJYy", MEANT + "44992144", strict=True)) | {
    "b": "68", "g": "96", "G": "69", "T": "71", "t": "71", "L": "17", "Z": "27", "z": "27", "B": "83", "J": "17",
}  # fmt: skip
"""What a letter may look like, the likelier first."""
_NARROW = frozenset(LETTERS + VARIED)
"""Those that are read without a checksum, or words that say how."""
_ANY = "".join(_READ) + "FMC+.-/_·,;:()[]\"'`«»*“”"
_SIGN = rf"[{''.join(_READ)}]"
_GAP = r"(?:[ .\-/_·\u00a0]|, )"
_END = r"(?![^\W_@])"
_ROW = re.compile(
    rf"(?<![^\W_])(?<![@.])(?P<plus>\+[ ]?)?(?P<land>(?:FR|MC)[ ]?)?(?P<row>{_SIGN}{{1,27}}+{_END}(?:{_GAP}{_SIGN}{{1,16}}+{_END}){{0,30}}+)"
)
_GROUP = re.compile(rf"{_SIGN}+")
_NAMED = re.compile(
    r"ressembl|look[ -]?a?like|looks? like|sosie|homoglyph|semblable|similar|\bleet|1337|\balike\b|"
    r"(?:digit|number|figure|chiffre|num[ée]ro)s? (?:\w{1,10} ){0,4}(?:as|by|for|into|with|par|en|de|des|comme) (?:\w{1,6} ){0,2}lett(?:er|re)s?|"
    r"lett(?:er|re)s? (?:\w{1,10} ){0,4}(?:for|as|pour|de|des) (?:\w{1,6} ){0,2}(?:digit|number|chiffre)s?",
    re.IGNORECASE,
)
_VOWELS = frozenset("aeiouyAEIOUY")
_SAID_HARDLY = re.compile(r"[aeiouy]{3}|[^aeiouy]{4}", re.IGNORECASE)
_SHORT = frozenset(
    "ai al as at be by de do el es et go ha he hi ho il is it je la le li lo oh or pa re sa se si so ta te ti to ye".split()  # noqa: SIM905
)
"""Words of two letters; others are none."""
_TIGHT = frozenset(".-/_·")
"""What stands between the parts of a number, and hardly between words."""
_CALLING = re.compile(
    r"t[ée]l(?![a-z])|t[ée]l[ée]?ph|phone|mobile|portable|num[ée]ro|number|appel|\bcall|\bligne|\bline\b|joindre|reach|contact|gsm|\bfax",
    re.IGNORECASE,
)
_BEFORE = 80
"""Characters before a row in which words tell that it is a telephone number."""
_FEW = 3
"""Different digits of a telephone number that are too few."""


def may_stand(clues: Clues) -> bool:
    """Whether as many letters as the shortest number has stand in words of none but such, two of them hardly words."""
    letters = odd = 0
    for word in clues.text.split():
        if word.strip(_ANY):
            letters = odd = 0
            continue
        letters += len(word)
        odd += 2 if len(word) >= CALLED else not (word.islower() or word.istitle()) or _VOWELS.isdisjoint(word)
        if letters >= CALLED and odd > 1:
            return True
    return False


def digits(text: str) -> Iterator[View]:
    """Such rows as digits, where they hold what the checksum of their kind asks, or are laid out as a telephone number."""
    parts = list(_rows(text))
    if parts:
        yield rewritten("alike", parts)


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    named = None
    for row in _ROW.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *row.span("row"))]
        if sum(end - start for start, end in groups) < CALLED:
            continue
        named = licence.places(text, _NAMED) if named is None else named
        found = _within(text, row, groups, is_named=licence.is_near(*row.span(), named))
        if found is not None:
            yield written(row, *found)


def _within(
    text: str, row: re.Match[str], groups: list[tuple[int, int]], *, is_named: bool
) -> tuple[int, int, str] | None:
    """The number that some of the groups make, most of them first, with one thing between them: words may be around."""
    for length in range(len(groups), 0, -1):
        for first in range(len(groups) - length + 1):
            used = groups[first : first + length]
            if sum(end - start for start, end in used) not in LENGTHS:
                continue
            if len({text[a[1] : b[0]] for a, b in pairwise(used)}) > 1:
                continue
            is_abroad, is_account = (row[lead] is not None and not first for lead in ("plus", "land"))
            words = [text[start:end] for start, end in used]
            is_tight = len(used) > 1 and text[used[0][1]] in _TIGHT
            if len("".join(words)) > ABROAD or is_abroad:
                read = _checked(words, is_abroad=is_abroad, is_account=is_account, is_tight=is_tight)
            else:
                is_said = is_named or _CALLING.search(text, max(0, used[0][0] - _BEFORE), used[0][0]) is not None
                read = _called(words, is_tight=is_tight, is_said=is_said, is_named=is_named)
            if read is not None:
                return used[0][0], used[-1][1], read
    return None


def _checked(words: list[str], *, is_abroad: bool, is_account: bool, is_tight: bool) -> str | None:
    """A number that a checksum protects, or that begins as one from abroad does."""
    bare, sizes = "".join(words), {len(word) for word in words}
    if not (is_account or is_tight) and _are_words(words, are_capitals=len(bare) != NIR and len(words) == 1):
        return None
    found = (each for each in _readings(bare) if holds(each, sizes, is_abroad=is_abroad, is_account=is_account))
    return next(found, None)


def _called(words: list[str], *, is_tight: bool, is_said: bool, is_named: bool) -> str | None:
    """A telephone number: ten letters in one run, one by one or by pairs; in other groups where the text says how."""
    bare, sizes = "".join(words), {len(word) for word in words}
    read = _readings(bare)[0]
    if len(read) != CALLED or read[0] != "0" or read[1] == "0" or len(set(read)) <= _FEW:
        return None
    are_pairs = is_tight and sizes == {2}
    if not (is_said or are_pairs or _NARROW.issuperset(bare)):
        return None
    if not (is_named or are_pairs) and _are_words(words, are_capitals=bare[0] != "O"):
        return None
    is_regular = sizes in ({1}, {2}, {CALLED}) or (is_named and len(sizes) < len(words) and bare[0] in "Oo")
    return read if is_regular else None


def _are_words(words: list[str], *, are_capitals: bool) -> bool:
    """Whether what stands in one run, or most groups, may be said.

    are_capitals  whether those in capitals may be words.
    """
    if len(words) == 1:
        word = words[0]
        is_plain = word.islower() or word.istitle() or (are_capitals and word.isupper())
        return is_plain and _SAID_HARDLY.search(word) is None
    return 2 * sum(_is_word(word, are_capitals=are_capitals) for word in words) > len(words)


def _is_word(word: str, *, are_capitals: bool) -> bool:
    if _VOWELS.isdisjoint(word) or _VOWELS.issuperset(word):
        return False
    if len(word) == len("le"):
        return word.lower() in _SHORT and (are_capitals or not word.isupper())
    return word.islower() or word.istitle() or (are_capitals and word.isupper())


def _readings(bare: str) -> list[str]:
    """In each way in which its letters may be meant, each of them always in the same."""
    varied = sorted({sign for sign in bare if len(_READ[sign]) > 1})
    plain = {ord(sign): meant[0] for sign, meant in _READ.items()}
    return [
        bare.translate(plain | dict(zip(map(ord, varied), meant, strict=True)))
        for meant in product(*(_READ[sign] for sign in varied))
    ]
