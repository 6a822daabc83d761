"""Birth dates: those that a word of birth announces, and no other date."""

import pytest

from vidocq.core.spans import Category
from vidocq.detect.find import find

from detect.test_person import marked

FOUND = [
    "née le ⟦3 mai 1962⟧ à Lyon",
    "M. Martin, né à Lyon le ⟦03/05/1962⟧, salarié",
    "Né(e) le : ⟦12.03.1985⟧",
    "NÉ LE ⟦1er JANVIER 1970⟧",
    "Date de naissance : ⟦12/03/1985⟧",
    "Date et lieu de naissance\n⟦1985-03-12⟧ à Caen",
    "née Dupont le ⟦4 févr. 1951⟧",
    "né le ⟦trois mai mil neuf cent soixante-deux⟧ à Tours",
    "né en ⟦mars 1962⟧, marin",
    "She was born on ⟦May 3, 1962⟧ in Leeds.",
    "born ⟦3rd of May 1962⟧",
    "DOB: ⟦03/05/1962⟧; seen on 01/02/2021",
    "Ddn ⟦03051985⟧",
    "D.N. : ⟦17/06/1958⟧",
    "date naiss. ⟦17 juin 58⟧ ; entrée le 12/03/2001",
    "D.O.B. ⟦14-Mar-76⟧",
    '{"dob": "⟦1982-06-17⟧", "birth_date": "⟦1982-06-18⟧", "birthDate": "⟦1982-06-19⟧"}',
    '{"date_naissance": "⟦12/11/1979⟧"}',
    "DATE OF BIRTH ⟦19820617⟧",
    "mon anniv c'est le ⟦15/08/92⟧",
    "Tyrone Beckett (b. ⟦12 June 1954⟧) retired",
    "Il a vu le jour le ⟦9 novembre 1937⟧ à Sète.",
    "nés : Monsieur à DIJON (21000) le ⟦18 avril 1944⟧, Madame à NUITS le ⟦2 juin 1947⟧, mariés le 3 mai 1970",
    "NE LE : ⟦15/02/1936⟧ A DOUAI",
    "NEE LE ⟦3 MAI 1962⟧",
    "| Nom | Date de naissance | Entrée |\n|---|---|---|\n| Zor | ⟦12/05/1982⟧ | 01/02/2019 |\n| Wem | ⟦1/12/75⟧ | 01/02/2019 |\n",
    'id;"Né(e) le";Ville\n1;⟦12/05/1982⟧;Lyon\n2;;Brest\n3;⟦19820513⟧;Pau\n',
    "name,dob\nZor,⟦1982-05-12⟧\nWem,⟦1983-05-12⟧\n",
    "Tyrone Beckett (⟦12 June 1954⟧ – 3 May 2019) was a botanist",
    "Odile Trouvin (⟦8 mars 1921⟧ - 2 mai 1999), résistante",
    "Policyholder DoB ⟦15-Mar-1960⟧",
    "leurs enfants, nés les ⟦3 mai 1990⟧ et ⟦4 juin 1992⟧",
]
SILENT = [
    "The war (28 July 1914 – 11 November 1918) ended; the play ran (3 May 2001 – 4 June 2001).",
    "| Nom | Né à | Entrée |\n| Zor | Lyon | 01/02/2019 |\n",
    "Liste des naissances ;\nFacture ; 01/02/2019",
    "Contrat signé le 3 mai 2019, facture du 12/03/2024.",
    "Loi du 6 juillet 1989, née d'un compromis.",
    "un enfant né en Algérie avant le 22 juillet 1962",
    "M. Martin, né à Lyon, décédé le 4 janvier 2011",
    "L'année 1999 est née sous de bons auspices.",
    "donné le 3 mai 2019",
    "né le 45/13/1985",
    "né à Lyon, dossier 03051985",
    "Ddn 03451985",
    "né le 3 mai 18 h",
    "La Renaissance le 3 mai 1962",
    "clause D.N. du 3 mai 2019",
    "anniversaire du contrat le 3 mai 2019",
    "livré (lot b. 12 June 1954)",
    "un adobe du 3 mai 1962",
    "fabriqué le 14-Mar-76",
]


@pytest.mark.parametrize("text", FOUND)
def test_found_exactly(text):
    plain, places = marked(text)
    assert [(s.start, s.end) for s in find(plain, categories={Category.BIRTH_DATE})] == places


@pytest.mark.parametrize("text", SILENT)
def test_silent(text):
    assert find(text, categories={Category.BIRTH_DATE}) == []
