"""Parts that are counted: "a) 06 b) 12", "Étape 1 : 06", "| 1 | 06 |", "premier : 06"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
COUNTED = {
    word: value
    for value, said in enumerate(
        (
            "premier première premiere first", "deuxième deuxieme second seconde second", "troisième troisieme third",
            "quatrième quatrieme fourth", "cinquième cinquieme fifth", "sixième sixieme sixth", "septième septieme seventh",
            "huitième huitieme eighth", "neuvième neuvieme ninth", "dixième dixieme tenth", "onzième onzieme eleventh",
            "douzième douzieme twelfth",
        ),
        start=1,
    )
    for word in said.split()
}  # fmt: skip
"""Words for places: "premier" is 1."""
_LABEL = re.compile(
    r"(?<![^\W_])(?:(?:[ée]tape|step|parti?e?|bloc|block|groupe?|num[ée]ro|num|n°|no|piece|pi[èe]ce|morceau|segment|"
    r"chiffres?|digits?|ligne|line|item|chunk|the|le|la|les)[ \t._-]{0,2}){0,2}[#(\[*]{0,3}"
    rf"(?P<count>[0-9]{{1,2}}|[a-z](?![a-z0-9])|[ivx]{{1,5}}(?![a-z0-9])|(?:{'|'.join(COUNTED)})(?!\w))"
    r"(?:er|re|e|ème|eme|st|nd|rd|th)?[ \t]?[)\]*\"']{0,3}[ \t]?"
    r"(?:(?:parti?e?|bloc|block|groupe?|pi[èe]ce|chiffres?|digits?)[ \t]?)?[:.)=|,;\]>–—-]{1,2}[ \t*\[\"'(]{0,4}(?=[\w@+])"
    r"|(?<=[\n{, ])[\"']?(?:[a-z]{1,8}_?)?(?P<key>[0-9]{1,2}|(?<=[a-z_])[a-z])[\"']?[ \t]?[:=][ \t]?",
    re.IGNORECASE,
)
_FEWEST = 3
"""Labels in a row that count on by one, from which on they are left out."""


def unlabelled(text: str) -> View | None:
    """The text without labels that count."""
    return replaced("labels", text, ((start, end, "") for start, end in sorted(_counted(text))))


def _counted(text: str) -> Iterator[tuple[int, int]]:
    """Labels of rows that count on by one, of each way of counting by itself."""
    rows: dict[str, list[tuple[int, int, int]]] = {}
    done: list[tuple[int, int]] = []
    for label in _LABEL.finditer(text):
        for way, value in _values((label["count"] or label["key"]).lower()):
            row = rows.setdefault(way, [])
            if row and value != row[-1][2] + 1:
                done += _long(row)
                row.clear()
            if row or value in (0, 1):
                row.append((label.start(), label.end(), value))
    for row in rows.values():
        done += _long(row)
    reached = 0
    for start, end in sorted(set(done)):
        if start >= reached:
            yield start - (reached > 0 and text[start - 1] == " " and start > reached), end
            reached = end


def _long(row: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in row] if len(row) >= _FEWEST else []


def _values(count: str) -> Iterator[tuple[str, int]]:
    if count.isdecimal():
        yield "number", int(count)
    if count in COUNTED:
        yield "word", COUNTED[count]
    if count in _ROMAN:
        yield "roman", _ROMAN.index(count) + 1
    if len(count) == 1 and "a" <= count <= "z":
        yield "letter", ord(count) - 96
