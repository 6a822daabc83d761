"""A number told from its beginning to its end in a sentence: "it begins with 0936; then 65, then 99; and ends with 20"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.links import LINK
from vidocq.filters.views.view import View, apart, replaced

_CODE = re.compile(r"(?<![^\W_])(?:\+?[0-9][0-9A-Z]{0,30}|[A-Z]{2}[0-9]{0,30}|[A-Z][0-9]{1,6})(?![^\W_])")
_WORDS = (
    r"au|[àa]|la|le|les|l|tout|toute|d[ée]but|fin|finir|finit|fini|milieu|commence|d[ée]bute|continue|poursuit|goes|on|continues?|termine|se|s|ach[èe]ve|par|avec|premiers?|premi[èe]res?|derniers?|"
    r"derni[èe]res?|cela|[çc]a|opening|ones|come|come|suivants?|suivantes?|caract[èe]res?|chiffres?|groupes?|sont|est|viennent|vient|suivent|suit|suivi|suivie|il|elle|y|a|on|trouve|pour|"
    r"at|the|it|in|beginning|begins?|start|starts|middle|end|ends|ending|first|last|next|following|digits?|characters?|groups?|are|is|comes?|come|with|by|"
    r"followed|after|vous|avez|you|have|get|add|ajoutez|write|down|[ée]crivez|notez|close|clos|after|that|which|there|very|lastly|finally"
)
_GAP = re.compile(rf"(?:[\s,;:.…«»\"'’“”()–—-]|\b(?:{_WORDS}|{LINK})\b){{1,24}}", re.IGNORECASE)
_TELLS = re.compile(
    r"d[ée]but|commence|premiers?|premi[èe]res?|\bfin|termine|derni|ach[èe]v|[ée]crivez|notez|write down|close|cl[oô]|begin|start|\bfirst|\bend|last|final",
    re.IGNORECASE,
)
_BEFORE, _LONGEST_GAP, _FEWEST, _DIGITS = 40, 60, 3, 10


def may_stand(text: str) -> bool:
    return len(_TELLS.findall(text)) > 1


def whole(text: str) -> View | None:
    """Each such row, where its beginning and its end are told, as one."""
    return replaced("told", text, apart(_rows(text)))


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    row: list[re.Match[str]] = []
    for code in [*_CODE.finditer(text), None]:
        if row and (
            code is None
            or code.start() - row[-1].end() > _LONGEST_GAP
            or _GAP.fullmatch(text, row[-1].end(), code.start()) is None
        ):
            yield from _told(text, row)
            row = []
        if code is not None:
            row.append(code)


def _told(text: str, row: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    if len(row) < _FEWEST or sum(map(str.isdecimal, "".join(code[0] for code in row))) < _DIGITS:
        return
    start, end = row[0].start(), row[-1].end()
    is_begun = _TELLS.search(text, max(0, start - _BEFORE), start) is not None
    is_ended = _TELLS.search(text, row[-2].end(), row[-1].start()) is not None
    if is_begun and is_ended:
        yield start, end, f"\n{''.join(code[0] for code in row)}\n"
