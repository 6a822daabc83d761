"""An address told as what to write after what: "take X, add an at sign, then Y, a dot and com"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, apart, replaced

_FILLERS = (
    r"puis|ensuite|et|ajoute[rzs]?|mets|mettez|place[rz]?|[ée]cri(?:s|vez|re)|tape[rz]?|saisi(?:s|ssez|r)|ins[èe]re[rz]?|colle[rz]?|suivie?s?|suit|"
    r"vient|viennent|termine[rz]?|finis(?:sez)?|vous|tu|on|y|de|d['’]une?|du|des|par|une?|le|la|les|l['’]|signe|symbole|caract[èe]re|enfin|"
    r"apr[èe]s|avec|nom|domaine|then|and|add|put|place|write|type|insert|append|enter|finish|comes?|followed|by|with|an?|the|sign|symbol|"
    r"character|next|after|that|finally|you|it|name|domain"
)
_FILL = (
    rf"(?>[\s,;:.…!→>\"'`*»”()\]|-]{{1,6}}(?:(?:{_FILLERS})(?:[\s,:]{{1,2}}|(?<=['’]))){{0,7}})[\"'`«“(\[*]{{0,3}}\s?"
)
_SHUT = r"[\"'`»”)\]*]{0,3}"
_STEPS = re.compile(
    rf"(?P<at>(?<!\w)(?:arr?obase|arobas|at[ -](?:sign|symbol)|a commercial|@(?: sign| symbol)?))(?!\w){_SHUT}{_FILL}"
    rf"(?P<domain>\w[\w-]{{1,40}}(?:\.[\w-]{{2,40}}){{0,3}}){_SHUT}"
    rf"(?:{_FILL}(?:point|dot|period|extension|terminaison|suffixe?|ending|(?:qui )?(?:se )?(?:termin\w{{1,5}}|ends?) (?:en|par|in|with))"
    rf"(?:{_FILL}|\s)\.?(?P<top>(?:co\.)?(?:{ANY}))(?!\w)|{_FILL}\.(?P<bare>(?:co\.)?(?:{ANY}))(?!\w))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\w@.])(?P<user>\w[\w.+-]{{0,62}}\w){_SHUT}{_FILL}\Z", re.IGNORECASE)
_ENDED = re.compile(rf"\.(?:{ANY})\Z", re.IGNORECASE)
_FAR = 120


def may_stand(text: str) -> bool:
    low = text.lower()
    return (
        "arob" in low
        or "at sign" in low
        or "at symbol" in low
        or " @ " in low
        or "a commercial" in low
        or "at-sign" in low
    )


def followed(text: str) -> View | None:
    """Each address whose parts are to be written one after the other."""
    return replaced("in steps", text, apart(_addresses(text)))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _STEPS.finditer(text):
        top = found["top"] or found["bare"]
        domain = found["domain"]
        if top is None and _ENDED.search(domain) is None:
            continue
        user = _user(text[max(0, found.start() - _FAR) : found.start()])
        if user is not None:
            begin = max(0, found.start() - _FAR) + user.start("user")
            yield begin, found.end(), f"{user['user']}@{domain}{f'.{top}' if top else ''}"


def _user(before: str) -> re.Match[str] | None:
    """The last word before the sign that is none of those which lead from one to the other."""
    return next(
        (found for found in (_BEFORE.match(before, at.start()) for at in _WORD.finditer(before)) if found), None
    )


_WORD = re.compile(r"(?<![\w@.+-])\w[\w.+-]+")
