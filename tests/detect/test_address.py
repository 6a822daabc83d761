"""Postal addresses: whole where they are whole, and not where numbers and ways are something else."""

import pytest

from vidocq.core.spans import Category
from vidocq.detect.find import find

from detect.test_person import marked

FOUND = [
    "demeurant ⟦12 bis, rue des Lilas, 69003 Lyon⟧, salarié",
    "⟦12 rue Victor Hugo\n75016 Paris⟧\nFrance",
    "⟦3 av. du Général Leclerc, 92100 Boulogne-Billancourt⟧.",
    "⟦5, place de l'Église - 44000 Nantes⟧",
    "⟦8 rue du 8 Mai 1945, 59000 Lille⟧",
    "⟦14 chemin du Moulin, Bât. B, 35000 Rennes⟧",
    "⟦22 bd Pasteur BP 123 67000 Strasbourg CEDEX 2⟧",
    "⟦BP 112, 22000 Saint-Brieuc CEDEX⟧",
    "⟦Lieu-dit Kerguen, 29200 Brest⟧",
    "habite ⟦Le Bourg, 24120 Terrasson⟧.",
    "au ⟦7 rue de la Paix, Paris⟧ depuis",
    "il habite ⟦4 rue des lilas 69003 lyon⟧",
    "⟦1 ter r. du Fbg St-Antoine 75011 Paris⟧",
    "⟦12, Grande Rue\n25000 Besançon⟧",
    "au n° ⟦6 de la rue Victor-Hugo, à Tours⟧. La rue",
    "Il habite ⟦23 rue des Martyrs à Paris⟧. Nous partons.",
    "at ⟦12 Maple Street, Apt 4, Portland, OR 97201⟧.",
    "of ⟦55 Station Approach, Slough SL1 1AB⟧, will say",
    "at ⟦45 Church Lane, Leeds LS4 5AB⟧ with",
]
SILENT = [
    "départ à 14 h 05, voie J. Les voyageurs attendent",
    "Il y a 12 routes et 3 places libres.",
    "L'article 1235 du Code civil, 12 mars 2020, 75000 euros.",
    "Rendez-vous rue Victor Hugo demain.",
    "En 1999 Places were sold; 12 Days Later.",
    "voir p. 12 r. du manuscrit 1234",
    "3 grandes rues, 2 petites places",
    "l'article 6 de la loi Martin",
    "12 avenues larges, 5 allées vertes",
    "Il a payé 12500 Francs à Lyon.",
]


@pytest.mark.parametrize("text", FOUND)
def test_found_exactly(text):
    plain, places = marked(text)
    assert [(s.start, s.end) for s in find(plain, categories={Category.ADDRESS})] == places


@pytest.mark.parametrize("text", SILENT)
def test_silent(text):
    assert find(text, categories={Category.ADDRESS}) == []
