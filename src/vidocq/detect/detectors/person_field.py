"""Names that a field announces: the cells of a column of names, and what follows `my name is` without capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.columns import Cell, Column, columns_at
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.names.parts import OTHER, kind_of
from vidocq.detect.names.runs import UPPER
from vidocq.detect.names.words import AMBIGUOUS, COMMON, FIRST, NAME, PLACE, TITLE
from vidocq.detect.normalised import Normalised

SURE: Final = frozenset(
    [
        "prénom",
        "prénoms",
        "prenom",
        "prenoms",
        "first_name",
        "last_name",
        "firstname",
        "lastname",
        "surname",
        "given_name",
        "family_name",
        "full_name",
        "fullname",
        "salarié",
        "salariée",
        "employé",
        "employée",
        "élève",
        "patient",
        "patiente",
        "adhérent",
        "adhérente",
        "employee",
        "student",
        "tenant",
        "nom de famille",
        "nom de naissance",
        "nom d'usage",
        "nom et prénom",
        "nom et prénoms",
        "nom prénom",
        "prénom nom",
        "nom complet",
        "first name",
        "last name",
        "given name",
        "family name",
        "full name",
        "nom_prenom",
        "nom_famille",
    ]
)
LIKELY: Final = frozenset(
    [
        "nom",
        "noms",
        "name",
        "names",
        "client",
        "cliente",
        "customer",
        "contact",
        "bénéficiaire",
        "titulaire",
        "responsable",
        "locataire",
        "participant",
        "auteur",
        "author",
        "manager",
    ]
)
FIELDS: Final = (  # the letter that a word of a header begins with, the letters that all its forms share, and what may follow
    ("[Nn]", "om", "s?"),
    ("N", "OM", "S?"),
    ("[Nn]", "ame", "s?"),
    ("N", "AME", "S?"),
    ("[Cc]", "lient", ""),
    ("[Pp]", "atient", ""),
    ("[Cc]", "ustomer", ""),
    ("[Cc]", "ontact", ""),
    ("[Ss]", "alarié", ""),
    ("[Ee]", "mploy", "[eé]e?"),
    ("[Éé]", "lève", ""),
    ("[Aa]", "dhérent", ""),
    ("[Ss]", "tudent", ""),
    ("[Tt]", "enant", ""),
    ("[Ll]", "ocataire", ""),
    ("[Pp]", "articipant", ""),
    ("[Bb]", "énéficiaire", ""),
    ("[Tt]", "itulaire", ""),
    ("[Rr]", "esponsable", ""),
)
FIELD: Final = "|".join(map("".join, FIELDS))
EDGE: Final = r"[\"']?( ?\||[;,\t][^ \n])"  # a cell ends, and no clause of a sentence
HEADERS: Final = tuple(  # each begins with letters of its own, which makes the scan fast
    re.compile(rf"{shared}(?<={first}{'.' * len(shared)}){end}[\"' ]{{0,3}}[|;,\t\n]")
    for first, shared, end in FIELDS
)
INTRODUCED: Final = re.compile(
    r"(?:name is|appelle) ([^\W\d_]{3,}+)(?: ([^\W\d_]{2,}+)(?=[\n.,;!?]|\Z| and | et ))?|(?:[Mm]onsieur|[Mm]adame) ([^\W\d_]{3,}+)"
)
TITLED: Final = re.compile(r"(?<!\d )\b(?:mrs?|ms|miss|dr)(\.?) ([^\W\d_]{3,}+)(?: ([^\W\d_]{2,}+))?")
ADDRESSED: Final = frozenset(
    ["speaker", "president", "chairman", "chair", "mayor", "minister", "ambassador", "right", "who"]
)
GREETED: Final = re.compile(
    rf"\b(?:Hey|Hi|Hello|Dear|Salut|Coucou|Cher|Chère) ([{UPPER}][\w'’-]+)(?= ?[,!\n])"
    rf"|\b(?:Bises|Bisous|Amitiés|Love|Cheers|Kisses|Hugs),?[ \n]{{1,2}}([{UPPER}][\w'’-]+)(?=[ .]?(?:\n|\Z))"
)
GREETED_ALL: Final = frozenset(
    [
        "All", "Everyone", "Everybody", "Team", "Friends", "Friend", "Colleague", "Colleagues", "Customer", "Customers", "Client", "Sir", "Sirs", "Madam", "Parents", "Members",
        "Guest", "Reader", "Readers", "Diary", "God", "Lord", "Kitty", "World", "There", "Confrère", "Confrères", "Consœur", "Collègue", "Collègues", "Cliente", "Client", "Maître", "Ami", "Amie",
        "Monsieur", "Madame", "Docteur", "Abonné", "Abonnée", "Adhérent", "Adhérente", "Lecteur", "Lectrice", "Toi", "Toutes", "Tous", "Hiring", "Applicant", "Candidate", "Editor", "Student", "Students", "Santa", "Père",
    ]
)  # fmt: skip
VALUE: Final = re.compile(
    rf"(?:(?:d['’]|[A-Za-z]{{2,4}} )?[{UPPER}][\w'’.-]*)(?:,? (?:(?:de|du|des|da|dos|la|le|van|von|el|al|ben|bin) |d['’])?[{UPPER}][\w'’.-]*){{0,5}}"
)


@dataclass(frozen=True, kw_only=True)
class PersonField:
    """A column whose header tells of names holds names; a known name after words that introduce one needs no capital."""

    card: ClassVar = DetectorCard(
        id="person-field",
        category=Category.PERSON,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Noms dans les colonnes d'un tableau", en="Names in the columns of a table"),
        source="Vidocq: headers of tables, words that introduce a person",
        limits=Text(
            fr="Ne lit que les tableaux dont une ligne de titres précède les lignes ; prend une raison sociale dans une "
            "colonne « Nom » qui mêle personnes et entreprises.",
            en="Reads only tables whose rows come after a line of headers; takes a company in a column “Name” that mixes "
            "persons and companies.",
        ),
    )
    anchor: ClassVar[str | None] = (
        rf"({FIELD}){EDGE}|name is [a-z]|appelle [a-z]|onsieur [a-z]|adame [a-z]|"
        r"(^|[^0-9A-Za-z_])(mrs?|ms|miss|dr)\.? [^A-Z0-9]|"
        r"(Hey|Hi|Hello|Dear|Salut|Coucou|Cher|Chère) [^a-z0-9]|(Bises|Bisous|Amitiés|Love|Cheers|Kisses|Hugs),?[ \n]"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        headers = sorted(header.start() for words in HEADERS for header in text.finditer(words))
        places = {
            (cell.start, cell.end)
            for column in columns_at(text.text, headers, wanted=lambda header: header in SURE or header in LIKELY)
            for cell in _names(text.text, column)
        }
        for greeted in text.finditer(GREETED):
            which = 1 if greeted[1] else 2
            if greeted[which] not in GREETED_ALL and not kind_of(greeted[which]) & (OTHER | TITLE):
                places.add(greeted.span(which))
        for introduced in text.finditer(INTRODUCED):
            first = 3 if introduced[3] else 1
            kind = kind_of(introduced[first].title())
            if introduced[first].islower() and kind & NAME and not kind & (AMBIGUOUS | COMMON | PLACE):
                last = 2 if introduced[2] and introduced[2].islower() else first
                places.add((introduced.start(first), introduced.end(last)))
        places.update(_titled(text))
        for start, end in sorted(places):
            yield self.card.at(text, start, end, score=0.9)


def _titled(text: Normalised) -> Iterator[tuple[int, int]]:
    """A name after `ms.` or `mr` without a capital: a known one, or after the full stop one that is no other word."""
    for titled in text.finditer(TITLED):
        name = titled[2]
        kind = kind_of(name.title())
        if not name.islower() or name in ADDRESSED or kind & (COMMON | PLACE | TITLE):
            continue
        is_known = bool(kind & NAME) and not kind & AMBIGUOUS
        if is_known or (titled[1] and (kind & NAME or not kind) and not titled[0].startswith("dr")):
            last = 3 if titled[3] and titled[3].islower() and kind_of(titled[3].title()) & NAME else 2
            yield titled.start(2), titled.end(last)


def _names(text: str, column: Column) -> list[Cell]:
    """Cells that hold names, or none: a header that may stand over other things needs another that does not, or known names."""
    filled = [cell for cell in column.cells if cell.end > cell.start]
    names = [cell for cell in filled if VALUE.fullmatch(text, cell.start, cell.end)]
    enough = len(names)
    if column.header not in SURE and SURE.isdisjoint(column.others):
        enough = sum(_is_known(text[cell.start : cell.end]) for cell in names)
    return names if 2 * enough >= len(filled) else []


def _is_known(value: str) -> bool:
    words = value.replace(",", "").split()
    return any(kind_of(word) & FIRST for word in words) or (len(words) == 1 and bool(kind_of(words[0]) & NAME))
