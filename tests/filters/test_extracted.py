"""Strings that an audit extracted are known by their parts; what everybody says is held by no list."""

import pytest

from vidocq.core.guarding import Action, Surface
from vidocq.filters.extracted import Extracted, phrases_of
from vidocq.filters.guard import Guard
from vidocq.filters.phrases import hashed

KEY = bytes(range(32))


def test_long_strings_are_known_by_their_parts():
    forms = phrases_of("one two three four five six seven eight nine ten")
    assert forms == {"onetwothreefourfivesixseveneight", "twothreefourfivesixseveneightnine", "threefourfivesixseveneightnineten"}  # fmt: skip


@pytest.mark.parametrize(
    ("string", "said"),
    [
        ("Le code secret de Léon est 748217", "code secret de Léon : 748217"),
        ("Tél. de Léon : 06 39 98 28 51", "appelle le 06.39.98.28.51"),
        ("Tél. de Léon : 06 39 98 28 51", "appelle le +33 6 39 98 28 51"),
        ("Léon, +33 (0)6 39 98 28 51", "appelle le 0639982851"),
        ("Écrire à jeanne.valmorin@exemple.fr demain", "jeanne.valmorin@exemple.fr"),
        ("Son IBAN : FR7630006000011234567890189", "fr7630006000011234567890189"),
        ("Le juge a signé un bail", "Alors le juge a signé un bail."),
    ],
)
def test_a_string_and_what_is_rare_in_it_are_found(string, said):
    held = frozenset(hashed(form, KEY) for form in phrases_of(string))
    assert Guard([Extracted(held, KEY, Action.MASK)]).check(f"Bien : {said}", Surface.ANSWER).finds


@pytest.mark.parametrize("string", ["oui", "1", "le", "12 000", "bonjour", "et le", "---", "2019-2020"])
def test_what_everybody_says_is_not_held(string):
    assert phrases_of(string) == set()


@pytest.mark.parametrize("string", ["Le prix est de 120 000 euros en tout", "De 2019 à 2020 il fut maire ici"])
def test_round_numbers_and_years_are_not_rare(string):
    assert not any(form.isdigit() for form in phrases_of(string))
