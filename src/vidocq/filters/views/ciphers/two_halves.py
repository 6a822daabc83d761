"""Signs at odd places given first, then those at even places: "odd: 0 5 6 2 0; even: 5 3 9 1 5"; or only each second sign meant."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from vidocq.filters.views.ciphers import licence
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_WORDS = frozenset(
    "odd even impair impairs impaire impaires pair pairs paire paires every alternate alternates alternately alternating alternance "  # noqa: SIM905
    "alternez alternativement alternent interleave interleaved interleaving interlace interlaced entrelacé entrelacés entrelacées "
    "entrelacer entrelacez intercale intercalé intercaler intercalez intercalées intercalés zip zipped merge rail rails zigzag deux "
    "parité parity".split()
)
_NAMED = re.compile(
    r"(?<!\w)(?:odd|impaire?s?|even|paire?s?|parit[éy]|every\s(?:other|second|two)|un\w?\s[^.\n]{0,16}\bsur\sdeux|alternat\w{1,5}|alternance|altern(?:ez|ent|er)|"
    r"interleav\w{1,3}|interlac\w{1,3}|entrelac\w{1,4}|intercal\w{1,4}|zip(?:ped)?|rail[\s-]?fence|zig-?zag|one\s(?:from|of)\seach|\[0?::2\]|\[1::2\])(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<![^\W_])[\w@.+-](?P<gap>, |,| |-|;|\||\.)(?:[\w@.+-](?P=gap)){2,40}[\w@.+-](?![\w@])|[\w@.+-]{4,80}"
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


def may_stand(clues: Clues) -> bool:
    return (clues.is_numeric or clues.has_sign) and (not _WORDS.isdisjoint(clues.kinds) or "::2]" in clues.text)


def woven(text: str) -> Iterator[View]:
    """Two such halves near the words that name them, put together."""
    named = licence.places(text, _NAMED)
    halves = [half for half in _HALF.finditer(text) if licence.is_near(*half.span(), named)] if named else []
    yield from _every_second([half for half in halves if half["gap"] is None and len(half[0]) >= 2 * _FEWEST])
    made = 0
    for at, first in enumerate(halves):
        for second in halves[at + 1 : at + 1 + _NEXT]:
            if second.start() - first.end() > _FARTHEST:
                break
            for read in dict.fromkeys(_woven(_bare(first), _bare(second))):
                called = _BEFORE.search(text, max(0, first.start() - _CALLED), first.start())
                start = called.start() if called is not None else first.start()
                yield rewritten("woven", [(start, second.end(), read)])
                made += 1
        if made > _MOST:
            return


def _every_second(runs: list[re.Match[str]]) -> Iterator[View]:
    for first in (0, 1):
        if runs:
            yield rewritten("every second", [(*run.span(), run[0][first::2]) for run in runs])


def _bare(half: re.Match[str]) -> str:
    return half[0].replace(half["gap"], "") if half["gap"] else half[0]


def _woven(first: str, second: str) -> Iterator[str]:
    """The one that begins has as many signs as the other, or one more; a full stop may end a sentence, a dash begin what follows."""
    for a in dict.fromkeys((first, first.rstrip("."))):
        for b in dict.fromkeys((second.rstrip("."), second, second.rstrip(".-"))):
            for odd, even in ((a, b), (b, a)):
                if len(odd) - len(even) in (0, 1) and len(odd) + len(even) >= _FEWEST:
                    read = "".join(sign for both in zip_longest(odd, even, fillvalue="") for sign in both)
                    if sum(map(str.isdecimal, read)) >= _FEWEST_DIGITS or ("@" in read and "." in read):
                        yield read
