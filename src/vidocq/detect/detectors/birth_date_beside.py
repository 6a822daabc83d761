"""Birth dates that no word of birth announces: beside a person's name, in a list, a form, brackets, or after an age."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.dates import date_at
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.names.parts import OTHER, kind_of
from vidocq.detect.names.runs import UPPER
from vidocq.detect.names.words import FIRST, NAME, PARTICLE, TITLE
from vidocq.detect.normalised import Normalised

BESIDE: Final = re.compile(  # what parts a name, or an age after it, from a date
    r"[,;|(\t–—-](?<!\d-)[ ]{0,2}\"?(?P<age>\d{1,3} ans(?:,? (?:du )?| ?[(–—-] ?))?(?P<the>le )?(?=\d)"
)
WORD: Final = rf"(?:d['’])?[{UPPER}][\w'’-]*\.?"
NAMES: Final = re.compile(
    rf"(?<![\w'’-]){WORD}(?:(?: |\"?(?:; ?|,(?! )|\t| ?\| ?)\"?)(?:(?:de|du|des|da|le|la|ben|van|von|el) ){{0,2}}{WORD}){{0,4}}\Z"
)
REACH: Final = 90  # code points before the date in which its person stands
HEAD: Final = re.compile(r"[\s•*\"–—-]*(?:\d{1,4} ?[.)°]?)?[\s\"–—-]*")
TITLED: Final = re.compile(r"(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle) ")
CAPITALS_FIRST: Final = re.compile(rf"[{UPPER}]{{2}}")
FOLLOWED: Final = re.compile(r" ?[,;|)–—-]? ?[^\s]")  # a form goes on where a signature ends
LABEL: Final = re.compile(r"[\w.)] ?: ?\Z")
OF_A_PERSON: Final = re.compile(
    r"(?:enfant|[ée]l[èe]ve|locataire|colocataire|assur[ée]e?|salari[ée]e?|patiente?|pr[ée]venue?|identit[ée]|t[ée]moin|victime|conjointe?|"
    r"[ée]poux|[ée]pouse|m[èe]re|p[èe]re|h[ée]riti[èe]re?|associ[ée]e?|adh[ée]rente?|joueu(?:r|se)|candidate?|int[ée]ress[ée]e?|d[ée]tenue?|"
    r"plaignante?|demandeur|demanderesse|appelante?|intim[ée]e?|passag[èe]re?|b[ée]n[ée]ficiaire)s? ?(?:n° ?)?\d{0,2} ?: ?\Z",
    re.IGNORECASE,
)
CELL: Final = re.compile(r"[;|\t] ?\"?\Z|,\"?\Z")
ENDS: Final = re.compile(r"\Z|\n|\.(?!\w)|\"| ?[,;|\t–—]| - | à ")
CLOSED: Final = re.compile(r"(?: à [^\n()]{2,40})?\)(?!\.? ?[«“\"])")
EVENT: Final = (
    r"lettre|courrier|r[ée]clamation|r[ée]siliation|devis|facture|commande|contrat|avenant|bail|jugement|arr[êe]t\b|arr[êe]t[ée]|pourvoi|"
    r"ordonnance|audience|embauch|entr[ée]es?\b|sorties?\b|d[ée]part|arriv[ée]e|d[ée]c[èe]s|d[ée]c[ée]d|mariage|mari[ée]s|match|"
    r"s[ée]lection|vente|vendu|sign[ée]|achat|acquis|publi|paru|rendez-vous|visite|r[ée]union|livr|pay[ée]|paiement|versement|inscription|"
    r"adh[ée]sion|nomm|[ée]lu\b|[ée]lus\b|mandat|laur[ée]at|prix|dipl[ôo]m|th[èe]se|soutenance|d[ée]livr|œuvre|toile|dessin|photo|concert|"
    r"album|film|interview|entretien|congés?|absen|pr[ée]sen|formation|intervention|contrôle|affaire|c/|message|mail\b|palmar|course|classé|classement|brevets? d[e']|"
    r"d[ée]p[ôo]t|concession|s[ée]pultur|tombe|historique|cr[ée]ation|relecture|r[ée]vision|modifi|version|page|permis|discours|circulaire|d[ée]cret|"
    r"[ée]crit|fondation|fond[ée]e?\b|m[ée]daill|record|grade|promotion|projet|pr[ée]sid|chapitre|[ée]tape|ouvert|clos|cl[ôo]tur|re[çc]u|envoy|avis\b|"
    r"vaccin|op[ée]r[ée]|hospitalis|don\b|dons\b|[ée]missions?\b|journ|saisi|enregistr|valid|t[âa]che|sinistre|panne"
)
OTHER_DAY: Final = re.compile(rf"(?<![^\W_])(?:{EVENT})", re.IGNORECASE)
NEXT_SAYS: Final = re.compile(rf"[ ,;|\t–—-]{{0,4}}(?:{EVENT})", re.IGNORECASE)
YOUNG: Final = re.compile(
    r"enfant|[ée]l[èe]ve|naissances|\bfils\b|\bfilles?\b|baccalaur|brevet|licenc|crèche|[ée]cole|coll[èe]ge|lyc[ée]e|stage|"
    r"junior|cadet|minime|benjamin|poussin|mineur",
    re.IGNORECASE,
)
CHILDREN: Final = re.compile(r"(?:enfants?|naissances?|fils|filles?)\b[^\n.:]{0,40}:", re.IGNORECASE)
GROWN: Final = range(1915, 2011)  # birth years of those who sign, work and are sued
ANY_AGE: Final = range(1915, 2051)
NEAR: Final = 300  # code points between two rows of one list
TITLE_REACH: Final = 300
APART: Final = 4  # years between the eldest and the youngest of a list
MANY: Final = 4  # rows of which births stand in the order of time once in twelve


@dataclass(frozen=True, slots=True, repr=False)
class _Candidate:
    """A date beside a name.   sure  that nothing else is asked of it.   alone  it needs no second row."""

    start: int
    end: int
    sep: str
    line: int
    year: int
    sure: bool
    alone: bool


@dataclass(frozen=True, kw_only=True)
class BirthDateBeside:
    """A date of plausible age right after a person's name, where the list, the label or the brackets leave no other reading."""

    card: ClassVar = DetectorCard(
        id="birth-date-beside",
        category=Category.BIRTH_DATE,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Dates de naissance près d'un nom", en="Birth dates beside a name"),
        source="Vidocq: names, forms of dates, words of other events",
        limits=Text(
            fr="Dates en chiffres ou en mois français. Sans enfant ni école alentour, une naissance après 2010 n'est pas relevée, ni celles d'une "
            "liste de personnes du même âge. Des dates anciennes et dispersées dont rien ne dit l'objet sont prises pour des naissances.",
            en="Dates in figures or with French months. Without a child or a school around, a birth after 2010 is not found, nor those of a "
            "list of persons of one age. Old and scattered dates of which nothing says what they are are taken for births.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"([,;|(\t–—-] {0,2}\"?(le )?|[0-9] ans,? (du )?)([0-3]?[0-9] ?[/.-] ?[0-3]?[0-9] ?[/.-] ?[0-9]{2}|[12][0-9]{3}-[01][0-9]-[0-3]|"
        r"[0-9]{1,2}(er)? ([Jj]an|[Ff].v|[Mm]ar|[Aa]vr|[Mm]ai|[Jj]ui|[Aa]o|[Ss]ep|[Oo]ct|[Nn]ov|[Dd].c)[^0-9 ]{0,7} [12][0-9]{3})"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        candidates = [
            found for beside in text.finditer(BESIDE) if (found := _candidate(text.text, beside)) is not None
        ]
        for _, rows in groupby(_in_lists(candidates), key=lambda numbered: numbered[0]):
            for row in _births(text.text, [candidate for _, candidate in rows]):
                yield self.card.at(text, row.start, row.end, score=0.7 if row.sure else 0.6)


def _candidate(text: str, beside: re.Match[str]) -> _Candidate | None:
    """The date after this sign, if a person's name stands before it and a cell ends after it."""
    date = date_at(text, beside.end())
    year = _year(date[0]) if date else None
    if date is None or year is None or year not in ANY_AGE:
        return None
    sign, at = text[beside.start()], beside.start()
    bracket = sign == "(" or "(" in (beside["age"] or "")
    if (CLOSED if bracket else ENDS).match(text, date.end()) is None or NEXT_SAYS.match(text, date.end()):
        return None
    line = text.rfind("\n", max(0, at - REACH), at) + 1 or max(0, at - REACH)
    left = text[line:at].rstrip(' "')
    name = NAMES.search(left)
    if name is None or OTHER_DAY.search(left):
        return None
    before = left[: name.start()]
    heads, labelled = HEAD.fullmatch(before) is not None and line != at - REACH, LABEL.search(before) is not None
    known, whole = _reads(name[0], sign)
    if beside["the"] or not whole:
        listed = _of_children(text, date.start()) and (known or whole)
        return _Candidate(*date.span(), sign, line, year, True, True) if listed else None
    if beside["age"]:
        return _Candidate(*date.span(), sign, line, year, True, True) if known else None
    if (
        labelled
        and whole
        and (role := OF_A_PERSON.search(before))
        and year in (ANY_AGE if YOUNG.search(role[0]) else GROWN)
    ):
        return _Candidate(*date.span(), sign, line, year, True, True)
    titled = bool(TITLED.match(name[0]))
    in_cell = heads or (not bracket and CELL.search(before) is not None)
    if not (in_cell or (bracket and titled)):
        return None
    on_a_form = heads and CAPITALS_FIRST.match(name[0]) is not None and FOLLOWED.match(text, date.end()) is not None
    return _Candidate(*date.span(), sign, line, year, False, known and (on_a_form or titled))


def _reads(name: str, sign: str) -> tuple[bool, bool]:
    """Is a word known for a first name, or a title there; and does the whole read like a first and a last name?"""
    words = [word for word in re.split(r"[ ;,|\t\"]+", name) if word]
    kinds = [kind_of(word) for word in words]
    if any(kind & OTHER and not kind & (NAME | TITLE | PARTICLE) for kind in kinds):
        return False, False
    known = any(kind & FIRST for kind in kinds)
    titled = bool(kinds and kinds[0] & TITLE)
    capitals = [len(word) > 1 and word.isupper() for word in words]
    shaped = any(capitals) and not all(capitals)
    return known or titled, len(words) > 1 and (known or titled or shaped)


def _of_children(text: str, start: int) -> bool:
    """Does a list of children or of births, opened by a colon, still go on here?"""
    begin = max(0, start - NEAR)
    opened = list(CHILDREN.finditer(text, begin, start))
    return (
        bool(opened) and ". " not in text[opened[-1].end() : start] and "\n\n" not in text[opened[-1].end() : start]
    )


def _year(date: str) -> int | None:
    """The year of a date; of two figures, one that a person alive has. None where it is in words."""
    figures = re.findall(r"\d+", date)
    if not figures:
        return None
    whole = next((int(each) for each in figures if len(each) == 4), None)
    if whole is not None:
        return whole
    return int(figures[-1]) + (1900 if int(figures[-1]) > 30 else 2000)


def _in_lists(candidates: Sequence[_Candidate]) -> Iterator[tuple[int, _Candidate]]:
    """Each with the number of the list it stands in: near one another, parted by the same sign."""
    which = 0
    for place, each in enumerate(candidates):
        if place and (each.sep != candidates[place - 1].sep or each.start - candidates[place - 1].end > NEAR):
            which += 1
        yield which, each


def _births(text: str, rows: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Those of one list that are births: all of them or none, but for those that are sure."""
    yield from (row for row in rows if row.sure)
    open_rows = [row for row in rows if not row.sure]
    if not open_rows or not (len(open_rows) > 1 or open_rows[0].alone):
        return
    head = _said_above(text, open_rows[0])
    if OTHER_DAY.search(head) or _is_headed(head, open_rows[0].sep):
        return
    first, last = open_rows[0], open_rows[-1]
    young = YOUNG.search(head) or YOUNG.search(text, first.line, min(last.end + 60, first.line + TITLE_REACH))
    if all(row.year in (ANY_AGE if young else GROWN) for row in open_rows) and (
        young or _are_scattered(text, open_rows)
    ):
        yield from open_rows


def _are_scattered(text: str, rows: Sequence[_Candidate]) -> bool:
    """Births of grown persons lie years apart and in no order; days of what happened repeat, follow one another, or are close."""
    years = [row.year for row in rows]
    days = {text[row.start : row.end] for row in rows}
    if len(rows) > 1 and (len(days) < len(rows) * 0.9 or max(years) - min(years) < APART):
        return False
    return len(rows) < MANY or sorted(years) not in (years, years[::-1])


def _said_above(text: str, row: _Candidate) -> str:
    """The lines above a list that tell what it is: back to an empty line, at most one beyond, and a bounded way."""
    above = text[max(0, row.line - TITLE_REACH) : row.line].rstrip("\n")
    return above[above.rfind("\n\n") + 1 :].strip("\n").rpartition("\n")[2]


def _is_headed(head: str, sep: str) -> bool:
    """Is the line above a header of the table? Then it says itself which column holds births."""
    return sep in ";|\t," and head.count(sep) > 1 and not re.search(r"\d", head)
