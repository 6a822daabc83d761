"""An address that words lead through: "l.mornay as the user name, and for the domain x.fr", "lea.mo, puis rnay@exem, et enfin ple.fr".

Either a user and a domain stand there, and words for the sign or for the parts between or around them; or pieces that make an address
when they are put together, with words of order between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vidocq.filters.views import leading
from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.signs.in_parts import OTHERS
from vidocq.filters.views.view import View, apart, replaced

_USERS = frozenset(
    "user username utilisateur name nom identifiant login pseudo locale local alias mailbox boîte boite compte account handle préfixe prefix".split()  # noqa: SIM905
)
_SIGN = frozenset("arobase arrobase arobas arobace symbol symbole signe sign gauche left droite right".split())  # noqa: SIM905
_DOMAINS = frozenset(
    "domain domaine domains serveur server host hostname hosted hôte hébergeur hébergé hébergée provider fournisseur chez messagerie".split()  # noqa: SIM905
)
_MACHINES = frozenset("serveur server host hostname hôte".split())  # noqa: SIM905
PARTS = _USERS | _SIGN | _DOMAINS
"""Words for the sign of an address, or for what stands before or after it."""
_MORE = frozenset("avec with comme on sur sous where où porte bears takes prend devant front behind l d".split())  # noqa: SIM905
_LAST = leading.ORDER | {"et", "and"}
_TOKEN = re.compile(r"[\w@][\w@.+-]*|[.-](?=\w)[\w@.+-]+")
_SIGNS = re.compile(r"[\s,;:…«»“”\"'`‘’()\[\]{}*–—→>/|.-]*")
_DOMAIN = re.compile(rf"(?:[^\W_][\w-]{{0,62}}\.){{1,4}}(?:{ANY})", re.IGNORECASE)
_USER = re.compile(r"[^\W_](?:[\w.+-]{0,62}[\w+])?")
_LOOKS_SO = re.compile(r"[^\W\d_][\w+-]*[._][^\W_]|[^\W\d_]{2,}[._-]?[0-9]|[^\W\d_]-[^\W\d_]+[._0-9]")
_OPENS = re.compile(
    r"(?:[:=«“\"'`*(\[>]|\A|\n|\b(?:est|is|was|sera|was|reads?|lit|soit)|\b(?:user ?name|nom d['’]utilisateur|identifiant|login|mailbox|bo[iî]te|user"
    r"|utilisateur|compte|account|d['’]abord|first|commence par|begins with|starts with))\s?[\s,:«“\"'`*(\[-]{0,4}\Z",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"mail|courriel|messagerie|adress|arob|@|joindre|contact|reach|[ée]cri(?:re|vez)|write to", re.IGNORECASE
)
_NAMED_BEFORE = re.compile(
    r"\b(?:domaine?|serveur|server|host|hôte|hébergeur|provider|fournisseur)(?:\s(?:est|is|:|name|sera|of|de))?\s?[:=«“\"'`*(\[]{0,3}\s?\Z",
    re.IGNORECASE,
)
_AROUND, _LONGEST, _MOST = 160, 90, 10
"""Characters in which an address is spoken of, those between two pieces, and pieces of one."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """between  the words since the piece before, with "@" for that sign; None if more stands there than leads on."""

    said: str
    start: int
    end: int
    between: tuple[str, ...] | None


def may_stand(clues: Clues) -> bool:
    words = clues.kinds
    if not words.isdisjoint(PARTS):
        return _DOMAIN.search(clues.text) is not None
    return clues.has_sign and not leading.ORDER.isdisjoint(words)


def together(text: str) -> View | None:
    """Each such address in one."""
    return replaced("told", text, apart(_addresses(text)))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    row: list[_Piece] = []
    for piece in _pieces(text):
        if piece.between is None:
            row = []
        row = [*row[1 - _MOST :], piece]
        said = _of_two(text, row) if len(row) > 1 else None
        if said is not None:
            start, end = leading.with_words(text, row[-2].start, piece.end, PARTS)
            yield start, end, f"\n{said}\n"
        elif len(row) > 1 and "." in text:
            for first in range(len(row) - 1):
                whole = _of_pieces(text, row[first:])
                if whole is not None:
                    yield *leading.with_words(text, row[first].start, piece.end), f"\n{whole}\n"
                    break


def _pieces(text: str) -> Iterator[_Piece]:
    """What stands there besides words that lead on."""
    between: list[str] | None = None
    reached = last = 0
    for token in _TOKEN.finditer(text):
        said = token[0] if token[0].strip("@.-+") == "" else token[0].rstrip("-+")
        low = said.lower().rstrip(".")
        if between is not None and _SIGNS.fullmatch(text, reached, token.start()) is None:
            between = None
        reached = token.end()
        if low == "@" or _is_known(text, token, low):
            if between is not None:
                between.append(low)
            continue
        is_led = between is not None and token.start() - last <= _LONGEST
        yield _Piece(said, token.start(), token.start() + len(said), tuple(between or ()) if is_led else None)
        between, last = [], reached


def _is_known(text: str, token: re.Match[str], low: str) -> bool:
    if not low.isalpha():
        return False
    if len(low) == 1 and low not in "aày":
        return text[token.end() : token.end() + 1] in ("'", "’")
    return low in PARTS or low in _MORE or leading.leads(low)


def _of_two(text: str, row: list[_Piece]) -> str | None:
    """The user and the domain that the last two pieces are."""
    first, second = row[-2:]
    words = set(second.between or ())
    if first.said.lower() in OTHERS or second.said.lower() in OTHERS:
        return None
    ends = second.said.rstrip(".")
    if _DOMAIN.fullmatch(ends) is not None and _USER.fullmatch(first.said.rstrip(".")) is not None:
        return f"{first.said}@{ends}" if _is_told(text, first, second, words) else None
    if (
        _DOMAIN.fullmatch(first.said) is not None
        and _USER.fullmatch(ends) is not None
        and words & _USERS
        and _NAMED_BEFORE.search(text, max(0, first.start - 24), first.start) is not None
        and _is_mail(text, first, second)
    ):
        return f"{ends}@{first.said}"
    return None


def _is_told(text: str, user: _Piece, domain: _Piece, words: set[str]) -> bool:
    """Whether words say that these are the two sides of an address."""
    before = text[max(0, user.start - 40) : user.start]
    after = re.findall(r"[^\W\d_]+|@", text[domain.end : domain.end + 24].lower())[:4]
    has_sign = "@" in words or bool(words & _SIGN)
    has_user = bool(words & _USERS) or re.search(
        r"\b(?:user|utilisateur|identifiant|login|mailbox|bo[iî]te)\W{1,4}\Z", before, re.IGNORECASE
    )
    has_domain = bool((words | set(after)) & _DOMAINS)
    if not (has_sign or has_user or has_domain):
        return False
    looks_so = _LOOKS_SO.match(user.said) is not None
    if not looks_so and _OPENS.search(before) is None:
        return False
    is_clear = has_sign or (has_user and has_domain and words.isdisjoint(_MACHINES))
    return (looks_so and is_clear) or _is_mail(text, user, domain)


def _is_mail(text: str, first: _Piece, second: _Piece) -> bool:
    return any(
        _MAIL.search(text, low, high) is not None
        for low, high in (
            (max(0, first.start - _AROUND), first.start),
            (first.end, second.start),
            (second.end, second.end + _AROUND // 4),
        )
    )


def _of_pieces(text: str, row: list[_Piece]) -> str | None:
    """The address that these make, which has more than one that stands there whole."""
    said = "".join(piece.said for piece in row).rstrip(".")
    if said.count("@") != 1 or not certain.is_address(said):
        return None
    gaps = [set(piece.between or ()) for piece in row[1:]]
    if (
        not all(gap & leading.ORDER for gap in gaps[:-1])
        or not gaps[-1] & _LAST
        or not any(gap & leading.ORDER for gap in gaps)
    ):
        return None
    is_whole = any(certain.is_address(piece.said.rstrip(".")) for piece in row)
    opens = _OPENS.search(text, max(0, row[0].start - 40), row[0].start) is not None
    return said if opens or not is_whole else None
