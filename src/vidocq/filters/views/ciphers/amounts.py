"""Digits told by how much of something there is: letters of a word, signs of a group; the text says so."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers import licence
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_LENGTH = re.compile(
    r"(?<!\w)(?:longueurs?|lengths?|nombre\sde\s(?:lettres|caract[èe]res)|number\sof\s(?:letters|characters)|count(?:ing|ed)?\s(?:the\s)?(?:letters|characters)|"
    r"compt\w{1,4}\s(?:les\s)?(?:lettres|caract[èe]res)|(?:combien|how\smany)\s(?:de\s)?(?:lettres|letters)|letters?\s(?:count|per\sword)|lettres\spar\smot|mn[ée]mo\w{1,8})(?!\w)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<!\w)(?:compt\w{1,4}|count\w{0,4}|nombre|number\sof|combien|how\smany|quantit[ée]s?|dots?|points?|chaque\sgroupe|each\sgroup|bâtons|strokes|tally|tallies)(?!\w)",
    re.IGNORECASE,
)
_OF_LENGTHS = frozenset(
    [
        "longueur",
        "longueurs",
        "length",
        "lengths",
        "lettres",
        "letters",
        "caractères",
        "characters",
        "mnemonic",
        "mnémotechnique",
    ]
)
_OF_COUNTS = frozenset(
    [
        "compte",
        "comptez",
        "compter",
        "comptant",
        "count",
        "counts",
        "counting",
        "counted",
        "nombre",
        "number",
        "combien",
        "many",
        "quantité",
    ]
)
_WORD = r"[^\W\d_]{1,10}(?:['’][^\W\d_]{1,9})?"
_WORDS = re.compile(
    rf"(?<!\w)(?<![\w'’]['’]){_WORD}(?P<gap>[ ,/|-]{{1,3}}|\n){_WORD}(?:(?P=gap){_WORD}){{8,44}}+(?!\w)"
)
_EACH_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LENGTHS = (10, 15, 16)
"""Of numbers after which a row may go on."""
_SIGN = r"(?:[^\w\s\[\](){},;:|/.=<>→⇒↔«»\"'`–—-]|[*xXoO]+(?![^\W_]))"
_NONE = r"(?:∅|Ø|ø|0|⌀|—|–|-|_|\(\s?\)|\[\s?\]|\{\s?\}|rien|none|vide|empty|nothing|z[ée]ro)"
_GROUPS = re.compile(
    rf"(?<![^\s:>(\[«\"'`])(?:\+\s?)?(?:(?:{_SIGN}|{_NONE})\ufe0f?|[\s|,;/·\[\](){{}}\"'«»-]{{1,4}}){{9,400}}+"
)
_PARTINGS = ("|", ";", ",", "/", "\n", None)
_IS_NONE = re.compile(_NONE, re.IGNORECASE)
_AFTER = " \n|,;/·\"'«»"
_AROUND, _VARIANT = "[](){}\"'«» ", "\ufe0f"
_FEWEST = 9


def may_be_words(clues: Clues) -> bool:
    return not _OF_LENGTHS.isdisjoint(clues.kinds)


def may_be_groups(clues: Clues) -> bool:
    return not _OF_COUNTS.isdisjoint(clues.kinds)


def lengths(text: str) -> Iterator[View]:
    """Rows of words that are no longer than ten letters, by their lengths."""
    named = licence.places(text, _LENGTH)
    parts = []
    for row in _WORDS.finditer(text) if named else ():
        if licence.is_near(*row.span(), named):
            said = [str(sum(map(str.isalpha, word)) % 10) for word in _EACH_WORD.findall(row[0])]
            parts += [
                (*row.span(), "".join(said[:length])) for length in (*_LENGTHS, len(said)) if length <= len(said)
            ]
    if parts:
        yield rewritten("lengths", parts)


def groups(text: str) -> Iterator[View]:
    """Rows of groups of one sign, by how many it has."""
    named = licence.places(text, _COUNT)
    parts = []
    for row in _GROUPS.finditer(text) if named else ():
        said = _counted(row[0].lstrip("+ "))
        end = row.start() + len(row[0].rstrip(_AFTER))
        if licence.is_near(*row.span(), named) and len(said) >= _FEWEST and len(set(said)) > 2:
            parts.append((row.start(), end, ("+" if row[0].startswith("+") else "") + said))
    if parts:
        yield rewritten("groups", parts)


def _counted(row: str) -> str:
    """How many of its sign each group has, from where they begin to be groups; it ends with the first that is none."""
    parting = next(sign for sign in _PARTINGS if sign is None or sign in row)
    said = ""
    for group in row.strip(_AFTER).split(parting):
        bare = group.strip().replace(_VARIANT, "")
        signs = bare.strip(_AROUND).replace(" ", "")
        if not signs or _IS_NONE.fullmatch(bare) or _IS_NONE.fullmatch(signs):
            said += "0"
        elif len(set(signs)) == 1 and len(signs) < 10:
            said += str(len(signs))
        else:
            break
    return said
