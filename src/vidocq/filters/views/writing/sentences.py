"""Pieces of one value that words lead from one to the next: "first «l.dial»; next «lon@», and it ends with «mail.fr»".

Between two pieces stand only words that lead on, and signs. What they make has to be an address, or a number that its check digits
hold; a telephone number, where both its beginning and its end are told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vidocq.filters.views import leading
from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View, apart
from vidocq.filters.views.view import replaced as put

_TOKEN = re.compile(r"[\w@.+-]+")
_LEADS_ON = frozenset(
    "accolez achève adding an arrives attach attached au-delà bit bits ceci closes clôture collez débutez démarrez finished finissez glue half "  # noqa: SIM905
    "halves head leur lit m moitié moitiés n opening opens poursuit stick tail takes their".split()
)
"""Besides those that lead on in any telling."""
_BEGINS = re.compile(
    r"\b(?:d['’]abord|au\sd[ée]but|d[ée]but|commen|d[ée]bute|d[ée]marre|premi[eè]re?|en\st[êe]te|first|start|begin|open)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:fin(?:ir|it|is|al)?|enfin|termin|derni[eè]re?|ach[eè]v|conclu|cl[oô]t|en\squeue|finish|final|last|end|clos|conclud)",
    re.IGNORECASE,
)
_FIRST = frozenset(
    "first abord début debut commence commencent commencez commençant commençons débute débutez débutant démarre démarrez premier premiers "  # noqa: SIM905
    "première premières tête start starts starting begin begins beginning open opens opening".split()
)
_LATER = frozenset(
    "last lastly finally final end ends ending finish finishes finishing fin finit finir finissez finissant finalement enfin termine "  # noqa: SIM905
    "terminer terminez terminons terminant dernier derniers dernière dernières achève conclut conclude concludes clôt clôture close closes "
    "closing then next after followed puis ensuite suivi suivie suivis vient viennent ajoute ajoutez add append".split()
)
"""Without one of either, no text is looked through."""
_OPENS, _CLOSES = frozenset("«“\"'`*‘(["), frozenset("»”\"'`*’)]")
_GAP = re.compile(r"[\s\w,;:.…«»“”\"'`‘’()\[\]*–—→>+-]{1,72}")
_CODE = re.compile(r"[0-9A-Z]+")
_SPACES = frozenset([" ", "\u00a0", "\u202f"])
_BEFORE, _LONGEST, _MOST = 44, 48, 10
"""Characters before the first piece in which its beginning is told, those of a piece, and pieces of one value."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """said  without the stop of a sentence.   is_quoted  whether signs open and close around it.   is_begun, is_last  so it is told."""

    said: str
    start: int
    end: int
    is_quoted: bool
    is_begun: bool
    is_last: bool


def may_stand(clues: Clues) -> bool:
    return (
        (clues.is_numeric or clues.has_sign)
        and not _FIRST.isdisjoint(clues.kinds)
        and not _LATER.isdisjoint(clues.kinds)
    )


def together(text: str) -> View | None:
    """Each such value in one, where its pieces stand."""
    return put("told", text, apart(_values(text)))


def _values(text: str) -> Iterator[tuple[int, int, str]]:
    row: list[_Piece] = []
    has_led = False
    for token in _TOKEN.finditer(text):
        start, end, is_quoted = _bare(text, *token.span())
        if not is_quoted and (end == start or _leads_on(text[start:end])):
            has_led = has_led or end > start
            continue
        reached = row[-1].end if row else max(0, start - _BEFORE)
        gap = text[reached:start]
        is_begun = _BEGINS.search(gap) is not None
        said = text[start:end]
        if row and gap in _SPACES and _CODE.fullmatch(row[-1].said + said):  # the next group of one piece
            row[-1] = replace(row[-1], said=row[-1].said + said, end=end)
        else:
            piece = _Piece(said, start, end, is_quoted, is_begun, _ENDS.search(gap) is not None)
            is_led = has_led and not is_begun and _GAP.fullmatch(gap) is not None
            row = [*row[1 - _MOST :], piece] if is_led and len(said) <= _LONGEST else [piece]
        has_led = False
        yield from _made(row)


def _leads_on(word: str) -> bool:
    low = word.lower()
    return low in _LEADS_ON or leading.leads(low)


def _bare(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """A piece without the stop of a sentence and without quotes, and whether it had any."""
    stop = end
    is_held = text[start - 1 : start] in _OPENS and text[end : end + 1] in _CLOSES if start else False
    while end > start and text[end - 1] in ".-" and not is_held:
        end -= 1
    if end - start > 2 and text[start] == "_" == text[end - 1]:
        return start + 1, end - 1, True
    if text[start:end].strip("_.-+") == "" and not _is_quoted(text, start, stop):
        return start, start, False
    return start, end, _is_quoted(text, start, end)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a sign opens before it and one closes after it, with or without a space within."""
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    if not before or not after or before[-1] not in _OPENS or after[0] not in _CLOSES:
        return False
    return before[-1] not in "'’" or not before[0].isalnum()  # as in "d'abord"


def _made(row: list[_Piece]) -> Iterator[tuple[int, int, str]]:
    """What the last pieces of a row make."""
    if len(row) < 2:
        return
    is_begun, is_ended = row[0].is_begun, row[-1].is_last
    for first in range(len(row) - 1):
        pieces = row[first:]
        said = "".join(piece.said for piece in pieces)
        is_quoted = all(piece.is_quoted for piece in pieces)
        if "@" in said:
            is_told = is_begun + is_ended + is_quoted > 1
            is_held = (
                is_told
                and certain.is_address(said)
                and (is_quoted or not any(certain.is_address(p.said) for p in pieces))
            )
        elif certain.is_protected(said):
            is_held = True
        elif is_begun and is_ended and certain.is_phone(said):
            is_held = first == 0
        else:
            is_held = (is_begun or is_ended) and certain.is_card(said)
        if is_held:
            yield pieces[0].start, pieces[-1].end, f"\n{said}\n"
            return
