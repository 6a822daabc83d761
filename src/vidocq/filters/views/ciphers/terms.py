"""Digits given as the results of small sums: "7-2; 4+1; 6-2", "sept moins deux, trois plus un", "twice two"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers import licence, of_two
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_SAID = {
    word: value
    for value, said in enumerate(
        (
            "zéro zero", "un une one", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven", "huit eight",
            "neuf nine", "dix ten", "onze eleven", "douze twelve", "treize thirteen", "quatorze fourteen", "quinze fifteen",
            "seize sixteen", "dix-sept seventeen", "dix-huit eighteen", "dix-neuf nineteen", "vingt twenty",
        )
    )
    for word in said.split()
}  # fmt: skip
_N = rf"(?:[0-9]{{1,3}}|(?:{'|'.join(sorted(_SAID, key=len, reverse=True))})(?![^\W_]))"
_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "x": "*", "·": "*", "÷": "/", "/": "/"}
_WORDS = {
    "plus": "+", "moins": "-", "minus": "-", "less": "-", "ôté de": "~", "fois": "*", "times": "*",
    "multiplié par": "*", "multiplied by": "*", "divisé par": "/", "divided by": "/", "added to": "+", "ajouté à": "+",
    "from": "~", "over": "/",
}  # fmt: skip
_OP = rf"(?:\s?[+*×x·÷/−–-]\s?|\s(?:{'|'.join(_WORDS)})\s)"
_TIMES = {
    "twice": (2, 1), "deux fois": (2, 1), "double": (2, 1), "triple": (3, 1), "thrice": (3, 1), "half": (1, 2), "moitié": (1, 2),
    "tiers": (1, 3), "third": (1, 3), "quarter": (1, 4), "quart": (1, 4),
}  # fmt: skip
_OF = rf"(?:(?:the|le|la|un)\s)?(?:{'|'.join(_TIMES)})\s(?:(?:of|de)\s)?{_N}"
_TERM = rf"(?>{_OF}|{_N}(?:{_OP}{_N}){{1,3}}+)"
_GAP = (
    r"(?>[)\]\"'`»]{0,2}\s?(?:=\s?[?_…]{0,3})?[\s,;|.:(\[\"'`«→>·&]{1,8}(?:[-*•–]\s)?"
    r"(?:(?:[0-9]{1,2}[.):]|puis|then|ensuite|next|et|and|suivi\sde|followed\sby)\s{1,2}[(\[\"'`]{0,2}){0,2})"
)
_ROW = re.compile(
    rf"(?<![\w.,+])(?P<plus>\+\W{{1,3}})?{_TERM}(?:{_GAP}(?:{_TERM}|[0-9](?![\w.,]?\w))){{8,40}}+", re.IGNORECASE
)
_ONE = re.compile(rf"(?P<times>{_OF})|(?P<sum>{_N}(?:{_OP}{_N}){{1,3}})|(?P<said>[0-9](?![0-9]))", re.IGNORECASE)
_PART = re.compile(rf"(?P<n>{_N})|(?P<op>{'|'.join(_WORDS)}|[+*×x·÷/−–-])", re.IGNORECASE)
_WORDED = re.compile(r"[a-z]{3}", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|(?<=\s))[0-9]{1,2}[.):]\s")
_NAMED = re.compile(
    r"(?<!\w)(?:each|every|chaque|chiffres?|digits?|calcul\w{0,5}|soustra\w{1,7}|addition\w{0,6}|subtract\w{0,5}|diff[ée]ren\w{1,4}|sums?|sommes?|"
    r"op[ée]ration\w{0,2}|arithm\w{1,8}|comput\w{1,4}|solve|maths?|"
    r"t[ée]l[ée]phon\w{0,4}|(?:tele)?phone|portable|mobile|ligne directe|direct line|r?appel(?:er|le|ez)|joindre|voicemail|r[ée]pondeur)(?!\w)",
    re.IGNORECASE,
)
_OF_SUMS = frozenset(
    [
        "plus",
        "moins",
        "minus",
        "fois",
        "times",
        "twice",
        "double",
        "half",
        "moitié",
        "triple",
        "thrice",
        "less",
        "multiplié",
        "divisé",
        "multiplied",
        "divided",
    ]
)
_PAIR = re.compile(r"[0-9]\s?[+*×x·÷/:−–-]\s?[0-9]")
_FEWEST = 6


def may_stand(clues: Clues) -> bool:
    return (clues.digits >= 12 and len(_PAIR.findall(clues.text)) >= _FEWEST) or clues.count(_OF_SUMS) >= _FEWEST


def solved(text: str) -> Iterator[View]:
    """Each row of terms as the digits that they give, up to the first that gives none."""
    rows = [*of_two.rows(text)]
    for row in _ROW.finditer(text):
        said, end = _digits(text, row)
        rows.append((row.start(), end, of_two.written(said, has_plus=bool(row["plus"])), row[0]))
    parts = [
        (start, end, said)
        for start, end, said, row_said in rows
        if len(said) > 8
        and (
            _WORDED.search(row_said) is not None
            or of_two.is_calculated(row_said, said)
            or licence.is_near(start, end, licence.places(text, _NAMED))
        )
    ]
    if parts:
        yield rewritten("terms", parts)


def _digits(text: str, row: re.Match[str]) -> tuple[str, int]:
    said, at, end = "", row.end("plus") if row["plus"] else row.start(), row.start()
    while at < row.end():
        one = _ONE.match(text, at, row.end())
        label = _LABEL.match(text, at, row.end())
        if label is not None:
            at = label.end()
            continue
        if one is None:
            at += 1
            while at < row.end() and text[at - 1].isalpha() and text[at].isalpha():
                at += 1
            continue
        value = _value(one)
        if value is None or not 0 <= value <= 9:
            break
        said += str(value)
        at = end = one.end()
    return said, end


def _value(one: re.Match[str]) -> int | None:
    if one["said"]:
        return int(one["said"])
    parts = [(part["n"], part["op"]) for part in _PART.finditer(one[0])]
    if one["times"]:
        over, under = next(ratio for word, ratio in _TIMES.items() if word in one[0].lower())
        last = _number(parts[-1][0])
        return over * last // under if last * over % under == 0 else None
    value = _number(parts[0][0])
    for (_, op), (number, _) in zip(parts[1::2], parts[2::2], strict=False):
        sign, other = _SIGNS.get(op.lower()) or _WORDS[op.lower()], _number(number)
        if sign == "/" and (not other or value % other):
            return None
        value = {"+": value + other, "-": value - other, "*": value * other, "~": other - value}.get(
            sign, value // (other or 1)
        )
    return value


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else _SAID[said.lower()]
