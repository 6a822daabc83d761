"""What is known of a capitalised word: a first name, a surname, a place, an ordinary word."""

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

FIRST: Final = 1  # first names
SURNAME: Final = 2
AMBIGUOUS: Final = 4  # a name, and something else too: alone it proves nothing
COMMON: Final = 8  # an ordinary word at the head of a sentence or of a heading
PLACE: Final = 16
ORGANISATION: Final = 32  # makes an organisation or a thing of the name it stands with
TITLE: Final = 64
PARTICLE: Final = 128  # may be written with a capital inside a name

NAME: Final = FIRST | SURNAME
LISTS: Final = {
    "first_names": FIRST,
    "surnames": SURNAME,
    "ambiguous_names": AMBIGUOUS,
    "common_words": COMMON,
    "places": PLACE,
    "organisation_words": ORGANISATION,
}
TITLES: Final = (
    "M MM Mr Mrs Ms Miss Mx Mme Mmes Mlle Mlles Me Mes Dr Drs Pr Prof Monsieur Messieurs Madame Mesdames Mademoiselle "
    "Maître Docteur Professeur Professeure Doctor Professor Sir Lord Lady Dame Sieur Veuve Abbé Sœur Soeur Judge Justice "
    "Sheriff Senator Sen Rep Gov Governor Attorney Inspector Detective Officer Sergeant Sgt Lieutenant Lt Captain Capt "
    "Colonel Col Commander Cmdr Rev Reverend Mgr Monseigneur Cllr Councillor PC DC DCI Baroness Auntie Aunt Uncle Grandma "
    "Grandpa Granny Nana Plaintiff Defendant Claimant Appellant Respondent Striker Goalkeeper "
    "Counsel Constable Coroner Nurse Mamie Papi Papy Tata Tonton MLLE Herr Frau Signor Signora Senhor Senhora Señor Señora Sr Sra Don Doña"
)
PARTICLES: Final = (
    "Le La De Du Des Van Von Den Der El Al Ben Bin Ait Aït Da Di Do Dos Della Del Mac Saint Sainte St Abu Abou Ould"
)


def folded(word: str) -> str:
    """The word without accents."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list, as written in it."""
    text = (files("vidocq.detect") / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def brands() -> frozenset[str]:
    """Firms and makes that read like a name, as written in their list."""
    text = (files("vidocq.detect") / "lists" / "brands.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def known_words() -> dict[str, int]:
    """Each listed word, with and without accents, as written and in capitals, and what is known of it."""
    known: dict[str, int] = {}
    told = [(listed(name), kind) for name, kind in LISTS.items()]
    for words, kind in (*told, (TITLES.split(), TITLE), (PARTICLES.split(), PARTICLE)):
        for word in words:
            if kind == SURNAME and word in PARTICLES.split():
                continue  # `Le` of `Le Goff`
            bare = folded(word)
            for form in {word, bare, word.upper(), bare.upper()}:
                known[form] = known.get(form, 0) | kind
    return known


@cache
def ways() -> frozenset[str]:
    """Lower-case words after which a name is that of a street, a school, a law."""
    return frozenset(form for word in listed("ways") for form in (word, word.capitalize(), word.upper()))
