"""An address of which each word is described: "first name X, a dot, last name Y, and the domain is Z"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, apart, replaced

_NAME = r"(?:(?:the|le|la|son|sa|his|her|puis|then|et|and|avec|with)\s){0,3}(?:pr[ée]nom|nom(?:\sde\sfamille)?|(?:first|last|family|given)[ -]?name|surname|initiale?)?\s?[:=]?\s?"
_DESCRIBED = re.compile(
    rf"(?:pr[ée]nom|first[ -]?name|given[ -]?name|nom|name|initiale?|arr?obase|at[ -]sign|@)\b\s?[:,]?\s?(?P<first>\w[\w-]{{0,40}}),?\s(?:(?:un|une|a|an|le|the|puis|then|suivie?\sd['’]un)\s)?"
    rf"(?P<sign>point|dot|period|tiret(?:\sbas)?|dash|hyphen|underscore|trait\sd['’]union),?\s{_NAME}(?P<last>\w[\w-]{{1,40}})[\s,;]{{1,3}}(?:(?:et|and|puis|then)\s)?"
    rf"(?:(?:le|the|son|its)\s)?(?:domaine?|fournisseur|h[ée]bergeur|provider|host|server|serveur)\b[\s:]{{1,2}}(?:(?:est|is|named?|s['’]appelle)\s)?(?P<domain>\w[\w-]{{1,40}}(?:\.[\w-]{{2,40}}){{0,3}})"
    rf"(?:[\s,]{{1,2}}(?:et|and|with|avec)?\s?(?:(?:l['’]|the\s)?(?:extension|suffixe?|ending|tld)\s?(?:est|is|:)?\s?)?\.?(?P<top>{ANY})(?![\w.]))?",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"\.(?:{ANY})\Z", re.IGNORECASE)
_SIGN = {"tiret bas": "_", "underscore": "_", "point": ".", "dot": ".", "period": "."}
_WORDS = frozenset(["prénom", "prenom", "first", "initiale", "initial", "arobase", "sign"])


def may_stand(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_WORDS) and not words.isdisjoint(
        ("domaine", "domain", "fournisseur", "provider", "hébergeur", "host", "serveur", "server")
    )


def written(text: str) -> View | None:
    return replaced("in parts", text, apart(_found(text)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _DESCRIBED.finditer(text):
        domain = found["domain"] + (f".{found['top']}" if found["top"] else "")
        if _ENDED.search(domain) is not None:
            sign = _SIGN.get(found["sign"].lower(), "-")
            yield found.start("first"), found.end(), f"{found['first']}{sign}{found['last']}@{domain}"
