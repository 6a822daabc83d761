"""Groups of one number that words of order lead through: "4506 d'abord, 4697 ensuite et 0162 1748", "01, after which comes 34…".

Between the groups stand only signs and words that lead on, before or after a group. What they make has to hold its check digits, or to be
a telephone number from the first group to the last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.links import LINK
from vidocq.filters.views.view import View, apart, replaced

_ORDER = frozenset(
    "abord début debut commencer commence commencent commençons commençant commencez débute débutant démarre premièrement premier première "  # noqa: SIM905
    "premiers premières initialement puis ensuite après apres suivi suivie suivis suivies suit suivent suivant suivante suivants suivantes "
    "enfin finir finit finissant finissons finalement terminer termine terminent terminons terminant fin dernier dernière derniers dernières "
    "conclure conclut clore clôt deuxièmement secondement troisièmement tard derrière ajoutez ajouter continue continuer continuez continuant "
    "complète compléter milieu queue tête lieu first firstly start starts starting begin begins beginning initially then next after "
    "afterwards afterward thereafter ultimately eventually suite précède précèdent precede precedes preceding avant before ferme fermer followed follows following last lastly final finally end ends ending finish finishes finishing conclude "
    "concludes closing close second secondly third thirdly later subsequently append add continues continuing middle rest reste dessus".split()
)
"""One of them at least is between the groups."""
_WITH = frozenset(
    "et and à a au aux la le les l d en pour to at the in of off with by par avec de du des ce cette quoi que qu qui which that it this these "  # noqa: SIM905
    "those ça cela c est is are vient viennent venir venant arrive arrivent arrivant come comes coming go goes going we on nous vous you y il "
    "elle ils elles have has get gets got take prend prenez place placez tout toute very all just directly directement immédiatement "
    "immediately right juste also aussi encore again more plus now maintenant there here voici voilà groupe groupes bloc blocs group groups "
    "block blocks morceau morceaux partie parties part parts piece pieces chunk chunks segment segments fragment fragments tranche tranches "
    "série series set sets chiffre chiffres digit digits figure figures caractère caractères one ones two three four five six un une deux "
    "trois quatre cinq second seconde deuxième troisième quatrième cinquième fourth fifth sont marche se s as for pair pairs paire paires "
    "y nd rd th st them sa son its ses be being étant finally lisez read reads dites say said "
    "même again up out finalement only seulement still toujours là alors so bien".split()
)
_CODE = re.compile(
    r"(?<![\w@.,])(?:\+?[0-9][0-9A-Za-z]{0,33}|[A-Z]{1,2}(?:[0-9][0-9A-Z]{0,31})?|[A-Z][0-9]{1,6})(?![\w@])(?![.,][0-9])"
)
_PLAIN = re.compile(r"[ \u00a0\u202f.·-]{1,2}|[)/]")
_SIGNS = re.compile(r"[\s,;:.…«»“”\"'`‘’()\[\]{}*–—→>/|+&•_-]*")
_LISTED = re.compile(r"[\s«»“”\"'`*)\]]{0,4}(?:[,;/→>–—-]|\.{3}|…)?[\s«»“”\"'`*(\[-]{1,5}")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST, _MOST, _SIGNS_OF_ONE, _FEWEST = 90, 34, 34, 10
"""Characters between two groups, groups and signs of one number, and digits of the shortest."""
_PHONE = re.compile(r"(?:\+33|0033)?0?[1-9][0-9]{8}")
_CALLS = re.compile(
    r"\bt[ée]l|phone|portable|mobile|num[ée]ro|\bnumber|appel|\bcall|joindre|joignable|reach|\bdial|compose|\bligne\b|\bfixe\b|\bline\b",
    re.IGNORECASE,
)
_LED_BY = re.compile(r"(?:[^\W\d_]{1,14}['’ \u00a0,]{1,2}){1,7}[«“\"'`*(\[: \u00a0]{0,4}\Z")
_LED_TO = re.compile(r"[»”\"'`*)\] \u00a0(]{1,4}(?:[^\W\d_]{1,14}['’ ]?){1,6}")
_AROUND = 64
_BEFORE = 160
"""Characters before a row of pairs in which it is told that they are those of a telephone."""
_NO, _PLAINLY, _BY_SIGNS, _BY_WORDS, _LEADING = range(5)
"""What a gap is: more than leads on; a space; signs, as in a list; words such as "and"; words of order."""


@dataclass(frozen=True, slots=True)
class _Group:
    said: str
    start: int
    end: int
    before: int


def may_stand(clues: Clues) -> bool:
    return clues.is_numeric and not _ORDER.isdisjoint(clues.kinds)


def together(text: str) -> View | None:
    """Each such number in one."""
    return replaced("told", text, apart(_numbers(text)))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _rows(text):
        yield from _held(text, row)


def _rows(text: str) -> Iterator[list[_Group]]:
    row: list[_Group] = []
    for code in _CODE.finditer(text):
        if code[0].isalpha() and _leads(code[0].lower()):
            continue
        before = _kind(text[row[-1].end : code.start()]) if row else _NO
        if before == _NO:
            if len(row) > 1:
                yield row
            row = []
        row.append(_Group(code[0], code.start(), code.end(), before))
    if len(row) > 1:
        yield row


def _kind(gap: str) -> int:
    if len(gap) > _LONGEST:
        return _NO
    if _PLAIN.fullmatch(gap) is not None:
        return _PLAINLY
    words = _WORD.findall(gap.lower())
    if not words:
        return _BY_SIGNS if _LISTED.fullmatch(gap) is not None else _NO
    if not all(map(_leads, words)) or _SIGNS.fullmatch(_WORD.sub("", gap)) is None:
        return _NO
    return _LEADING if not _ORDER.isdisjoint(words) else _BY_WORDS


_LINK = re.compile(rf"(?:{LINK})")


@lru_cache(maxsize=1024)
def _leads(word: str) -> bool:
    return word in _ORDER or word in _WITH or _LINK.fullmatch(word) is not None


def _held(text: str, row: list[_Group]) -> Iterator[tuple[int, int, str]]:
    """Numbers that groups of a row make, from what a gap other than a space parts to what one parts."""
    for first, begin in enumerate(row):
        if begin.before == _PLAINLY:
            continue
        said, is_led = begin.said, False
        for last in range(first + 1, min(first + _MOST, len(row))):
            said += row[last].said
            is_led = is_led or row[last].before == _LEADING
            if len(said) > _SIGNS_OF_ONE:
                break
            is_over = last + 1 == len(row) or row[last + 1].before != _PLAINLY
            if is_led and is_over and len(said) >= _FEWEST and _is_number(text, row, first, last, said):
                yield *_with_words(text, begin.start, row[last].end), f"\n{said}\n"
                break


def _is_number(text: str, row: list[_Group], first: int, last: int, said: str) -> bool:
    if not said[-1].isalnum() or "+" in said[1:]:
        return False
    code = said.upper()
    if certain.is_account(code) or certain.is_security_number(code) or certain.is_card(code):
        return True
    return certain.is_phone(said) and _is_phone(text, row, first, last)


def _is_phone(text: str, row: list[_Group], first: int, last: int) -> bool:
    """Whether words lead from each piece of it to the next, or it is told what it is, and no further number follows."""
    if row[first].said == "0" and any(len(group.said) > 1 for group in row[first + 1 : last + 1]):
        return False
    if row[first].before == _LEADING or (last + 1 < len(row) and row[last + 1].before == _LEADING):
        return False
    gaps = {group.before for group in row[first + 1 : last + 1]}
    values = [int(group.said) for group in row[first : last + 1]]
    is_listed = _PLAINLY not in gaps and all(a < b for a, b in pairwise(values))  # as articles, days and pages are
    if _BY_SIGNS not in gaps and not is_listed:
        return True
    return _CALLS.search(text, max(0, row[first].start - _BEFORE), row[first].start) is not None


def _with_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of order begin before the first group, and end after the last one."""
    before, after = _LED_BY.search(text, max(0, start - _AROUND), start), _LED_TO.match(text, end, end + _AROUND)
    if before is not None:
        words = list(_WORD.finditer(before[0].lower()))
        own = 0
        for word in reversed(words):
            if not _leads(word[0]):
                break
            own += 1
        led = words[len(words) - own :]
        if any(word[0] in _ORDER for word in led):
            start = before.start() + next(word.start() for word in led)
    if after is not None:
        led = []
        for word in _WORD.finditer(after[0].lower()):
            if not _leads(word[0]):
                break
            led.append(word)
        if any(word[0] in _ORDER for word in led):
            end = after.start() + led[-1].end()
    return start, end
