"""A NIR told by what its digits say: "a man born in October 2002, department 68, municipality 282, order 020, key 75"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View, apart, replaced

_MONTHS = (
    "janvier january", "février fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july",
    "août aout august", "septembre september", "octobre october", "novembre november", "décembre decembre december",
)  # fmt: skip
_MONTH = {word: at for at, words in enumerate(_MONTHS, start=1) for word in words.split()}
_GAP = r"[^0-9\n]{1,40}(?:\n[^0-9\n]{0,40})?"
_TOLD = re.compile(
    rf"\b(?:(?P<man>homme|male|man|monsieur|masculin|sexe\s?:?\s?1|sex\s?:?\s?1)|femme|female|woman|madame|f[ée]minin|sexe\s?:?\s?2|sex\s?:?\s?2)\b"
    rf"(?:[^0-9\n]|\n){{1,40}}?(?:(?P<month>{'|'.join(_MONTH)})[\s,]{{1,3}}(?P<year>(?:19|20)?[0-9]{{2}})|(?P<m>[0-9]{{1,2}})[/-](?P<y>(?:19|20)?[0-9]{{2}}))"
    rf"{_GAP}(?P<department>[0-9]{{2}}|2[AB]){_GAP}(?P<place>[0-9]{{1,3}}){_GAP}(?P<order>[0-9]{{1,3}}){_GAP}(?P<key>[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)


def may_stand(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_MONTH) and (
        "département" in words or "department" in words or "departement" in words
    )


def written(text: str) -> View | None:
    """Each whose key holds, as one writes it."""
    return replaced("filled", text, apart(_found(text)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for told in _TOLD.finditer(text):
        month = _MONTH[told["month"].lower()] if told["month"] else int(told["m"])
        year = (told["year"] or told["y"])[-2:]
        sex = 1 if told["man"] else 2
        digits = (
            f"{sex}{year}{month:02d}{told['department']}{int(told['place']):03d}{int(told['order']):03d}{told['key']}"
        )
        said = shapes.protected(digits) if digits.isdecimal() else None
        if said is not None:
            yield told.start(), told.end(), said
