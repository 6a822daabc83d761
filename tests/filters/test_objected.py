"""A person who objected is found however he is named; another person, and what is no name, is not."""

import pytest

from vidocq.core.guarding import Action, Surface
from vidocq.filters.guard import Guard
from vidocq.filters.names import name_variants
from vidocq.filters.objected import Objected
from vidocq.filters.phrases import hashed

KEY = bytes(range(32))


def guard_of(*names):
    held = frozenset(hashed(form, KEY) for name in names for form in name_variants(name))
    return Guard([Objected(held, KEY, Action.MASK)])


NAMED = [
    ("Jean-Pierre Martinot", "Jean-Pierre Martinot"),
    ("Jean-Pierre Martinot", "MARTINOT Jean-Pierre"),
    ("Jean-Pierre Martinot", "J.-P. Martinot"),
    ("Jean-Pierre Martinot", "jp martinot"),
    ("Jean-Pierre Martinot", "Martinot J.P."),
    ("Jean-Pierre Martinot", "jean.pierre.martinot@x.fr"),
    ("Jean-Pierre Martinot", "jpmartinot@x.fr"),
    ("Jean-Pierre Martinot", "j_martinot"),
    ("Jean-Pierre Martinot", "JeanPierreMartinot"),
    ("Jean-Pierre Martinot", "Jean-Pierre Paul Martinot"),
    ("Jean-Pierre Martinot", "Jean-Pierre\nMartinot"),
    ("Jean-Pierre Martinot", "| Martinot | Jean-Pierre |"),
    ("Jean-Pierre Martinot", '{"first_name": "Jean-Pierre", "last_name": "Martinot"}'),
    ("Jean-Pierre Martinot", "Nom : Martinot\nPrénom : Jean-Pierre"),
    ("Jean-Pierre Martinot", "first=jean-pierre;last=martinot"),
    ("Jean-Pierre Martinot", "<nom>Martinot</nom><prenom>Jean-Pierre</prenom>"),
    ("Jean-Pierre Martinot", "nom;prenom\nMartinot;Jean-Pierre"),
    ("Martinot, Jean-Pierre", "J. Martinot"),
    ("Marie-Claire Dupont-Durand", "Marie-Claire Dupont"),
    ("Marie-Claire Dupont-Durand", "Durand Marie-Claire"),
    ("José María Garcia Lopez", "José Garcia"),
    ("José María Garcia Lopez", "José M. Garcia Lopez"),
    ("Łukasz Wójcik", "Lukasz Wojcik"),
    ("Jacques Cœur", "Jacques Coeur"),
    ("Bjørn Sørensen", "Bjorn Sorensen"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Ægir Þórsson", "Aegir Thorsson"),
    ("Charles d'Artagnan", "D'ARTAGNAN Charles"),
    ("小龙 李", "李小龙"),
    ("李明", "李明"),
    ("Alain Paris", "A. Paris"),
    ("Denis Anger", "D Anger"),
]


@pytest.mark.parametrize(("name", "said"), NAMED)
def test_a_person_who_objected_is_found_however_he_is_named(name, said):
    finds = guard_of(name).check(f"D'après {said} , rien n'est sûr.", Surface.ANSWER).finds
    assert {find.kind for find in finds} == {"objected"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Jean-Pierre Martinot", "Jean Martin"),
        ("Jean-Pierre Martinot", "Pierre Martinot-Durand a dit"),
        ("Jean-Pierre Martinot", "la famille"),
        ("Jean-Pierre Martinot", "Martinot"),
        ("Jean-Pierre Martinot", "Jean-Pierre a dit à Martinot"),
        ("Jean Martinot", "Jean-Pierre Martinot"),
        ("Alain Paris", "Il est né à Paris."),
        ("Alain Paris", "À Paris, tout va bien. A Paris aussi."),
        ("Lucie Olivier", "L'olivier pousse. L'Olivier aussi."),
        ("Denis Anger", "Un danger, et la D'Anger."),
        ("Anne Martin", "Il écrit à Martin."),
        ("Mathieu Ange", "On mange bien ici, M. Ange."),
        ("Paul Age", "Page 12, p age"),
        ("Al Li", "s'il a la liste, Ali est là"),
        ("Louis André Vidal", "la Vidal"),
        ("Paul Martinot", "Rue de Paul, Jean Martinot"),
    ],
)
def test_another_person_and_what_is_no_name_is_not(name, said):
    assert guard_of(name).check(said, Surface.ANSWER).finds == ()


@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_stream_is_told_as_the_whole_is(size):
    guard = guard_of(*{name for name, _ in NAMED})
    text = " ".join(f"Bien, dit {said} ; {said.upper()} le dit aussi, et à Paris." for _, said in NAMED)
    held = guard.held(Surface.ANSWER)
    told = "".join(held.add(text[at : at + size]) for at in range(0, len(text), size)) + held.end()
    assert told == guard.check(text, Surface.ANSWER).text


def test_the_names_of_fields_stay():
    told = guard_of("Jean-Pierre Martinot").check(
        '{"first_name":"Jean-Pierre","last_name":"Martinot"}', Surface.ANSWER
    )
    assert told.text == '{"first_name":"[nom]","last_name":"[nom]"}'


def test_a_form_is_told_from_its_own_beginning_alone():
    assert all(
        f"^{form.split(' ')[0]}" in name_variants("Zoé Kermarec")
        for form in name_variants("Zoé Kermarec")
        if form[0] != "^"
    )
