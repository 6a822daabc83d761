"""Hints of special categories and offences: near a person only, always of low score."""

import re

import pytest

from vidocq.core.spans import Category
from vidocq.detect.find import find
from vidocq.detect.lexicon import FIRST_WORDS, NAMED, WORD

from detect.test_person import marked

SPECIAL = [
    "M. Durand est ⟦diabétique⟧ depuis dix ans.",
    "Elle est ⟦enceinte⟧.",
    "Je suis suivi pour une ⟦dépression⟧.",
    "Mme Roux, ⟦déléguée syndicale⟧ ⟦CGT⟧, a témoigné.",
    "Nathalie observe le ⟦ramadan⟧.",
    "He was ⟦diagnosed with⟧ ⟦leukaemia⟧.",
    "son mari est ⟦homosexuel⟧",
]
OFFENCES = [
    "M. Durand a été ⟦condamné⟧ pour ⟦escroquerie⟧.",
    "She was ⟦arrested⟧ and ⟦charged with⟧ ⟦burglary⟧.",
    "Elle a été ⟦mise en examen⟧.",
]
SILENT = [
    "Le diabète touche quatre millions de personnes.",
    "L'escroquerie est punie de cinq ans d'emprisonnement.",
    "La religion et les opinions politiques sont protégées.",
    "La grossesse dure neuf mois.",
    "Toute personne condamnée pour un délit est inscrite au casier judiciaire.",
    "Murder is a crime. Cancer is a disease.",
    "le greffe du tribunal, monsieur",
]


@pytest.mark.parametrize(
    ("category", "text"),
    [(Category.SPECIAL_CATEGORY, text) for text in SPECIAL] + [(Category.OFFENCE, text) for text in OFFENCES],
)
def test_found_near_a_person_and_never_sure(category, text):
    plain, places = marked(text)
    spans = find(plain, categories={category})
    assert [(s.start, s.end) for s in spans] == places
    assert all(span.score <= 0.5 for span in spans)


@pytest.mark.parametrize("text", SILENT)
def test_silent_where_nobody_is_spoken_of(text):
    assert find(text, categories={Category.SPECIAL_CATEGORY, Category.OFFENCE}) == []


def test_words_asked_for_first_begin_every_match():
    """No person that NAMED finds is passed over because its first word is not asked for."""
    alternatives = NAMED.pattern[NAMED.pattern.index("(?:") + 3 : NAMED.pattern.rindex(")(?!")].split("|")
    for alternative in alternatives:
        for form in _forms(alternative):
            assert NAMED.search(form), form
            assert not FIRST_WORDS.isdisjoint(WORD.findall(form)), form


def _forms(alternative):
    """What a pattern of letters, choices of one, optional letters and `\\w+` matches."""
    forms = [""]
    for piece in re.findall(r"\[[^\]]+\]|\\w\+|\\\.|.\??", alternative):
        if piece.startswith("["):
            choices = list(piece[1:-1])
        elif piece == r"\w+":
            choices = ["ai"]
        elif piece.endswith("?") and len(piece) == 2:
            choices = ["", piece[0]]
        else:
            choices = [piece[-1]]
        forms = [form + choice for form in forms for choice in choices]
    return forms
