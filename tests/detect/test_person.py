"""Names of persons: found with what stands around them, and not where the same words are something else."""

import re
import time

import pytest

from vidocq.core.spans import Category
from vidocq.detect.detectors.person import Person
from vidocq.detect.find import find
from vidocq.detect.names.reading import names_in
from vidocq.detect.normalised import Normalised

FOUND = [
    "une association présidée par ⟦Wembrine Zorval⟧, de Lyon",
    "Present: ⟦Emma Petersen⟧, ⟦Zorvan Al-Wembri⟧ and ⟦Trouvine Malroux⟧",
    "Titulaire : ⟦ZORVANE WEMBRA⟧",
    "Présents : ⟦J.-P. Vidal⟧, ⟦Sophie Boyer-Martin⟧\n",
    "Inscrits :\n⟦Zorvane, Émilie⟧\n⟦Wembroke, Paul⟧ (absent)",
    "1. ⟦Trouvignard Zoé⟧ – 12 € – payé",
    "Le Salarié, ⟦Wembrin de Malroux⟧, accepte.",
    "on verra avec ⟦Jean-Noël⟧ demain",
    "Le paiement de Monsieur ⟦ROCHEFORT Jean-Christophe⟧ a été reçu",
    "Cllr ⟦Jean Wembroke⟧ thanked the chair",
    "demandez à Tata ⟦Zorvane⟧",
    "Entretien avec Mme ⟦Sylvie Martin⟧, directrice.",
    "M. ⟦Dupont⟧ est arrivé hier.",
    "Maître ⟦Lefèvre⟧, avocat au barreau de Lyon",
    "le sieur ⟦Grandval⟧ conteste la vente",
    "Signé : ⟦Jean DUPONT⟧",
    "Salarié : ⟦DUPONT Jean⟧",
    "Nom : ⟦TROUVIGNARD⟧",
    "avec ⟦Jean-Pierre Martin⟧ et ⟦Ahmed Ben Ali⟧",
    "Le docteur ⟦O'Brien⟧ et le professeur ⟦Van den Berghe⟧ sont d'accord.",
    "Un livre de ⟦J. Dupont⟧ est paru.",
    "Hier, ⟦Nathalie⟧ a téléphoné.",
    "« Tu viens ? » demanda ⟦Youssef⟧.",
    "le témoin ⟦Krzysztof Wójcik⟧ a déclaré",
    "Mme ⟦Yvette de Malroux⟧ habite ici.",
    "said ⟦Zorvane⟧, smiling",
    "My name is ⟦Ngozi Brantwick⟧.",
    "Please ask Mrs. ⟦Tolliver⟧ to call me.",
    "⟦Wembroke⟧ told reporters that he would leave.",
    "join accounts with ms. ⟦Wijtze⟧",
    "⟦Will⟧ said he would pay.",
    "FICHE\nNom\n⟦TROUVIGNARD⟧\nAdresse",
    "Nom d'usage : ⟦Trouvignard⟧",
    "Nom de naissance : ⟦Trouvignard⟧",
    '{"nom": "⟦Trouvignard⟧", "lastName": "⟦Wembroke⟧"}',
    "Présents : MM. ⟦Petit⟧ et ⟦Blanc⟧",
    "Le général ⟦Trouvignac⟧ dîna chez la comtesse de ⟦Malroux⟧.",
    "M. le procureur ⟦Trouvignac⟧ requiert",
    "Bail consenti par l'indivision ⟦Trouvignac⟧ à",
    "The suspect, identified as ⟦Dornell Whitcombe⟧, 31, of Tulsa",
    "Founded by the late ⟦Dornell Whitcombe⟧ in May",
    "Please call me.\nYours faithfully,\n⟦Dornell Whitcombe⟧",
    "What's your surname? ⟦Whitcombe⟧",
    "According to ⟦Yusuf al-Rashid⟧, the board agreed.",
]
SILENT = [
    "St. Louis and St. James are towns.",
    "Les groupes Pernod Ricard et Rémy Cointreau",
    "Leroy Merlin et Morgan Stanley ont publié leurs comptes.",
    "le client Decathlon veut décaler",
    "La SCP Trouvin et Wembert, avocat de M. X...",
    "Menuiserie Le Bihan, Plomberie Garnier",
    "toute l'équipe Ariane vous salue",
    "Moore's law is about transistors.",
    "Nice, Lyon et Brest",
    "rue Victor Hugo, avenue Jean Jaurès et place Charles de Gaulle",
    "Le Code civil et la loi Badinter s'appliquent.",
    "le lycée Jean Moulin, l'hôpital Georges Pompidou",
    "En avril, Paris et Florence se ressemblent.",
    "M. X... n'a pas comparu ; Mme Y... non plus.",
    "La Rose est rouge. Le Martin chasse le poisson.",
    "La société Martin & Fils SARL recrute.",
    "Université Claude Bernard et Banque Populaire",
    "Transformation Digitale du Secteur Public",
    "The University of Michigan beat Ohio State in May.",
    "Conditions Générales de Vente",
    "COUR D'APPEL DE LYON",
    "Nom\nTéléphone\nCourriel",
    "Nom de la ville : Trouvignac-les-Bains",
    '{"product": "Wembroke", "nomenclature": "Trouvignac"}',
    "les rues Petit et Blanc sont fermées",
    "rue du général Trouvignac, avenue de la comtesse de Malroux",
    "coordonnées Lambert 652381 6862047",
    "The Industrial Revolution began. Harley-Davidson declined to comment.",
    "It was identified as Silicon Dioxide.",
    "on trouve Trouvignac, 31, et le reste",
    "trained in the late Middle Kingdom",
    "What's your county? Whitcombe",
    "We rang Parker & Sons and Martin & Co twice.",
    "The Oak Boulevard is closed, Lincoln Center too.",
]


def marked(text):
    places, plain = [], ""
    for piece in re.split("(⟦[^⟧]*⟧)", text):
        inner = piece.strip("⟦⟧")
        if piece.startswith("⟦"):
            places.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return plain, places


def persons(text):
    return [(span.start, span.end) for span in find(text, categories={Category.PERSON})]


@pytest.mark.parametrize("text", FOUND)
def test_found_exactly(text):
    plain, places = marked(text)
    assert persons(plain) == places


@pytest.mark.parametrize("text", SILENT)
def test_silent_where_the_words_are_something_else(text):
    assert persons(text) == []


def test_a_word_read_once_as_a_name_is_one_elsewhere_in_the_text():
    text = "Trouvignac partit. On rappela Mme ⟦Odile Trouvignac⟧ le soir. Depuis, Trouvignac se tait."
    plain, _ = marked(text)
    assert [plain[a:b] for a, b in persons(plain)] == ["Trouvignac", "Odile Trouvignac", "Trouvignac"]
    assert persons("Trouvignac partit. Depuis, Trouvignac se tait.") == []


def test_but_not_after_an_article_nor_in_a_street():
    text = "Mme Rose Martin habite rue Martin. Le Martin est un oiseau."
    assert [text[a:b] for a, b in persons(text)] == ["Rose Martin"]


def test_and_not_at_the_other_end_of_a_long_text():
    far = "Mme Odile Trouvignac est là. " + "Il fait beau, et la mer est calme. " * 2000 + "Trouvignac se tait."
    assert persons(far) == [(4, 20)]


def test_a_street_that_bears_a_name_is_an_address():
    spans = find("J'habite 12 rue Victor Hugo, 75016 Paris.")
    assert [span.category for span in spans] == [Category.ADDRESS]


def test_a_text_without_capitals_gives_listed_first_names():
    text = "bonjour, nathalie lefebvre a payé hier, et pierre aussi"
    assert [text[a:b] for a, b in persons(text)] == ["nathalie lefebvre"]


def test_places_count_the_text_as_given():
    text = "Mme\u00a0Syl\u200bvie Martin est là"
    ((start, end),) = persons(text)
    assert text[start:end] == "Syl\u200bvie Martin"


def test_nothing_shown_bears_a_name():
    seen = Normalised.of("Mme Odile Trouvignac")
    assert "Trouvignac" not in repr([seen, Person(), *Person().find(seen)])
    from vidocq.detect.names.parts import parts_of
    from vidocq.detect.names.reading import names_in

    assert "Trouvignac" not in repr((names_in("Mme Odile Trouvignac"), parts_of, parts_of("Mme Odile Trouvignac")))


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "Aa ",
        "Aa Aa\n",
        "M. ",
        "A.",
        "J.-P. ",
        "D'",
        "Jean ",
        "jean ",
        "Jean Dupont ",
        "Mme Odile Roux, ",
        "-A",
        "de ",
        "Nom : A\n",
    ],
)
def test_time_grows_as_the_text_does(unit):
    def seconds(size):
        seen = Normalised.of(unit * (size // len(unit)))
        times = []
        for _ in range(3):
            began = time.process_time()
            assert all(span.end <= size for span in Person().find(seen))
            times.append(time.process_time() - began)
        return min(times)

    assert seconds(400_000) < 2.5 * 4 * max(seconds(100_000), 0.01)  # sixteen times if it grew as the square


def test_a_compound_first_name_without_capitals_is_known_by_its_parts():
    text = "jean-baptiste lefebvre, 8 cliff avenue, called; well-known prices"
    assert [text[a:b] for a, b in persons(text)] == ["jean-baptiste lefebvre"]


def test_a_comma_at_the_head_of_a_text_or_at_the_end_of_a_line_inverts_no_name():
    assert [text[n.start : n.end] for text in [", Jean Dupont"] for n in names_in(text)] == ["Jean Dupont"]
    text = "Bises,\nBaptiste\n"
    assert "Bises" not in "".join(text[n.start : n.end] for n in names_in(text))
