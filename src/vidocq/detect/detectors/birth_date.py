"""Birth dates: a date that a word of birth announces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.columns import columns_at
from vidocq.detect.dates import COMPACT, YEAR, date_at, first_date
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

REACH: Final = 70  # code points between the word and the date
BORN: Final = (  # each begins with letters of its own, which makes the scan fast
    re.compile(r"né(?<!\w..)(?:e?\(e\)s?|e?\(s\)|[.·-]e|es?|s)?(?!\w)"),
    re.compile(r"N[ée](?<!\w..)(?:e?\(e\)s?|[.·-]e|es?|s)?(?!\w)"),
    re.compile(r"N(?<!\w.)E(?:\(E\)|E)? ?(?:LE|:)(?!\w)"),
    re.compile(r"NÉ(?<!\w..)E?S?(?!\w)"),
    re.compile(r"aiss(?<=[nN]....)(?<![^\W_]n....)(?:ance(?![^\W_])|\.)"),
    re.compile(r"AISS(?<=\bN....)(?:ANCE\b|\.)"),
    re.compile(r"orn(?<=\b[bB]...)\b"),
    re.compile(r"ORN(?<=\bB...)\b"),
    re.compile(r"irth(?<=[bB]....)(?:[dD]a(?:te|y))?(?![^\W_])"),
    re.compile(r"IRTH(?<=B....)(?:DATE|DAY)?(?![^\W_])"),
    re.compile(r"nniv(?<=\b[aA]....)(?:ersaire)?\b"),
    re.compile(r"D(?<![^\W_].)(?:\.?O\.?B|o[bB]|\.?[Dd]\.?[Nn])(?![^\W_])\.?"),
    re.compile(r"d(?<![^\W_].)(?:\.?o\.?b|\.?d\.?n)(?![^\W_])\.?"),
    re.compile(r"D\.N\.(?<!\w....)(?= ?:? ?\d)"),
    re.compile(r"b\.(?<=\(..)(?= ?\w)"),
    re.compile(r"vu(?<!\w..) le jour\b"),
)
LIFE: Final = re.compile(r"\((?<=[^\W\d_] .)(?=\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,9}\.? \d{4} ?[–—-])")
TO: Final = re.compile(r" ?[–—-] ?")
LIVED: Final = range(15, 116)  # years from a birth to a death
OTHER_EVENT: Final = re.compile(
    r"d[ée]c[ée]d|\bmort|mari[ée]|mariage|contrat|embauch|depuis|entr[ée]e? |signé|avant|après|before|after|until|\bdied|married|hired|since|joined|[.!?;] ",
    re.IGNORECASE,
)
ANOTHER: Final = re.compile(
    r" (?:et|and) (?:le |on )?|,? (?:et )?(?:Monsieur|Madame|Mme|M\.|[Ll]ui|[Ee]lle|l['’]autre) à [^\n;.]{2,60}? le "
)
EDGE: Final = re.compile(r"(?:_date|[_ ]le)?[\"' ]{0,3}(?:[|;,\t\n]|\Z)")  # a word of birth that ends a cell
HEADER: Final = re.compile(r"naiss|birth|\bdob\b|\bddn\b|\bborn\b|^n[ée](?:\(e\)|e)?(?: le)?$")
LABEL: Final = re.compile(r"[\s:=|;\"'.]{0,5}(?:\([^()\n]{1,16}\)[ :]{0,3})?(?:le )?")


@dataclass(frozen=True, kw_only=True)
class BirthDate:
    """The first date after a word of birth, on the same line or the next, if no other event stands between."""

    card: ClassVar = DetectorCard(
        id="birth-date",
        category=Category.BIRTH_DATE,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Dates de naissance", en="Birth dates"),
        source="Vidocq: words of birth, forms of dates",
        limits=Text(
            fr="Manque une date de naissance qu'aucun mot n'annonce ; prend parfois la date de "
            "naissance d'une entreprise.",
            en="Misses a birth date that no word announces; sometimes takes the date on which a company was born.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"(^|[^0-9A-Za-z_])(né|N[ée])([^A-Za-z_]|[es])|NÉ|NE{1,2} ?(LE|:)|NE.E. LE|[Nn]aiss|NAISS|[Bb]orn|[Bb]irth|BORN|BIRTH|"
        r"[Dd]\.?[Oo]\.?[Bb]|[Dd]\.?[Dd]\.?[Nn]|D\.N\.|[Aa]nniv|\(b\.|vu le jour|"
        r"\([0-9]{1,2}[a-z]{0,2} [^0-9 ]{3,10} [0-9]{4} ?(-|–|—)"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        found: set[tuple[int, int]] = set()
        headers: list[int] = []
        for born in BORN:
            words = [word.span() for word in text.finditer(born)]
            for (_, end), (following, _) in pairwise([*words, (len(text.text), 0)]):
                found.update(date.span() for date in self._dates(text.text, end, before=following))
            headers += [start for start, end in words if EDGE.match(text.text, end)]
        found.update(self._in_columns(text.text, sorted(headers)))
        found.update(_born_and_dead(text))
        for start, end in sorted(found):
            yield self.card.at(text, start, end, score=0.9 if end - start > 4 else 0.6)

    def _in_columns(self, text: str, headers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Dates in the columns of a table that a header says to hold birth dates."""
        for column in columns_at(text, headers, wanted=lambda header: HEADER.search(header) is not None):
            for cell in column.cells:
                date = date_at(text, cell.start) or COMPACT.match(text, cell.start)
                if date is not None and date.end() == cell.end:
                    yield date.span()

    def _dates(self, text: str, end: int, *, before: int) -> Iterator[re.Match[str]]:
        """The date that follows the word of birth that ends at `end`, and those joined to it by *and*.

        before  where the next word of birth begins: a date beyond is its own.
        """
        limit = min(len(text), end + REACH)
        label = LABEL.match(text, end)
        date = COMPACT.match(text, label.end()) if label else None
        date = date or first_date(text, end, min(limit + 24, before))
        date = date or YEAR.search(text, end, min(limit, end + 16, before))
        if date is None or date.start() > limit:
            return
        between = text[end : date.start()]
        if between.count("\n") > 1 or OTHER_EVENT.search(between):
            return
        while date is not None:
            yield date
            joined = ANOTHER.match(text, date.end())
            date = date_at(text, joined.end()) if joined else None


def _born_and_dead(text: Normalised) -> Iterator[tuple[int, int]]:
    """The first of two dates in brackets after a name, as far apart as the ends of a life: `(12 May 1931 – 3 June 2019)`."""
    for opening in text.finditer(LIFE):
        birth = date_at(text.text, opening.end())
        joined = TO.match(text.text, birth.end()) if birth else None
        death = date_at(text.text, joined.end()) if joined else None
        if birth is None or death is None or text.text[death.end() : death.end() + 1] != ")":
            continue
        years = [int(date[0][-4:]) for date in (birth, death) if date[0][-4:].isdigit()]
        if len(years) == 2 and years[1] - years[0] in LIVED:
            yield birth.span()
