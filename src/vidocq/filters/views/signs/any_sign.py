"""Addresses whose signs are drawn or said in any way: found from their end, a domain known by its last label, backwards.

Whatever stands between a domain and what looks like a user's name may be meant for the @: the less it looks like one, the more the
name has to look like a name. The text is turned round, so that each pattern begins where the domain ends.
"""

import re
from collections.abc import Iterator
from functools import cache

from vidocq.detect.names.words import folded, listed
from vidocq.filters.views.signs.domains import ANY, ENDS
from vidocq.filters.views.view import View, apart, replaced

_DOT = "dot dott d0t point poin p0int pt punto ponto punkt punt punct period full\\ stop fullstop"
_DASH = "tiret dash hyphen minus moins trait\\ d'union guion"
_LOW = "underscore underline tiret\\ bas sous-tiret"
_NAMED_SIGNS = (
    "arobase arrobase arobas arrobas arobace arobasse arrobe arob aroba arroba arobaz ampersat strudel at-sign atsign at\\ sign signe\\ at sign\\ at at-symbol at\\ symbol "
    "symbole\\ at symbole\\ arobase signe\\ arobase et\\ commercial a\\ commercial a-commercial esperluette ampersand chiocciola "
    "klammeraffe snabel-a apenstaartje escargot a\\ enroulé a\\ enroule a\\ rond a\\ entouré à\\ commercial alt\\ sign +AEA-"
)
_SHORT_SIGNS = "at att 4t chez a @ arob aro arroba arobase"
_WORD_SIGNS = "at att 4t @t chez sur on over\\ at hosted\\ at hosted\\ by hébergé\\ chez hébergée\\ chez à a"


def _turned(words: str) -> str:
    """Alternatives of a pattern for these words from their last letter to their first, the longer ones first."""
    held = [word.replace("\0", " ")[::-1] for word in words.replace("\\ ", "\0").split()]
    return "|".join(re.escape(word) for word in sorted(held, key=len, reverse=True))


_SIGN = r"[^\w\s]"
_ODD = (
    r"[^\x00-\xbf\w\s\u00d7\u00f7\u2010-\u2027\u2030-\u203a\u2190-\u21ff\u0300-\u036f\ufe0e\ufe0f\u200b-\u200f\u2060]"
)
"""A sign that is neither of ASCII, nor of punctuation, nor an arrow."""
_POINT = rf"(?:\s?{_SIGN}{{0,2}}\s?(?:{_turned(_DOT)})\s?{_SIGN}{{0,2}}\s?|\s?{_SIGN}{{1,3}}\s?)"
_LABEL = rf"[^\W_](?:[^\W_]|-(?!-)|\s(?:{_turned(_DASH)})\s){{1,40}}+"
_DOMAIN = rf"(?P<domain>(?P<dot>{_POINT})(?:{_LABEL}(?:\.|(?P=dot))){{0,2}}{_LABEL})"
_USER = rf"(?P<user>[\w+](?:[\w+.-]|\s(?:{_turned(f'{_DOT} {_DASH} {_LOW}')})\s(?=\w)){{1,63}}+)(?![@\w])"
_AT = (
    rf"(?P<named>\s?{_SIGN}{{0,3}}\s?(?:{_turned(_NAMED_SIGNS)})\s?{_SIGN}{{0,3}}\s?)"
    rf"|(?P<wrapped>\s?[\])}}>*_/|:;\"'»~=-]{{1,3}}\s?(?:{_turned(_SHORT_SIGNS)})\s?[\[({{<*_/|:&\"'«~=-]{{1,3}}\s?)"
    r"|(?P<filled>\s\w{1,6}\s@\s\w{1,6}\s)"
    rf"|(?P<drawn>\s?(?:{_ODD}\ufe0f?){{1,4}}\s?)"
    r"|(?P<several>\s?@[\s@\u200b]{0,4})"
    r"|(?P<ascii>\s?[#$%&*!^~|§€£¤¨+]{1,2}\s?)"
    rf"|(?P<said>\s(?:{_turned(_WORD_SIGNS)})\s)"
)
_BACK = re.compile(rf"{_DOMAIN}(?:{_AT}){_USER}", re.IGNORECASE)
_APART = [
    re.compile(
        rf"{_DOMAIN}(?P<apart>[^\w@/.-]{{1,12}}(?:[^\W_]{{1,14}}[^\w@/.-]{{1,6}}){{{words}}}){_USER}", re.IGNORECASE
    )
    for words in range(8)
]
"""With so many words between the two."""
_FAR = 4
_CLOSE, _FURTHER = re.compile(r"[._0-9]|\w-\w|\w{9}"), re.compile(r"\w[._-]\w")
_GLUED = re.compile(
    r"(?:(?:\.|TOD)(?P<capital>(?-i:(?:[a-z0-9.-]|TOD){2,40}?))(?-i:TA)"
    rf"|(?:{_turned('dot point punto')})(?P<label>[a-z0-9-]{{2,40}}?)(?:{_turned('arobase arroba arobas at')}))"
    r"(?P<user>[\w.+-]{3,64})(?![@\w])",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?:\.(?P<top>{ANY})"
    rf"|(?:{_SIGN}\s?|(?:{'|'.join(re.escape(word) for word in _DOT.replace(chr(92) + ' ', ' ').split())})\s?{_SIGN}{{0,2}}\s?)"
    r"(?P<clear>fr|com|org|net|eu|io|edu|uk|ch|me(?!\s\w)|be(?!\s\w)|tech))(?![\w-])(?!\.\w)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"\s?(?:(?P<low>{_turned(_LOW)})|(?P<dash>{_turned(_DASH)}))\s?|(?P<point>{_POINT})", re.IGNORECASE
)
_FILE_ENDS = "md txt py js json html htm php pdf csv toml yaml yml xml css sh exe zip png jpg docx xlsx"
_FILES = frozenset(_FILE_ENDS.split())
_CLEAR = frozenset(
    ["fr", "com", "org", "net", "eu", "io", "edu", "uk", "ch", "gouv", "lu", "nl", "pt", "tech", "bzh"]
)
_WORDS_TOO = ENDS - _CLEAR
_GLUED_END = re.compile(r"(?:dot|point|punto)(?:fr|com|org|net|me|uk)\b")
_TOGETHER = 12
"""Letters from which on a word may be a first name and a surname run together."""


def may_end(text: str, words: frozenset[str]) -> bool:
    """Whether a domain may end in a text of these words, in lower case: told quickly."""
    if not words.isdisjoint(_CLEAR):
        return True
    low = text.lower()
    return any(f".{word}" in low for word in words & _WORDS_TOO) or _GLUED_END.search(low) is not None


def signs(text: str) -> View | None:
    """Each address as one writes it."""
    ends = list(_END.finditer(text))
    if not ends:
        return None
    turned = text[::-1]
    return replaced("any sign", text, apart(_found(text, turned, ends)))


def _found(text: str, turned: str, ends: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    length = len(text)
    for end in ends:
        last = end["top"] or end["clear"]
        top = length - end.end() + len(last)
        found = _signed(turned, top)
        if found is not None:
            domain = _written(found["domain"])[::-1] + last
            yield length - found.end(), end.end(), f"{_user(found['user'])}@{domain.lstrip('.')}"
            continue
        found = _GLUED.match(turned, top)
        if found is not None and (found["capital"] is not None or len(found["user"]) > _TOGETHER // 2):
            label = found["label"] or found["capital"]
            yield length - found.end(), end.end(), f"{_user(found['user'])}@{label[::-1].replace('DOT', '.')}.{last}"


def _signed(turned: str, top: int) -> re.Match[str] | None:
    """The domain that ends here, a sign, and what looks as much like a user's name as that sign asks for."""
    found = _BACK.match(turned, top)
    if found is not None and _means(found):
        return found
    for words, pattern in enumerate(_APART):
        found = pattern.match(turned, top)
        if found is None:
            continue
        user = found["user"][::-1]
        looks = _CLOSE if words < _FAR else _FURTHER
        if user.islower() and _is_named(user) and looks.search(user) is not None:
            return found
    return None


def _means(found: re.Match[str]) -> bool:
    user = found["user"][::-1]
    if found["several"] is not None:
        return found["several"] != "@" or found["dot"] != "."  # else it stands there as it is
    if found["named"] is not None or found["wrapped"] is not None:
        return True
    if found["drawn"] is not None:
        return found["drawn"].strip() != found["drawn"] or _like_user(user) or len(user) >= _TOGETHER // 2
    return _like_user(user)


def _like_user(user: str) -> bool:
    """Whether it has the signs of a user's name: a point between words, digits at its end, a first name or a surname in it."""
    parts = re.split(r"[._]", user)
    if parts[-1].lower() in _FILES:
        return False
    if len(parts) > 1 and all(part[:1].isalpha() and len(part) > 1 for part in parts):
        return True
    return re.search(r"[A-Za-z]{4}[0-9]{2,4}$", user) is not None or _is_named(user)


def _is_named(user: str) -> bool:
    bare = folded(user.lower())
    parts = re.findall("[a-z]+", bare)
    if len(parts) > 1 and any(len(part) > 2 and part in _names() for part in parts):
        return True
    longest = max(parts, key=len, default="")
    if len(longest) > 5 and longest[1:] in _names():  # an initial and a surname
        return True
    return len(longest) >= 8 and any(longest[:size] in _names() for size in range(4, len(longest) - 2))


@cache
def _names() -> frozenset[str]:
    """Without accents, in lower case."""
    return frozenset(folded(name).lower() for name in listed("first_names") | listed("surnames"))


def _user(turned: str) -> str:
    return re.sub(r"\s", "", _written(turned)[::-1])


def _written(turned: str) -> str:
    """Signs in words, or drawn, as the signs; a lone hyphen or point of the name stays."""

    def sign(found: re.Match[str]) -> str:
        if found["low"] is not None or found[0] == "_":
            return "_"
        return "-" if found["dash"] is not None or found[0] == "-" else "+" if found[0] == "+" else "."

    return _INSIDE.sub(sign, turned)
