"""Numbers of which each digit, and each letter, was moved on by some places or taken from the other end.

Numbers with two checksums are read wherever they stand; others where the text names the cipher: "César", "Atbash", "add one to
each digit", "complement to nine".
"""

import re
from collections.abc import Iterator

from vidocq.detect.detectors.rib import key_holds
from vidocq.filters.views.ciphers import licence
from vidocq.filters.views.ciphers.cut import cut, rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View, letter_by_letter

_NUMBER = r"[0-9](?:[ .\-/\u00a0\u202f]?[0-9A-Z]){8,33}(?![^\W_])"
_CODE = re.compile(rf"(?<![\w+])(?:\+\s?)?(?:[A-Za-z]{{2}}[ -]?)?{_NUMBER}")
_ROW = re.compile(r"(?<![\w+])(?:\+\s?)?[0-9](?:[ ,;|]{1,2}[0-9]){8,33}(?![^\W_])")
_EACH = (
    r"(?:(?:each|every|all|chaque|chacun\w{0,4}|tous|toutes|one|un)\W[^.\n]{0,24}(?:digits?|chiffres?|figures?|characters?|caract[èe]res?)"
    r"|(?:digits|chiffres|figures)\W[^.\n]{0,20}(?:each|all|tous|chacun|toutes))"
)
_CHANGED = (
    r"(?:add\w{0,3}|ajout\w{1,5}|plus|retranch\w{1,5}|soustra\w{1,6}|subtract\w{0,5}|enl[eè]v\w{1,4}|[oô]te[rz]?|retire[rz]?|minus|"
    r"moins|augment\w{1,6}|diminu\w{1,5}|incr[ée]ment\w{0,5}|d[ée]cr[ée]ment\w{0,5}|increas\w{1,4}|decreas\w{1,4}|rais\w{1,4}|"
    r"lower\w{0,3}|d[ée]cal\w{1,5}|shift\w{0,4}|mov\w{1,4}|tourn\w{1,4}|rotat\w{1,4}|avanc\w{1,4}|recul\w{1,4}|[+-]\s?[0-9]\b)"
)
_MOVED = re.compile(
    rf"(?<!\w)(?:c[ée]sar|caesar|rot[ -]?[0-9]{{1,2}}(?!\w)|{_CHANGED}(?!\w)[^.\n]{{0,50}}\b{_EACH}|{_EACH}(?!\w)[^.\n]{{0,40}}(?<!\w){_CHANGED}"
    r"|(?:d[ée]cal\w{1,5}|shift\w{0,4}|moved|avanc\w{1,4}|recul\w{1,4}|rotation)\W[^.\n]{0,40}\b(?:digits?\W|chiffres?\W|lett(?:re|er)s?\W|alphabet|"
    r"mod(?:ulo)?\s10|crans?\W|positions?\W|places?\W)|(?:d[ée]cal\w{1,5}|shift\w{0,4})\s(?:de|by|of|=|:)?\s?[+-]?[0-9]{1,2}(?![\w.,]*\s?(?:h|heures?|hours?|"
    r"jours?|days?|min|minutes?|weeks?|semaines?|mois|months?|%|€)\b))",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"(?<!\w)(?:atbash|compl[ée]ment\w{0,6}\W[^.\n]{0,24}\b(?:9|10|neuf|nine|dix|ten)\b|(?:9|10)['s]{0,2}[- ]compl[ée]ment|nines?'?\scompl"
    r"|(?:9|10)\s?[-−–]\s?(?:[a-z]\b|(?:le\s|the\s)?(?:chiffre|digit))|0\s?(?:↔|<-+>|<=+>|⇔|⟷)\s?9|9\s?(?:↔|<-+>|<=+>|⇔|⟷)\s?0"
    r"|(?:neuf|nine|dix|ten|9|10)\s(?:moins|minus)\b|(?:from|de|à)\s(?:9|nine|neuf|10|ten|dix)\b[^.\n]{0,20}(?:digit|chiffre)"
    r"|(?:mirror\w{0,3}|invers\w{1,3}|revers\w{1,3}|flipp\w{1,3}|retourn\w{1,3})\W[^.\n]{0,20}(?:digits|chiffres|alphabet)|0\s?(?:=|devient|becomes|->|→)\s?9)",
    re.IGNORECASE,
)
_WORDS = frozenset(
    "césar cesar caesar rot atbash complément complement complements complémentaire digit digits chiffre chiffres décalage decalage décalé "  # noqa: SIM905
    "décalée décalés shift shifted shifting alphabet figure caractère character".split()
).union(f"rot{by}" for by in range(1, 48))
_AMOUNT = re.compile(r"(?<![\w.,])[+-]?(?P<said>[0-9]{1,2}|[a-zé]{2,6})(?!\w)", re.IGNORECASE)
_SAID = {
    word: value
    for value, said in enumerate(
        [
            "un une one",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
            "neuf nine",
        ],
        1,
    )
    for word in said.split()
}
_FAR, _LETTERS = 50, 26
_DIGITS, _LOW, _HIGH = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def may_stand(clues: Clues) -> bool:
    return clues.is_numeric and (not _WORDS.isdisjoint(clues.kinds) or "↔" in clues.text)


def near_names(text: str) -> Iterator[View]:
    """What stands near the name of such a cipher, read in each way that it may mean."""
    moved, turned = licence.places(text, _MOVED), licence.places(text, _TURNED)
    if not moved and not turned:
        return
    codes = [code.span() for pattern in (_CODE, _ROW) for code in pattern.finditer(text)]
    held = cut("cut", text, [code for code in sorted(set(codes)) if licence.is_near(*code, [*moved, *turned])])
    if held is None:
        return
    tables = [table for by in _amounts(text, moved, codes) for table in _tables(by)] if moved else []
    said = {held.text}
    for table in (*tables, *(_TURNS if turned else ())):
        read = held.text.translate(table)
        if read not in said:
            said.add(read)
            yield held.then(letter_by_letter("shifted", read))


def _amounts(text: str, named: list[tuple[int, int]], codes: list[tuple[int, int]]) -> list[int]:
    """By how much, either way, where the text says it; else by any."""
    said = set()
    for start, end in named:
        for found in _AMOUNT.finditer(text, start, end + _FAR):
            if not any(first <= found.start() < last for first, last in codes):
                value = found["said"].lower()
                said.add(int(value) if value.isdecimal() else _SAID.get(value, 0))
    amounts = sorted(value for value in said if value % 10 and value < _LETTERS)
    return [way * value for value in amounts for way in (-1, 1)] or list(range(1, _LETTERS))


def _tables(by: int) -> list[dict[int, int]]:
    """Letters and digits moved on, digits alone, letters alone."""
    by, by10 = by % _LETTERS, by % 10
    digits = str.maketrans(_DIGITS, _DIGITS[by10:] + _DIGITS[:by10])
    if by > _LETTERS // 2:  # as backwards by fewer, for either
        by10 = (by - _LETTERS) % 10
        digits = str.maketrans(_DIGITS, _DIGITS[by10:] + _DIGITS[:by10])
    letters = str.maketrans(_LOW + _HIGH, _LOW[by:] + _LOW[:by] + _HIGH[by:] + _HIGH[:by])
    return [letters | digits, digits, letters]


_NINE = str.maketrans(_DIGITS, _DIGITS[::-1])
_TEN = str.maketrans(_DIGITS, "0987654321")
_ENDS = str.maketrans(_LOW + _HIGH, _LOW[::-1] + _HIGH[::-1])
_TURNS = (_ENDS | _NINE, _NINE, _ENDS, _TEN, _ENDS | _TEN)

_ACCOUNT = re.compile(r"(?<![^\W_])(?!FR|MC)[A-Z]{2}[ ]?[0-9]{2}(?:[ -]?[0-9A-Z]){23}(?![^\W_])")
_NIR = re.compile(
    r"(?<![0-9A-Za-z.,])(?<![0-9][ -])(?:[0-9]{15}|[0-9](?P<gap>[ .-])[0-9]{2}(?P=gap)[0-9]{2}(?P=gap)[0-9]{2}(?P=gap)[0-9]{3}(?P=gap)[0-9]{3}"
    r"(?P=gap)[0-9]{2}|[0-9](?P<apart>[ .-])[0-9](?:(?P=apart)[0-9]){13})(?![.,]?[0-9A-Za-z]| [0-9])"
)
"""As one writes it, or digit by digit: others would hold by chance."""
_OWN = 4
"""Digits of which not all are the same."""


def protected(text: str) -> Iterator[View]:
    """French accounts, and numbers of social security, wherever they stand."""
    parts = []
    for found in _ACCOUNT.finditer(text):
        account = _account(re.sub("[ -]", "", found[0]))
        if account is not None:
            parts.append((*found.span(), account))
    for found in _NIR.finditer(text):
        number = _number(re.sub("[ .-]", "", found[0]))
        if number is not None:
            parts.append((*found.span(), number))
    if parts:
        yield rewritten("shifted", sorted(parts))


def may_be_protected(clues: Clues) -> bool:
    return clues.is_numeric


def _account(code: str) -> str | None:
    for land in ("FR", "MC"):
        by = (ord(land[0]) - ord(code[0])) % _LETTERS
        if (ord(land[1]) - ord(code[1])) % _LETTERS == by:
            letters = str.maketrans(_HIGH, _HIGH[by:] + _HIGH[:by])
        elif code[:2].translate(_ENDS) == land:
            letters = _ENDS
        else:
            continue
        for digits in (*shapes.SHIFTS, _TEN):
            read = code.translate(letters | digits)
            if _is_account(read):
                return read
    return None


def _is_account(code: str) -> bool:
    if not code[4:14].isdecimal() or not code[25:].isdecimal():
        return False
    return shapes.is_account(code) and key_holds(code[4:9], code[9:14], code[14:25], code[25:])


def _number(digits: str) -> str | None:
    if len(set(digits)) <= _OWN:
        return None
    for table in (*shapes.SHIFTS[1:], _TEN):
        turned = digits.translate(table)
        read = shapes.protected(turned)
        if read is not None and read == shapes.spaced(turned):
            return read
    return None
