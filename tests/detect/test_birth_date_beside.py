"""Birth dates beside a name: found in lists, forms, brackets and after an age, and no date of another event."""

import time

import pytest

from vidocq.core.spans import Category
from vidocq.detect.find import find

from detect.test_person import marked

FOUND = [
    "DUPONT Jean, ⟦12/03/1980⟧, Lyon\nMARTIN Zoé, ⟦01/11/1974⟧, Bron\n",
    "Équipe B\n- Odile Vidal – ⟦4 mai 1958⟧ – Dole\n- ZORVANE Wembra – ⟦4 mai 1967⟧ – Pau",
    "TROUVIN;Paul;⟦1980-03-12⟧;Lyon\nMALROUX;Zoé;⟦1961-07-02⟧;Metz\n",
    "3. DE MALROUX Lucas (⟦19.12.66⟧)\n4. VIDAL Anne (⟦24.05.42⟧)\n",
    "Mme Odile Vidal (⟦12.03.1980⟧) occupe le poste.",
    "Jean Dupont, 42 ans, du ⟦3 mars 1984⟧, comparaît.",
    "Mme VIDAL Odile, 58 ans, ⟦03/05/1966⟧\nAmoxicilline",
    "Témoin : Odile Vidal, ⟦3 mars 1984⟧, cuisinière",
    "Enfant : Zoé Vidal – ⟦04-09-2016⟧ – certificat du 03/05/2024",
    "Ils ont deux enfants :\n- Paul, le ⟦3 mai 2014⟧,\n- Zoé, le ⟦4 juin 2016⟧.\nIls vivent à Metz depuis le 3 mai 2019.",
    "Classe de CM1, école Pasteur\nVIDAL Zoé, ⟦12/03/2015⟧, demi-pension\nDUPONT Jean, ⟦01/11/2014⟧, externe\n",
]
SILENT = [
    "Palmarès du cross\n1. VIDAL Anne, 12/03/1998, 41 min\n2. DUPONT Jean, 12/03/1998, 42 min\n",
    "ZORVANE;Anne;12/03/1998;A\nDUPONT;Jean;14/03/1999;B\n",
    "- VIDAL Anne, 12/03/1978, A\n- DUPONT Jean, 14/03/1985, B\n- ROUX Paul, 1/2/1991, C\n- ROY Marc, 1/2/1999, D\n",
    "Auteur : Anne Vidal - 14/02/2003 - Page 1",
    "Historique\nJean Dupont - 12/03/1999 - création\nAnne Vidal - 15/03/2004 - relecture\n",
    "Discours de Simone Veil (26 novembre 1974) à l'Assemblée",
    "Contrat de M. Jean Dupont, 12/03/1998, Lyon",
    "Lettres reçues\nDUPONT Jean, 12/03/1961, deux feuillets\nVIDAL Odile, 14/03/1961, un feuillet\n",
    "DUPONT Jean, 12/03/1961, lettre de Metz\nVIDAL Odile, 14/03/1962, lettre de Pau\n",
    "Lettre de Jean Dupont à Odile Vidal, 3 août 1961, deux feuillets.",
    "DUPONT Jean, 12/03/2019, Lyon\nVIDAL Odile, 14/03/2021, Pau\n",
    "DUPONT Jean, 12/03/1998, Lyon\nVIDAL Odile, 14/03/2021, Pau\n",
    "Nom;Prénom;Embauche\nDUPONT;Jean;12/03/1998\nVIDAL;Odile;14/03/1999\n",
    "Lyon, 12/03/1998\nJean Dupont",
    "Veuillez agréer mes salutations.\nJean Dupont, 12/03/1998\n",
    "Jean Dupont, le 12 mars 1998",
    "Bail consenti à Jean Dupont pour 9 ans, du 3 mars 1984 au 2 mars 1993",
    "Durée : 5 ans, du 3 mars 1984 au 2 mars 1989",
    "Cour d'appel de Lyon, 3 mars 1984, inédit",
    "Arrêt Jean Dupont (12/03/1976) et jugement Odile Vidal (04/05/1981)",
    "Dupont, Jean (3 mai 1990). « Les haies »",
    "rue Victor Hugo, 12/03/1980, Lyon",
    "Jean Dupont (12/03/2021) : bilan. Odile Vidal (13/03/2021) : suivi.",
    "Fraiseuse, acquise le 14/02/1989, tour, 02/11/1994, Lyon",
]


@pytest.mark.parametrize("text", FOUND)
def test_found_exactly(text):
    plain, places = marked(text)
    assert [(s.start, s.end) for s in find(plain, categories={Category.BIRTH_DATE})] == places


@pytest.mark.parametrize("text", SILENT)
def test_silent(text):
    assert find(text, categories={Category.BIRTH_DATE}) == []


@pytest.mark.parametrize(
    "unit",
    [
        "Jean Dupont, 12/03/1980, ",
        "enfants : Jean, le 12/03/1980, ",
        "Jean ",
        "(1",
        "J,J;J|J 12/03/1980",
        "DUPONT Jean, 12/03/1980, Pau\n",
    ],
)
def test_time_grows_with_the_length(unit):
    short, long = (unit * (length // len(unit)) for length in (50_000, 400_000))

    def seconds(text: str) -> float:
        began = time.process_time()
        find(text, categories={Category.BIRTH_DATE})
        return time.process_time() - began

    assert seconds(long) < 24 * max(min(seconds(short) for _ in range(2)), 0.005)
