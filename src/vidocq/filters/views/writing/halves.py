"""Two pieces of one value, told with which comes first: "the second half is X, the first Y", "write down X, then append Y"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, apart, replaced

_VALUE = r"[\"'`«“]?\s?(?P<{0}>[\w@+][\w@.+-]*(?:[ .-][\w@.+-]*[0-9][\w@.+-]*){{0,5}}|[@.][\w@.+-]+)\s?[\"'`»”]?"
_IS = r"\s?(?:\b(?:est|is|sera|vaut|:)|[:=])?\s?"
_HALF = r"(?:moiti[ée]|partie|half|part|piece|morceau)"
_LATER = rf"(?:(?:seconde?|deuxi[èe]me|last|derni[èe]re?|other|autre)(?:\s{_HALF})?|fin|end)"
_SOONER = rf"(?:(?:premi[èe]re?|first)(?:\s{_HALF})?|d[ée]but|beginning|start)"
_TURNED = re.compile(
    rf"(?:\b(?:la|le|the)\s)?{_LATER}{_IS}{_VALUE.format('later')}[,;.]?\s(?:(?:et|and|;|,|while|tandis que)\s?)?(?:(?:la|le|the)\s)?{_SOONER}{_IS}"
    rf"{_VALUE.format('sooner')}",
    re.IGNORECASE,
)
_WRITE = r"(?:notez|[ée]crivez|prenez|tapez|composez|saisissez|write(?:\sdown)?|note(?:\sdown)?|take|type|dial|start\swith|commencez\spar)"
_APPEND = (
    r"(?:ajoute[zr]|accolez|collez|mettez|compl[ée]tez\s(?:par|avec)|append|add|attach|put|followed\sby|suivi\sde)"
)
_STEPS = re.compile(
    rf"\b{_WRITE}(?:\s(?:d['’]abord|first|ceci|this))?[\s:]{{1,3}}{_VALUE.format('sooner')}(?:,?\s(?:first|d['’]abord))?[,;.]?\s"
    rf"(?:[^.\n]{{0,60}}\.\s)?(?:(?:puis|then|et|and|ensuite|apr[èe]s|now)[\s,]{{1,2}}){{0,2}}{_APPEND}(?:\s(?:ensuite|puis|then|next|[àa]\sla\sfin))?[\s:]{{1,3}}"
    rf"{_VALUE.format('later')}",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"{_SOONER}{_IS}{_VALUE.format('sooner')}[,;.]?\s(?:[^.\n]{{0,60}}\.\s)?(?:(?:la|le|the)\s)?(?:suite|reste?|rest|what\sfollows){_IS}"
    rf"{_VALUE.format('later')}",
    re.IGNORECASE,
)
_WORDS = frozenset(
    "suite reste rest follows second seconde deuxième deuxieme fin end last dernière ajoutez ajouter accolez collez append add attach complétez mettez put".split()  # noqa: SIM905
)


def may_stand(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_WORDS)


def together(text: str) -> View | None:
    """Both pieces as one, in their order."""
    return replaced("filled", text, apart(_found(text)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern in (_TURNED, _STEPS, _REST):
        for found in pattern.finditer(text):
            later, sooner = found["later"].rstrip("."), found["sooner"].rstrip(".")
            if any(map(str.isdecimal, later + sooner)) or "@" in later + sooner:
                start = min(found.start("later"), found.start("sooner"))
                end = max(found.start("later") + len(later), found.start("sooner") + len(sooner))
                yield start, end, sooner + later
