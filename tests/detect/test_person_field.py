"""Names in columns, and after words that introduce a person without a capital."""

import pytest

from vidocq.detect.detectors.person_field import PersonField
from vidocq.detect.find import Finder

from detect.test_person import marked

FOUND = [
    "Hey ⟦Zorvanus⟧, did you call?",
    "Salut ⟦Wembra⟧ !\nBises, ⟦Trouvine⟧",
    "| Nom | Ville |\n|---|---|\n| ⟦Dupont Jeanne⟧ | Lyon |\n| ⟦Zorvane Marc⟧ | Brest |\n",
    "id;nom;prénom\n1;⟦TROUVIGNARD⟧;⟦Wembra⟧\n2;⟦De Malroux⟧;⟦Zéphirin⟧\n\nFin ; Suite ; Autre",
    'first_name,last_name,note\n⟦Orla⟧,"⟦Wembroke⟧","a, b"\n⟦Zed⟧,⟦O\'Tolliver⟧,c\n',
    "bonjour, je m'appelle ⟦nathalie⟧. Merci.",
    "Hi, my name is ⟦alice wembroke⟧ and I live here.",
    "demandez monsieur ⟦dupuy⟧, merci. Lyon",
    "Join accounts with ms. ⟦wembroke⟧ please",
    "The parcel is for mrs ⟦alice martin⟧",
]
SILENT = [
    "Dear Customer, Dear All, Cher Confrère, Hello World! Chère Madame,",
    "Love Story is a film. Cheers, and see you",
    "id;nom;prix\n1;Table;40\n2;Chaise;12\n",
    "name,size,kind\nWidget,3,a\nGadget,4,b\n",
    "Sans nom, Lyon reste une ville.\nUne autre, ligne suit.",
    "| Ville | Pays |\n| Nice | France |",
    "monsieur le maire et madame la directrice. my name is mud.",
    "nom;prénom",
    "Thank you mr. speaker, mr. chairman. It waits 20 ms. wembroke is 12 maple dr. suite",
    "I saw mr wembroke's shop, ms after all",
]
FINDER = Finder((PersonField(),))


@pytest.mark.parametrize("text", FOUND)
def test_found_exactly(text):
    plain, places = marked(text)
    assert [(s.start, s.end) for s in FINDER.find(plain)] == places


@pytest.mark.parametrize("text", SILENT)
def test_silent(text):
    assert FINDER.find(text) == []
