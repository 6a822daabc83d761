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
    r"identifiant|utilisateur|user[ _-]?(?:name|id|part)?|log[io]n|pseudo|compte|account|local[ _-]?part|(?:partie[ _-])?locale?|mailbox|"
    r"alias|handle|pr[ée]fixe?|gauche|left|d[ée]but|beginning|(?:premi[èe]re|first) (?:partie|part|half)|(?P<weak>nom|name)"
)
_DOMAIN = (
    rf"(?:apr[èe]s|after|suit|follows|following|right of|droite de)\s?{SIGN}|"
    r"domain(?:[ _-]?(?:name|part))|domaine?|chez|(?:h[ée]berg[ée]e?s?|hosted) (?:chez|par|sur|at|by|on)|h[ée]bergeur|h[ôo]te|host(?:name)?|hosted|serveur|server|fournisseur|provider|op[ée]rateur|messagerie|"
    r"service|organisation|droite|right|reste|rest|suite|ce qui suit|what follows|(?:deuxi[èe]me|seconde?|other|autre) (?:partie|part|half)"
)
_TOP = r"extensions?|terminaison|finale|suffixe?|tld|top[ _-]?level(?:[ _-]domain)?|(?:se )?termin\w{1,5}|finit|finissant|ends?|ending|zone|fin"
_STRONG = (
    r"[\"'`*»”_)\]]{0,4}\s?(?:[:=|→>?]|,? c['’]est\b|->|\t|,(?=[\"'`])|\s(?:est|is|s['’]appelle|se nomme|sera|vaut|[ée]tant|being|was|reads?|called|named|nomm[ée]e?)\b"
    r"(?:\s(?:appel[ée]e?|nomm[ée]e?|just|called|named|the|le|la)\b)?|(?=\s[\"'`«“(*]))[\s:]{0,3}[\"'`*«“(\[_]{0,4}\s?"
)
_DOT = r"(?:\s(?:dot|point)\s|\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?)"
_LABEL = re.compile(
    rf"(?<![\w@.])(?:[a-z]{{2,12}}_)?(?:(?:(?P<user>{_USER})|(?P<domain>{_DOMAIN}))(?:(?P<strong>{_STRONG})|\s(?:de |by |name )?)"
    rf"(?P<value>@?\w[\w.+-]{{0,63}}+)(?!\s?:\s)(?P<dotted>{_DOT}(?:co{_DOT})?(?:{ANY})(?!\w))?"
    rf"|(?:(?:{_TOP})(?:{_STRONG}|\s)(?:(?:en|par|in|with|by|is|est|of|de|l['’])\s?)?[\"'`*«“(\[_]{{0,3}}|(?<=[ ,])(?:en|in|with|avec)\s(?=\.))"
    rf"(?P<top>\.?(?:co\.)?(?:{ANY})))(?![\w@])",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"\.(?:{ANY})\Z", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 90
"""Characters between two parts of one address."""
OTHERS = frozenset(
    "est is un une le la the l de du des a an et and or ou votre vos your son sa his her leur their name unique obligatoire required "  # noqa: SIM905
    "valide valid invalide invalid vide empty inconnu unknown à en in on of qui que that which string str int text null none true false".split()
)
"""Words which stand behind the name of a part in sentences and code, and are not its value."""
_CALLS = frozenset(
    "domaine domain hébergeur hebergeur hôte host hostname hosted serveur server fournisseur provider extension tld ending suffixe suffix "  # noqa: SIM905
    "terminaison arobase pseudo login username benutzername".split()
)
_ABOUT = frozenset("after follows suit après left right gauche droite before avant deuxième second seconde".split())  # noqa: SIM905
_MAIL = re.compile(r"mail|courriel|messagerie|adress|arob|@|joindre|contact|reach", re.IGNORECASE)
_MACHINE = re.compile(r"h[ôo]te|host(?:name)?|serveur|server", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    value: str
    start: int
    end: int
    is_strong: bool
    is_machine: bool = False


def may_stand(text: str, words: frozenset[str]) -> bool:
    """Whether a part of an address is named: told quickly."""
    return (
        not words.isdisjoint(_CALLS)
        or _AT_END.search(text) is not None
        or (not words.isdisjoint(_ABOUT) and ("@" in text or "at sign" in text or "parti" in text or "part " in text))
    )


def whole(text: str) -> View | None:
    """Each address told in parts, put together."""
    return replaced(
        "in parts", text, apart([*_labelled(text), *_named_after(text), *_at_host(text), *_in_columns(text)])
    )


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
        said = _joined(first, second, tops[-1] if tops else None, is_mail=_MAIL.search(text) is not None)
        if said is not None:
            held = [first, second, *(tops[-1:] if _ENDED.search(second.value) is None else [])]
            yield min(part.start for part in held), max(part.end for part in held), said


def _joined(first: _Part, second: _Part, top: _Part | None, *, is_mail: bool) -> str | None:
    """Where no last label is told apart, parts have to bear their names clearly, and be of a mailbox rather than a machine."""
    user, domain = (first, second) if first.role == "user" else (second, first)
    said = domain.value.lstrip("@")
    if _ENDED.search(said) is None:
        if top is None:
            return None
        said = f"{said}.{top.value.lstrip('.')}"
    elif not (user.is_strong and domain.is_strong) or (
        not is_mail and (domain.is_machine or _PLAIN_WORD.fullmatch(user.value) is not None)
    ):
        return None
    return f"{user.value}@{said}"


def _parts(text: str) -> Iterator[_Part]:
    for found in _LABEL.finditer(text):
        role = "top" if found["top"] is not None else "user" if found["user"] is not None else "domain"
        value = (found["top"] or found["value"]).rstrip(".")
        if value.lower() in OTHERS:
            continue
        start, end = found.start("top" if role == "top" else "value"), found.end("dotted")
        dotted = re.sub(_DOT, ".", found["dotted"], flags=re.IGNORECASE) if found["dotted"] is not None else ""
        yield _Part(
            role,
            value + dotted,
            start,
            end if dotted else start + len(value),
            found["strong"] is not None and found["weak"] is None,
            is_machine=found["domain"] is not None and _MACHINE.match(found["domain"]) is not None,
        )


_VALUE = r"(?P<{0}>\w[\w.+-]{{1,63}})\s?[\"'`*»”)]{{0,3}}\s?[(,:–-]?\s?"
_STANDS = r"(?:(?:se (?:place|trouve|situe)|est|is|comes?|goes|stands|vient|plac[ée]d?e?|situ[ée]e?)\s)?"
_NAMED_AFTER = re.compile(
    rf"(?<![\w@.]){_VALUE.format('user')}{_STANDS}(?:avant|before|in front of|[àa] gauche de)\s?{SIGN}[^\w@]{{1,8}}(?:[^\W\d_]{{1,12}}[^\w@]{{1,4}}){{0,3}}?"
    rf"{_VALUE.format('domain')}{_STANDS}(?:apr[èe]s|after|behind|[àa] droite)(?:\s?{SIGN}|\sit)?(?:[^\w@]{{1,6}}\.?(?P<top>{ANY})[\"'`*»”)]{{0,3}}\s?[(,:–-]?\s?(?:{_TOP}))?",
    re.IGNORECASE,
)


def _named_after(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the parts stand before what they are called."""
    for found in _NAMED_AFTER.finditer(text):
        domain = found["domain"].rstrip(".") + (f".{found['top']}" if found["top"] else "")
        if _ENDED.search(domain) is not None:
            yield found.start("user"), found.end(), f"{found['user']}@{domain}"


_AT_END = re.compile(r"[(,]\s?(?:en|in|dot|point|extension) \.?[a-z]{2,6}\)")
_AT_HOST = re.compile(
    rf"(?<![\w@.])(?P<user>\w[\w.+-]{{1,63}})\s(?:chez|at|@)\s(?P<domain>\w[\w-]{{1,40}})\s?[(,]\s?(?:en|in|point|dot|extension|ending in)\s\.?(?P<top>{ANY})(?!\w)",
    re.IGNORECASE,
)


def _at_host(text: str) -> Iterator[tuple[int, int, str]]:
    """As in "arenaud chez orbitel (en .eu)"."""
    for found in _AT_HOST.finditer(text):
        yield found.start("user"), found.end("top"), f"{found['user']}@{found['domain']}.{found['top']}"


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
