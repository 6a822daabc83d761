"""An address of which the parts bear names: "identifiant : X ; hébergeur : Y ; extension : fr", "the part before the @ is X…"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, apart, replaced

SIGN = r"(?:l['’]|the |le |an? |une? )?(?:signe |symbole )?(?:arr?obase|arobas|@|at(?:[ -](?:sign|symbol))?)"
_USER = (
    rf"(?:avant|before|pr[ée]c[èe]de|precedes|preceding|left of|gauche de)\s?{SIGN}|"
    r"identifiant|utilisateur|user[ _-]?(?:name|id)?|log[io]n|pseudo|compte|account|local[ _-]?part|(?:partie[ _-])?locale?|mailbox|"
    r"alias|handle|pr[ée]fixe?|gauche|left|d[ée]but|beginning|(?:premi[èe]re|first) (?:partie|part|half)"
)
_DOMAIN = (
    rf"(?:apr[èe]s|after|suit|follows|following|right of|droite de)\s?{SIGN}|"
    r"domain(?:[ _-]?name)|domaine?|h[ée]bergeur|h[ôo]te|host(?:name)?|hosted|serveur|server|fournisseur|provider|op[ée]rateur|messagerie|"
    r"service|organisation|droite|right|reste|rest|suite|ce qui suit|what follows|(?:deuxi[èe]me|seconde?|other|autre) (?:partie|part|half)"
)
_TOP = r"extensions?|terminaison|finale|suffixe?|tld|top[ _-]?level(?:[ _-]domain)?|(?:se )?termin\w{1,5}|finit|finissant|ends?|ending|zone|fin"
_STRONG = (
    r"[\"'`*»”_)\]]{0,4}\s?(?:[:=|→>]|->|\t|,(?=[\"'`])|\s(?:est|is|s['’]appelle|se nomme|sera|vaut|[ée]tant|being|was|reads?|called|named|nomm[ée]e?)\b"
    r"(?:\s(?:appel[ée]e?|nomm[ée]e?|just|called|named|the|le|la)\b)?|(?=\s[\"'`«“(*]))[\s:]{0,3}[\"'`*«“(\[_]{0,4}\s?"
)
_LABEL = re.compile(
    rf"(?<![\w@.])(?:(?:(?P<user>{_USER})|(?P<domain>{_DOMAIN}))(?:(?P<strong>{_STRONG})|\s(?:de |by |name )?)"
    rf"(?P<value>@?\w[\w.+-]{{0,63}}+)(?!\s?:\s)(?P<dotted>\s(?:dot|point)\s(?:co\s(?:dot|point)\s)?(?:{ANY})(?!\w))?"
    rf"|(?:(?:{_TOP})(?:{_STRONG}|\s)(?:(?:en|par|in|with|by|is|est|of|de|l['’])\s?)?[\"'`*«“(\[_]{{0,3}}|(?<=[ ,])(?:en|in)\s(?=\.))"
    rf"(?P<top>\.?(?:co\.)?(?:{ANY})))(?![\w@])",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"\.(?:{ANY})\Z", re.IGNORECASE)
_NEAR = 90
"""Characters between two parts of one address."""
_OTHERS = frozenset(
    "est is un une le la the l de du des a an et and or ou votre vos your son sa his her leur their name unique obligatoire required "  # noqa: SIM905
    "valide valid invalide invalid vide empty inconnu unknown à en in on of qui que that which string str int text null none true false".split()
)
"""Words which stand behind the name of a part in sentences and code, and are not its value."""
_CALLS = frozenset(
    "domaine domain hébergeur hebergeur hôte host hostname hosted serveur server fournisseur provider extension tld ending suffixe suffix "  # noqa: SIM905
    "terminaison arobase".split()
)


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    value: str
    start: int
    end: int
    is_strong: bool


def may_stand(text: str, words: frozenset[str]) -> bool:
    """Whether a part of an address is named: told quickly."""
    return not words.isdisjoint(_CALLS) or (
        not words.isdisjoint(("after", "follows", "suit", "après")) and "@" in text
    )


def whole(text: str) -> View | None:
    """Each address told in parts, put together."""
    return replaced("in parts", text, apart([*_labelled(text), *_in_columns(text)]))


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    parts = list(_parts(text))
    named = [part for part in parts if part.role != "top"]
    for first, second in pairwise(named):
        if first.role == second.role or second.start - first.end > _NEAR:
            continue
        tops = [
            part
            for part in parts
            if part.role == "top"
            and first.start - _NEAR < part.start < second.end + _NEAR
            and part.start not in (first.start, second.start)
        ]
        said = _joined(first, second, tops[-1] if tops else None)
        if said is not None:
            held = [first, second, *(tops[-1:] if _ENDED.search(second.value) is None else [])]
            yield min(part.start for part in held), max(part.end for part in held), said


def _joined(first: _Part, second: _Part, top: _Part | None) -> str | None:
    user, domain = (first, second) if first.role == "user" else (second, first)
    said = domain.value.lstrip("@")
    if _ENDED.search(said) is None:
        if top is None:
            return None
        said = f"{said}.{top.value.lstrip('.')}"
    elif not (user.is_strong and domain.is_strong):
        return None
    return f"{user.value}@{said}"


def _parts(text: str) -> Iterator[_Part]:
    for found in _LABEL.finditer(text):
        role = "top" if found["top"] is not None else "user" if found["user"] is not None else "domain"
        value = (found["top"] or found["value"]).rstrip(".")
        if value.lower() in _OTHERS:
            continue
        start = found.start("top" if role == "top" else "value")
        if found["dotted"] is None:
            yield _Part(role, value, start, start + len(value), found["strong"] is not None)
        else:
            dotted = re.sub(r"\s(?:dot|point)\s", ".", found["dotted"], flags=re.IGNORECASE)
            yield _Part(role, value + dotted, start, found.end("dotted"), found["strong"] is not None)


_HEADS = re.compile(
    r"^[ \t]*(?P<heads>[|\"']?[^\n]{0,20}\b(?:user|login|utilisateur|identifiant|local)[^\n]{0,80})\r?\n(?:[ \t|:-]{3,200}\r?\n)?(?P<row>[^\n]{5,200})",
    re.IGNORECASE | re.MULTILINE,
)
_CELL = re.compile(r"[^|,;\t]+")
_ROLES = (re.compile(_USER, re.IGNORECASE), re.compile(_DOMAIN, re.IGNORECASE), re.compile(_TOP, re.IGNORECASE))


def _in_columns(text: str) -> Iterator[tuple[int, int, str]]:
    """The first row of a table whose columns are the parts."""
    for table in _HEADS.finditer(text):
        heads = [cell[0].strip(" \"'`*") for cell in _CELL.finditer(table["heads"])]
        cells = list(_CELL.finditer(text, table.start("row"), table.end("row")))
        if len(heads) != len(cells) or len(heads) < 2:
            continue
        at = [next((n for n, head in enumerate(heads) if role.match(head)), None) for role in _ROLES]
        if at[0] is None or at[1] is None:
            continue
        said = [cells[n][0].strip(" \"'`*") for n in at if n is not None]
        whole = f"{said[0]}@{said[1].lstrip('@')}" + (f".{said[2].lstrip('.')}" if len(said) > 2 else "")
        if re.fullmatch(rf"[\w.+-]{{1,64}}@[\w.-]{{1,64}}\.(?:{ANY})", whole, re.IGNORECASE):
            held = [cells[n] for n in at if n is not None]
            yield min(cell.start() for cell in held), max(cell.end() for cell in held), whole
