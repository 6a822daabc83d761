"""Addresses with their signs in words of any kind, numbers by themselves, and leet with plain words for the sign."""

import time

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.signs import leet, worded

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
SAID = (
    "ines point hamon91 @robase karorivelab point net",
    "ines(point)hamon91(à)karorivelab(point)net",
    "ines (point) hamon 91 (à) karorivelab (point) net",
    "ines dot hamon 91 at karorivelab dot net",
    "ines point hamon 91 arobase karorivelab point net",
    "ines dot hamon ninety-one at karorivelab dot net",
    "ines point hamon quatre-vingt-onze arob@se karorivelab point net",
    "ines.hamon91 @rrobase karorivelab.net",
    "ines[point]hamon91[@robase]karorivelab[point]net",
    "ines_point_hamon91_à_karorivelab_point_net",
    "ines, point, hamon, 91, arobase, karorivelab, point, net",
    "ines\npoint\nhamon\n91\narobase\nkarorivelab\npoint\nnet",
    "ines DOT hamon 91 AT karorivelab DOT net",
    "ines pt hamon 91 arobaze karorivelab pt net",
    "ines point hamon 91 a dans le rond karorivelab point net",
    "ines · dot · hamon · 91 · at · karorivelab · dot · net",
    "ines, puis point, puis hamon, puis 91, puis arobase, puis karorivelab, puis point, puis net",
    "ines, then dot, then hamon, then 91, then at, then karorivelab, then dot, then net",
    "ines <dot> hamon <91> <at> karorivelab <dot> net",
    "ines . hamon 91 @ karorivelab . net",
    "ines punto hamon 91 chiocciola karorivelab punto net",
    "ines dot hamon 91 at the rate of karorivelab dot net",
)
LEET = (
    "gu1ll37.v1c70r at 74lm1573l73ch.c0m",
    "k.p45qu13r at z0r4n3x-gr0up.n37",
    "k d0t p45qu13r chez z0r4n3x-gr0up p01n7 net",
    "m4r!3.dur4nd@0r8!73l.fr",
    "0l!v3_83$7!n at 94z3773.0r9",
    "7h34.gr45@50181570.10",
    "5.b0770@b3774.c0.uk",
)


@pytest.mark.parametrize("said", SAID)
def test_signs_in_words_and_numbers_by_themselves(said):
    checked = GUARD.check(f"Son contact : {said}. Autre chose ?", Surface.ANSWER)
    assert not any(part in checked.text for part in ("ines", "hamon", "91", "onze", "karorivelab"))


@pytest.mark.parametrize("said", LEET)
def test_leet(said):
    begin = len("Son adresse : ")
    checked = GUARD.check(f"Son adresse : {said}. Merci.", Surface.ANSWER)
    assert any(find.start <= begin + 1 and find.end >= begin + len(said) - 2 for find in checked.finds)


@pytest.mark.parametrize(
    "text",
    [
        "Le rendez-vous (à 9 h) est à Paris, point.",
        "Il va à pied du point A (à gauche) au point B, point final.",
        "Rendez-vous à 10 heures au point info.",
        "Meet me at gate 12 dot on time; the dot is red.",
        "Paul habite à Lyon, point de rencontre fr et be.",
        "Look at chapter3 at sec7.10 and page 4 at 12.30.",
        "See v1.2 at p2.10, then meet at 9.30 at gate b4.",
        "It listens at 10.0.0.1, and ships at v1.0.c0 level.",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert not GUARD.check(text, Surface.ANSWER).finds


@pytest.mark.parametrize(
    "piece", ["1 ", "un-", "a point ", "a-", "a, point, ", "1 1 arobase x point fr ", "a4 at ", "a!$ at 4$!"]
)
def test_long_rows_take_no_longer_than_their_length(piece):
    text = piece * 3000 + " arobase x point fr"
    begun = time.process_time()
    worded.written(text)
    leet.unlooked(text)
    assert time.process_time() - begun < 3
