"""Addresses in which digits and signs stand for the letters they look like, in the "at" and the last label too: "m4n0n(4t)3x3mpl3.10", "m4n0n at 3x3mpl3.c0m"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.signs.domains import ENDS
from vidocq.filters.views.view import View, replaced

_FORMS = {"a": "4", "b": "8", "e": "3", "g": "69", "i": "1!", "l": "1|", "o": "0", "s": "5$", "t": "7", "z": "2"}
_PLAIN = str.maketrans("4836910!57|$2", "abegilo!stlsz") | {ord("!"): "i"}
_ENDS = {end: "".join(f"[{sign}{re.escape(_FORMS.get(sign, ''))}]" for sign in end) for end in ENDS}
_TOP = "|".join(f"(?:{_ENDS[end]})" for end in sorted(ENDS, key=lambda end: (-len(end), end)))
_OPEN, _SHUT = r"\s?[(\[{<_*-]{1,2}\s?", r"\s?[)\]}>_*-]{1,2}\s?"
_AT_WORDS = r"[a4][t7]?|@|[a4]r{1,2}[o0]b[a4][s5][e3]|[a4]r{1,2}[o0]b[a4]"
_DOT_WORDS = r"d[o0][t7]|p[o0][i1]n[t7]|\."
_AT = rf"(?:\s?@\s?|{_OPEN}(?:{_AT_WORDS}){_SHUT}|\s(?:4t|a7|47|4r{{1,2}}[o0]b[a4][s5][e3]|arr?0b[a4][s5][e3]|[a4]rr?[o0]ba5[e3]|(?P<plain>at|chez|arr?obase|arobas))\s)"
_SAID_DOT = rf"(?:\s?[(\[{{<]\s?(?:{_DOT_WORDS})\s?[)\]}}>]\s?|\s(?:{_DOT_WORDS})\s)"
_DOT = rf"(?:\.|{_SAID_DOT})"
_ADDRESS = re.compile(
    rf"(?<![\w@.+-])(?P<user>[\w$!|](?:[\w.+!$|-]|@(?=[\w.+!$|-]{{1,40}}@)|{_SAID_DOT}(?=\w)){{1,63}}?)(?P<at>{_AT})(?P<domain>[\w$!|][\w!$|-]{{1,40}}(?:{_DOT}[\w!$|-]{{1,40}}){{0,3}}?)"
    rf"{_DOT}(?P<top>{_TOP})(?![\w@])(?!{_SAID_DOT}(?:{_TOP}))",
    re.IGNORECASE,
)
_SIGN = re.compile(_DOT, re.IGNORECASE)
_SAID = re.compile(_SAID_DOT, re.IGNORECASE)
_DRAWN = re.compile(r"\w[!$|]+\w")
_SECOND = re.compile(r"c[o0]m?|[o0]r[g69]", re.IGNORECASE)
_MIXED = re.compile(r"[a-z][0-9]+[a-z]|[0-9][a-z]+[0-9]", re.IGNORECASE)
_SHORT, _LONG = 3, 5
"""Characters of the shortest name of a domain that is looked at, and of one wholly in digits, where the user is in leet."""
_DIGIT = re.compile("[0-9]")
_SURE = 3
"""Digits from which on words around "at" are taken for letters that were exchanged."""
_LETTER = re.compile(r"[A-Za-z]")


def unlooked(text: str) -> View | None:
    """Such addresses in plain letters; those that stand there whole are left."""
    return replaced("leet address", text, _addresses(text))


def may_stand(text: str) -> bool:
    return _MAY.search(text) is not None


_MAY = re.compile(
    r"[\w)\]] ?@ ?(?=[\w$!|])(?=.{0,80}[0-9]|[\w.-]{0,40}[!$|])|[0-9!$|][\w.+!$|@-]{0,40}@[\w!$|]|[(\[{<_*\s-](?:4t?|a7|47)[)\]}>_*\s-]|[a4]rr?[o0]b[a4][s5]|[0-9][\w.+!$|-]* (?:at|chez) (?=[\w$!|])",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _ADDRESS.finditer(text):
        user, domain, top = found["user"], found["domain"], found["top"].lower()
        digits = len(_DIGIT.findall(found[0]))
        is_said = _SAID.search(found[0]) is not None or _DRAWN.search(found[0]) is not None
        if top in ENDS and found["at"].strip() == "@" and " " not in found[0] and not is_said:
            continue
        if found["plain"] is not None and ((top in ENDS and not is_said) or digits < _SURE):
            continue
        if found["plain"] is not None and top.isdecimal() and _MIXED.search(user) is None:
            continue
        labels = _SIGN.split(domain)
        last = labels[-2] if len(labels) > 1 and _SECOND.fullmatch(labels[-1]) is not None else labels[-1]
        if len(last) < _SHORT or not any(map(str.isdecimal, user + domain)):
            continue
        if _LETTER.search(last) is None and (len(last) < _LONG or _MIXED.search(user) is None):
            continue
        if _LETTER.search(user) is None and not any(map(str.isdecimal, last)):
            continue
        end = next(end for end, pattern in _ENDS.items() if re.fullmatch(pattern, top))
        yield found.start(), found.end(), f"{_plain(user.replace('@', 'a'))}@{_plain(domain)}.{end}"


def _plain(said: str) -> str:
    return _SIGN.sub(".", said).translate(_PLAIN)
