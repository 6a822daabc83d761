"""Signs of one value dealt onto rails, then written rail after rail: those at odd places and then those at even ones, a rail fence.

Where the text says so, any value is read; where it does not, one that its check digits hold.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from vidocq.filters.views.ciphers import certain, licence
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_ODD = r"(?:odd|impaire?s?|uneven)"
_EVEN = r"(?:even|paire?s?)"
_NAMED = re.compile(
    rf"(?<!\w)(?:{_ODD}(?!\w)[^.\n]{{0,60}}?\b{_EVEN}|{_EVEN}(?!\w)[^.\n]{{0,60}}?\b{_ODD}|rail[\s-]?fence|zig-?zags?|dents\sde\sscie|"
    r"(?:two|three|four|five|deux|trois|quatre|cinq|[2-5])\s(?:rails?|rang[ée]es|rows|lignes|tracks)|every\s(?:other|second)|un\w?\s[^.\n]{0,16}\bsur\sdeux|"
    r"interleav\w{1,3}|interlac\w{1,3}|entrelac\w{1,4}|d[ée]s?entrelac\w{1,4})(?!\w)",
    re.IGNORECASE,
)
_WORDS = frozenset(
    "odd impair impairs impaire impaires uneven rail rails fence zigzag zigzags zag scie rows rangées lignes tracks other second deux "  # noqa: SIM905
    "interleaved interleave interlaced entrelacé entrelacés entrelacées désentrelacez".split()
)
_NUMBER = re.compile(
    r"(?<![\w@.+-])(?:\+(?=[0-9])|(?=[A-Z]{0,2}[0-9]|[A-Z] [0-9]))[0-9A-Z](?:[ .\-/+]{0,3}[0-9A-Z]){8,44}(?<=[0-9])(?![\w@])"
)
_ADDRESS = re.compile(r"(?<![\w@.+-])[\w.+-]{0,64}@[\w.+-]{0,64}(?![\w@])")
_SHORTEST_ADDRESS = 10
_SEPARATOR = re.compile(r"[ .\-/]")
_DIGITS, _PROTECTED = 8, 13
_MOST = 40
"""Runs of a text that are looked at."""
_SAID = (2, 3, 4, 5)
"""Rails that there may be where the text says so."""


def may_stand(clues: Clues) -> bool:
    return (
        clues.digits >= _PROTECTED
        or (clues.is_numeric and "+" in clues.text)
        or clues.has_sign
        or (clues.is_numeric and not _WORDS.isdisjoint(clues.kinds))
    )


def laid(text: str) -> Iterator[View]:
    """Each such run as the value that it was."""
    found = [place for pattern in (_NUMBER, _ADDRESS) for place in _runs(text, pattern)][:_MOST]
    if not found:
        return
    named = licence.places(text, _NAMED)
    for start, run in found:
        is_named = licence.is_near(start, start + len(run), named)
        for read in _read(run, is_named=is_named):
            yield rewritten("woven", [(start, start + len(run), read)])


def _runs(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for found in pattern.finditer(text):
        run = found[0].rstrip(".-")
        if "@" in run:
            if len(run) >= _SHORTEST_ADDRESS and not certain.is_address(run):
                yield found.start(), run
        elif sum(map(str.isdecimal, run)) >= _DIGITS and not certain.is_checked(run):
            yield found.start(), run


def _read(run: str, *, is_named: bool) -> Iterator[str]:
    if "@" in run:
        yield from filter(certain.is_address, _laid(run, _orders(len(run), is_named=is_named)))
        return
    bare = _SEPARATOR.sub("", run)
    if is_named:
        for written in dict.fromkeys((run, bare, f" {run}")):
            for read in _laid(written, _orders(len(written), is_named=True)):
                if certain.is_phone(read) or certain.is_checked(_SEPARATOR.sub("", read)):
                    yield read
        return
    if run[0] == "+":  # as a telephone number of no land
        yield from (
            read
            for read in _laid(run, _orders(len(run), is_named=False))
            if read[0] == "+" and certain.is_phone(read)
        )
    if len(bare) >= _PROTECTED:
        for read in _laid(run, _orders(len(run), is_named=False)):
            if certain.is_protected(read):
                yield read
        for whole in (run, f" {run}") if " " in run else (run,):  # what stands at the second place may be a space
            yield from filter(certain.is_checked, _laid(whole, _orders(len(whole), is_named=False)[:2]))
        if bare != run:
            yield from filter(certain.is_account, _laid(bare, _orders(len(bare), is_named=False)))


def _laid(run: str, orders: Iterable[tuple[int, ...]]) -> Iterator[str]:
    for order in orders:
        said = [""] * len(run)
        for sign, place in zip(run, order, strict=True):
            said[place] = sign
        yield "".join(said)


@lru_cache(maxsize=128)
def _orders(length: int, *, is_named: bool) -> tuple[tuple[int, ...], ...]:
    """The place that each sign has in the value: odd ones first, even ones first, three rails, columns of three, two halves dealt."""
    places = range(length)
    odd, even = tuple(places[::2]), tuple(places[1::2])
    middle = (length + 1) // 2
    dealt = tuple(at // 2 if at % 2 == 0 else middle + at // 2 for at in places)
    orders = [odd + even, even + odd, _fence(length, 3), _columns(length, 3), dealt]
    if is_named:
        orders += [(*odd, *even[::-1]), *(way(length, rails) for rails in _SAID[2:] for way in (_fence, _columns))]
    return tuple(dict.fromkeys(orders))


def _fence(length: int, rails: int) -> tuple[int, ...]:
    """Down the rails and up again."""
    period = 2 * (rails - 1)
    return tuple(sorted(range(length), key=lambda at: (min(at % period, period - at % period), at)))


def _columns(length: int, rails: int) -> tuple[int, ...]:
    """Down the rails, then from the first one again."""
    return tuple(sorted(range(length), key=lambda at: (at % rails, at)))
