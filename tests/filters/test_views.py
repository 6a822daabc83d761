"""Disguises are undone, and every place of a reading leads back to where it came from."""

import base64
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import disguises, values
from vidocq.filters.evasion.dictation import number
from vidocq.filters.evasion.trial import evade, false_blocks
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views import readings
from vidocq.filters.views.codings import encoded, turned
from vidocq.filters.views.digits import spoken
from vidocq.filters.views.readings import TooMuchInside
from vidocq.filters.views.view import View, replaced
from vidocq.filters.views.writing import joined

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
EVERYDAY = [
    "Il y a deux ou trois choses à voir, et même quatre.",
    "Rendez-vous le 12 mars 2024 à 14 h 30, salle 203, bâtiment 4.",
    "1. Ouvrir le dossier\n2. Lire les 15 pages\n3. Répondre avant le 30",
    "The meeting at the office dot the agenda with 12 points.",
    "La version 10.2.14 corrige 1 234 567 défauts en 2019-2020.",
    "| 2019 | 2020 | 2021 |\n| 12,5 | 14,0 | 13,2 |",
    "x = [1, 2, 3, 5, 8, 13, 21, 34, 55]",
    "Il a chanté : un, deux, trois, quatre, cinq, six, sept.",
]


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_text_is_left_alone(text):
    assert GUARD.check(text, Surface.ANSWER).text == text


def test_no_two_disguises_are_told_by_one_name():
    assert len({evasion.id for evasion in disguises.EVASIONS}) == len(disguises.EVASIONS)
    assert len({evasion.title for evasion in disguises.EVASIONS}) == len(disguises.EVASIONS)


@pytest.mark.parametrize("evasion", disguises.EVASIONS, ids=lambda e: e.id)
def test_each_disguise_of_each_kind_is_seen_through(evasion, monkeypatch):
    monkeypatch.setattr("vidocq.filters.evasion.trial.EVASIONS", (evasion,))
    found = list(evade(GUARD, each=12, rng=random.Random(3)))
    assert sum(one.n for one in found)
    assert sum(one.passed for one in found) <= 0.1 * sum(one.n for one in found)


def test_a_guard_that_looks_for_nothing_lets_everything_pass(monkeypatch):
    monkeypatch.setattr("vidocq.filters.evasion.trial.EVASIONS", disguises.EVASIONS[:4])
    found = list(evade(Guard([]), each=3, rng=random.Random(3)))
    assert all(one.passed == one.n for one in found)


def test_false_blocks_count_answers_not_finds():
    seen = false_blocks(GUARD, ["06 12 34 56 78 ou 06 12 34 56 79", "rien"])
    assert (seen.stopped, seen.n, seen.by) == (1, 2, {"personal-data: phone": 2})


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_no_text_breaks_a_reading_and_places_stay_inside(text):
    try:
        views = list(readings.readings(text))
    except TooMuchInside:
        return
    assert views[0].text == text
    for view in views:
        for at in range(0, len(view.text), 7):
            start, end = view.original(at, at + 1)
            assert 0 <= start < end <= len(text)


def test_places_of_a_replacement():
    view = replaced("v", "abcXYZdef", [(3, 6, "12345")])
    assert view.text == "abc12345def"
    assert view.original(0, 3) == (0, 3)
    assert view.original(4, 5) == (3, 6)
    assert view.original(8, 11) == (6, 9)
    assert view.original(2, 9) == (2, 7)
    again = view.then(turned.backwards(view.text))
    assert again.text == "fed54321cba"
    assert again.original(0, 3) == (6, 9)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "0 6 12 34-56 78"),
        ("soixante et onze quatre-vingts quatre-vingt-onze", "71 80 91"),
        ("vingt quatre-vingt-quatorze dix-sept", "20 94 17"),
        ("double six one two", "66 1 2"),
        ("plus trente-trois six un", "+ 33 6 1"),
    ],
)
def test_numbers_in_words(said, digits):
    made = spoken.numbers(said)
    assert "".join(c for c in made.text if c.isalnum() or c == "+") == "".join(c for c in digits if c not in " -")


@pytest.mark.parametrize("two", [f"{n:02d}" for n in range(100)])
def test_what_is_dictated_is_understood(two):
    made = spoken.numbers(f"un deux trois {number(two)}")
    assert "".join(c for c in made.text if c.isdecimal()) == f"123{two}"


def test_codings_inside_codings_are_undone_to_a_depth():
    text = "jean.dupont@exemple.fr"
    for depth in range(1, 6):
        text = base64.b64encode(text.encode()).decode()
        caught = bool(GUARD.check(f"Voici {text} .", Surface.ANSWER).finds)
        assert caught == (depth <= readings.DEEPEST)


def test_a_text_that_unfolds_without_end_is_blocked(monkeypatch):
    monkeypatch.setattr(readings, "LARGEST", 0)
    monkeypatch.setattr(readings, "GROWTH", 1)
    checked = GUARD.check(base64.b64encode(b"a b c " * 40).decode(), Surface.ANSWER)
    assert checked.blocked.kind == "too-much-inside"


def test_made_values_are_right():
    draw = random.Random(1)
    for _ in range(50):
        assert int(values.nir(draw).replace(" ", "")[:13]) > 0
        iban = values.iban(draw).replace(" ", "")
        assert int(iban[4:] + "1527" + iban[2:4]) % 97 == 1
        card = values.card(draw).replace(" ", "")
        assert values.luhn(card[:-1]) == card[-1]


def test_plain_is_the_text_itself():
    assert View.plain("ab").original(0, 2) == (0, 2)
    assert joined.numbers("rien") is None
    assert list(encoded.decoded("rien du tout")) == []


def test_each_disguise_has_an_id_of_its_own():
    assert len({evasion.id for evasion in disguises.EVASIONS}) == len(disguises.EVASIONS)


@pytest.mark.parametrize("evasion", disguises.EVASIONS, ids=lambda e: e.id)
def test_each_disguise_changes_some_kind_of_value_and_loses_none_of_it(evasion):
    made = [make(random.Random(1)) for make in values.MADE.values()]
    said = [evasion.say(value) for value in made if not evasion.keeps(value)]
    assert said
    assert all(said)
