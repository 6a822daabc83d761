"""A number to which another one was added, or from which it was taken: "subtract 1000 to get the real one"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers import licence
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_MORE = r"(?:add\w{0,3}|ajout\w{1,5}|plus|augment\w{1,6}|\+)"
_LESS = r"(?:subtract\w{0,5}|minus|take\saway|remove|deduct\w{0,3}|retranch\w{1,5}|soustra\w{1,6}|enl[eè]v\w{1,4}|[oô]te[rz]?|retire[rz]?|moins|diminu\w{1,6}|[-−])"
_AMOUNT = r"(?P<by>[0-9]{1,3}(?:[ \u00a0\u202f,.][0-9]{3}){1,4}|[0-9]{1,15})(?![\w%€])"
_NAMED = re.compile(
    rf"(?<![\w+-])(?:{_MORE}|{_LESS})(?:\s(?:exactly|exactement|lui|-lui))?\s?{_AMOUNT}", re.IGNORECASE
)
_REAL = re.compile(
    r"(?<!\w)(?:r[ée]els?|r[ée]elle|real|vraie?|true|obtenir|obten\w{1,4}|obtien\w{1,4}|get|original\w{0,2}|retrouve[rz]?|recover|actual|d[ée]cal\w{1,4}|offset|correct\w{0,2}|correcte?|bon)(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w+.,])\+?[0-9](?:[ .\-]?[0-9]){8,17}(?![.,]?\w)")
_WORDS = frozenset(
    "add adding ajoute ajoutez ajouter ajoutant plus augmenté augmentez subtract subtracting minus remove deduct retranche retranchez retrancher "  # noqa: SIM905
    "soustrais soustrayez soustraire enlève enlevez enlever ôte ôtez ôter retire retirez moins diminue diminuez take".split()
)


def may_stand(clues: Clues) -> bool:
    return clues.is_numeric and not _WORDS.isdisjoint(clues.kinds)


def put_back(text: str) -> Iterator[View]:
    """Numbers near such words, by as much more and by as much less."""
    named = [
        found for found in _NAMED.finditer(text) if _REAL.search(text, max(0, found.start() - 60), found.end() + 60)
    ]
    for by in dict.fromkeys(int(re.sub(r"\D", "", found["by"])) for found in named):
        for way in (-1, 1):
            parts = []
            for number in _NUMBER.finditer(text):
                digits = re.sub(r"\D", "", number[0])
                if licence.is_near(*number.span(), [found.span() for found in named]):
                    value = int(digits) + way * by
                    if value > 0 and by:
                        lead = "+" if number[0][0] == "+" else ""
                        parts.append((*number.span(), lead + str(value).zfill(len(digits))))
            if parts:
                yield rewritten("offset", parts)
