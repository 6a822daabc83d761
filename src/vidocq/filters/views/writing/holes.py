"""Values with a part left out that the text gives beside them: "075XX21974, où XX vaut 09"; and with a word put in that it
asks to take out: "07005REMOVE72542 (remove every REMOVE)"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_SIGNS = "XYZABN_?#*•…"
_HOLE = (
    rf"(?P<hole>(?:(?<=[0-9])|(?<=[0-9] )|(?<=[\w.]))([{_SIGNS}])\2{{0,11}}(?=[\w@.,;)\]]| [0-9]|$)"
    r"|(?<=[0-9] )([XYZABN_?#*•…])\3{1,11}|\[[\w ?]{1,12}\]|<[\w ?]{1,12}>|\{[\w ?]{1,12}\}|_[A-Z]{1,8}_)"
)
_ONE = re.compile(_HOLE)
_HOLED = re.compile(rf"(?<=[\w.@+ ]){_HOLE}")
_IS = (
    r"(?:vaut|valent|repr[ée]sentent?|correspond(?:ent)?\s[àa]|d[ée]signent?|remplacent?|est|sont|=|:|->|→|stands?\s+for|is|are|equals?|"
    r"means?|represents?|replaces?|by|par|with|avec|signifie(?:nt)?|remplac[ée]e?s?|replaced|being|[ée]tant)"
)
_GIVEN = r"[\"'`«“]?\s?(?P<given>[\w@.+-]{1,24}?)(?=[\"'`»”]?(?:[\s,;)»\]]|[.!](?:\s|$)|$))"
_REST = re.compile(r"(?:[\w@+?#*•…$-]|\.(?=\w)|[\[<{][\w ?]{1,12}[\]>}]|[ .](?=[0-9XYZ_?#*•\[]))*")
_FARTHEST = 120
_UPPER = re.compile(
    r"(?<=[\w@.+-])(?:[A-Z]{4,16}|[A-Z]{2,10}_[A-Z]{2,10})(?=[0-9@.+-])|(?<=[0-9@.])[A-Z]{4,16}(?=[\w@.])"
)
_TAKE_OUT = re.compile(
    r"(?:remove|delete|strip|drop|ignore|omit|skip|without|take out|taking out|removing|retire[rz]?|supprime[rz]?|enl[èe]ve[rz]?|"
    r"enlever|[ôo]te[rz]?|efface[rz]?|ignore[rz]?|sans|omets|omette[rz]?)\s"
    r"(?:(?:every|each|all|any|the|chaque|tous|toutes|tout|les|le|la|words?|mots?|letters?|lettres?|occurrences?|of|de|des|fois|signs?|signes?)\s){0,4}"
    r"(?:[\"'`«“]\s?(?P<quoted>[^\"'`»”\n]{1,16}?)\s?[\"'`»”]|(?P<bare>(?-i:[A-Z]{3,16}|[a-z](?!\w))|[^\w\s]))",
    re.IGNORECASE,
)
_MAY_STAND = re.compile(
    r"\b(?:vaut|valent|stands?|remplace|replace|repr[ée]sente|represents?|remove|delete|strip|drop|ignore|omit|skip|without|retire|"
    r"supprime|enl[èe]ve|[ôo]te|efface|sans|correspond|equals?|where|o[ùu]|avec|with)"
    r"|(?<![^\W_])(?:[A-Z]{1,6}|[?#*•_]{1,6})\s?[=:→]",
    re.IGNORECASE,
)
"""Without these words nothing is given."""


_GLUED = re.compile(r"[0-9][A-Z]{4}")
_WORDS = (
    "remov", "delete", "strip", "drop", "ignore", "omit", "omet", "skip", "without", "take out", "taking out", "retire", "supprim",
    "enl", "ôte", "ote", "efface", "sans",
)  # fmt: skip


def may_be_filled(text: str) -> bool:
    return _HOLED.search(text) is not None and _MAY_STAND.search(text) is not None


def filled(text: str) -> View | None:
    """Each value with what the text says stands in its hole."""
    return replaced("filled", text, _fillings(text))


def cleared(text: str) -> View | None:
    """Without what the text asks to take out, or a word in capitals between digits or around an @."""
    places = list(_taken_out(text))
    if not places and ("@" in text or _GLUED.search(text) is not None):
        places = [(found.start(), found.end(), "") for found in _UPPER.finditer(text)]
    return replaced("cleared", text, places)


def _fillings(text: str) -> Iterator[tuple[int, int, str]]:
    """From the first hole of a value to what was said of the last one: the rest of the value, with its holes filled."""
    reached = 0
    for value in _HOLED.finditer(text):
        start, end = value.span("hole")
        if start < reached:
            continue
        tail = _REST.match(text, end)
        stop = tail.end() if tail is not None else end
        first, after = max(0, start - 2), end
        rest, at = text[first:stop], start - first
        while (hole := _ONE.search(rest, at)) is not None:
            given = _given(text, hole["hole"], stop)
            if given is None:
                break
            filling = given["given"].rstrip(".")
            rest = rest[: hole.start()] + filling + rest[hole.end() :]
            at = hole.start() + len(filling)  # what was put in is no hole, whatever its signs
            after = max(after, given.end("given"))
        if after > stop:
            yield start, after, rest[start - first :]
            reached = after


def _given(text: str, hole: str, start: int) -> re.Match[str] | None:
    """What the text says stands there."""
    named = rf"(?<![^\W_]){re.escape(hole)}[\"'`»”]?\s?{_IS}\s{{0,2}}{_GIVEN}"
    return re.compile(named, re.IGNORECASE).search(text, start, start + _FARTHEST)


def _taken_out(text: str) -> Iterator[tuple[int, int, str]]:
    low = text.lower()
    if not any(word in low for word in _WORDS):
        return
    for asked in _TAKE_OUT.finditer(text):
        out = asked["quoted"] or asked["bare"]
        begin = max(0, asked.start() - _FARTHEST)
        places = [found.span() for found in re.finditer(re.escape(out), text[begin : asked.start()])]
        if len(out) > 1 or len(places) > 1:
            yield from ((begin + start, begin + end, "") for start, end in places)
            return
