"""Signs at odd places given first, then those at even places: "odd: 0 5 6 2 0; even: 5 3 9 1 5"; or only each second sign meant."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from vidocq.filters.views.ciphers import certain, licence
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_WORDS = frozenset(
    "odd odds even evens impair impairs impaire impaires pair pairs paire paires every alternate alternates alternately alternating alternance "  # noqa: SIM905
    "alternez alternativement alternent interleave interleaved interleaving interlace interlaced entrelacé entrelacés entrelacées "
    "entrelacer entrelacez intercale intercalé intercaler intercalez intercalées intercalés zip zipped merge rail rails zigzag deux "
    "parité parity string strings suite suites chaîne chaine séquence sequence strand brin piste tresser "
    "tressez mêler mêlez tisser tissez imbriquer imbriquez weave braid riffle tour turn sign chaque each positions rangs places".split()
)
_STRING = r"(?:strings?|suites?|cha[iî]nes?|s[ée]quences?|strands?|brins?|pistes?)"
_WEAVE = (
    r"(?:(?:[àa]\s)?(?:tresser|m[êe]ler|tisser|imbriquer)|(?:tress|m[êe]l|tiss|imbriqu)ez|weave|braid|riffle|merge\s(?:them|both|the\stwo)"
    r"|tour\s[àa]\stour|turn\sby\sturn|sign\sby\ssign|(?:un|one)\s(?:de|from|of)\s(?:chaque|each)|(?:rangs|positions|places)\s1,\s?3,\s?5)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:odds?|impaire?s?|evens?|paire?s?|parit[éy]|every\s(?:other|second|two)|un\w?\s[^.\n]{0,16}\bsur\sdeux|alternat\w{1,5}|alternance|altern(?:ez|ent|er)|"
    r"interleav\w{1,3}|interlac\w{1,3}|entrelac\w{1,4}|intercal\w{1,4}|zip(?:ped)?|rail[\s-]?fence|zig-?zag|one\s(?:from|of)\seach|\[0?::2\]|\[1::2\]"
    rf"|{_STRING}(?:[\s_-]?(?:[abxy12]|i{{1,2}}|un|deux|one|two))?(?=\s?[:=→])|(?:premi[èe]re?|first|1st|1re)\s{_STRING}|{_WEAVE})(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<![^\W_])[\w@.+-](?P<gap>, |,| |-|;|\||\.)(?:[\w@.+-](?P=gap)){2,40}[\w@.+-](?![\w@])"
    r"|(?<![\w@.+-])(?:\+(?=[0-9])|(?=[A-Z]{0,2}[0-9]))[0-9A-Z]{1,8}(?: {1,2}[0-9A-Z]{1,8}){1,12}(?<=[0-9])(?![\w@])|[\w@.+-]{4,80}"
)
_BEFORE = re.compile(
    r"(?:(?:the|les?|la|d'abord|first)\s)?(?:(?:rangs?|positions?|places?|chiffres?|digits?|caract[èe]res?|characters?)\s)?(?:odd|even|impaire?s?|paire?s?)"
    r"(?:\s[^\W\d_]{1,12})?\s?[:=]\s?\Z",
    re.IGNORECASE,
)
"""What a half is called is hidden with it."""
_FEWEST, _FEWEST_DIGITS = 9, 8
_FARTHEST, _NEXT, _CALLED = 80, 4, 40
_MOST = 24
_NUMBER = re.compile(r"(?<![\w@.+-])(?=[A-Z]{0,2}[0-9])[0-9A-Z](?: ?[0-9A-Z]){6,20}(?<=[0-9])(?![\w@])")
_COORDINATE = re.compile(r"[+-]?[0-9]{1,3}\.[0-9]{3,}[°,]?")
_OF_ADDRESS = re.compile(r"(?<![\w@.+-])[\w@.+-]{5,45}(?![\w@])")
_LABEL = re.compile(
    r"(?:^|(?<=[^\w]))(?P<label>(?:[^\W\d_]{2,12}[\s_-]?)?)(?P<place>[A-Za-z1-9]|ii|II)\s?[:=→]\s?[\"'`*«“]{0,3}\s?\Z"
)
_AFTER = {"a": "b", "1": "2", "x": "y", "i": "ii"}
_CERTAIN, _BETWEEN = 13, 40
"""Digits of the shortest number that check digits hold, and characters between its two halves where nothing names them."""


def may_stand(clues: Clues) -> bool:
    return (clues.is_numeric or clues.has_sign) and (not _WORDS.isdisjoint(clues.kinds) or "::2]" in clues.text)


def woven(text: str) -> Iterator[View]:
    """Two such halves near the words that name them, put together."""
    named = licence.places(text, _NAMED)
    near = [half for half in _HALF.finditer(text) if licence.is_near(*half.span(), named)] if named else []
    halves = [half for half in near if _COORDINATE.fullmatch(half[0]) is None]
    yield from _every_second([half for half in halves if half["gap"] is None and len(half[0]) >= 2 * _FEWEST])
    made = 0
    for at, first in enumerate(halves):
        for second in halves[at + 1 : at + 1 + _NEXT]:
            if second.start() - first.end() > _FARTHEST:
                break
            pairs = (
                (_bare(first), _bare(second)),
                (_solid(first), _solid(second)),
                (_bare(first), _spaced(second)),
            )
            for read in dict.fromkeys(read for pair in dict.fromkeys(pairs) for read in _woven(*pair)):
                called = _BEFORE.search(text, max(0, first.start() - _CALLED), first.start())
                start = called.start() if called is not None else first.start()
                yield rewritten("woven", [(start, second.end(), read)])
                made += 1
        if made > _MOST:
            return


def may_be_certain(clues: Clues) -> bool:
    return clues.digits >= _CERTAIN or clues.has_sign


def unnamed(text: str) -> Iterator[View]:
    """Two halves side by side that nothing names, where what they make is no chance; a card, where they are called A and B."""
    for first, second in pairwise(_NUMBER.finditer(text)):
        for read in _side_by_side(first, second):
            if certain.is_protected(read) or (
                certain.is_card(read) and _are_called(text, first.start(), second.start())
            ):
                yield rewritten("woven", [(first.start(), second.end(), read)])
    runs = list(_OF_ADDRESS.finditer(text)) if "@" in text else []
    for at, first in enumerate(runs):
        for second in runs[at + 1 : at + _NEXT]:
            if ("@" in first[0]) != ("@" in second[0]):
                for read in filter(certain.is_address, _side_by_side(first, second)):
                    yield rewritten("woven", [(first.start(), second.end(), read)])


def _side_by_side(first: re.Match[str], second: re.Match[str]) -> Iterator[str]:
    if abs(len(first[0]) - len(second[0])) <= 2 and second.start() - first.end() <= _BETWEEN:
        yield from _woven(first[0].replace(" ", ""), second[0].replace(" ", ""))


def _are_called(text: str, first: int, second: int) -> bool:
    """Whether the same word and A, then B, or 1, then 2, are before them."""
    one, two = (_LABEL.search(text, max(0, start - _CALLED), start) for start in (first, second))
    if one is None or two is None or two["label"].lower() not in ("", one["label"].lower()):
        return False
    return _AFTER.get(one["place"].lower()) == two["place"].lower()


def _every_second(runs: list[re.Match[str]]) -> Iterator[View]:
    for first in (0, 1):
        if runs:
            yield rewritten("every second", [(*run.span(), run[0][first::2]) for run in runs])


def _bare(half: re.Match[str]) -> str:
    return half[0].replace(half["gap"], "") if half["gap"] else half[0]


def _solid(half: re.Match[str]) -> str:
    """Without the spaces of its groups."""
    return _bare(half).replace(" ", "")


def _spaced(half: re.Match[str]) -> str:
    """With a space before groups: what stands at the second place may be one."""
    return f" {half[0]}" if half["gap"] is None and " " in half[0] else _bare(half)


def _woven(first: str, second: str) -> Iterator[str]:
    """The one that begins has as many signs as the other, or one more; a full stop may end a sentence, a dash begin what follows."""
    for a in dict.fromkeys((first, first.rstrip("."))):
        for b in dict.fromkeys((second.rstrip("."), second, second.rstrip(".-"))):
            for odd, even in ((a, b), (b, a)):
                if len(odd) - len(even) in (0, 1) and len(odd) + len(even) >= _FEWEST:
                    read = "".join(sign for both in zip_longest(odd, even, fillvalue="") for sign in both)
                    if sum(map(str.isdecimal, read)) >= _FEWEST_DIGITS or ("@" in read and "." in read):
                        yield read
