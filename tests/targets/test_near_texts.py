"""Texts that share nearly all their words are found, all of them and no others."""

import random

import numpy as np
import pytest

from vidocq.targets import near_texts as module
from vidocq.targets.near_texts import RUN, near_texts

WORDS = [f"mot{i}" for i in range(40)]


def runs(text):
    words = module._WORD.findall(text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))} if words else set()


def by_hand(here, there, similar=0.8):
    first, second = [runs(t) for t in here], [runs(t) for t in there]

    def alike(x, others):
        return any(x and len(x & y) >= similar * len(x | y) - 1e-9 for y in others)

    return [alike(x, second) for x in first], [alike(y, first) for y in second]


def changed(text, number, rng):
    words = text.split()
    for place in rng.sample(range(len(words)), min(number, len(words))):
        words[place] = rng.choice(WORDS)
    return " ".join(words)


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("similar", [0.5, 0.8, 1.0])
def test_it_agrees_with_comparing_every_pair(number, similar):
    rng = random.Random(number)
    originals = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 50))) for _ in range(30)]
    here = [changed(rng.choice(originals), rng.randint(0, 4), rng) for _ in range(40)]
    there = [changed(rng.choice(originals), rng.randint(0, 4), rng) for _ in range(35)] + ["", "…"]
    found = near_texts(here, there, similar=similar)
    expected = by_hand(here, there, similar)
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])
    assert found[0].any() or similar == 1.0


def test_the_bound_is_met_from_both_sides():
    """Of 46 words, 42 runs; an end that differs takes runs away one by one: 38 of 46 are 0.826, 37 of 47 are 0.787."""
    words = [f"w{i}" for i in range(46)]
    same = " ".join(words)
    near, far = (" ".join([*words[:-k], *(f"x{i}" for i in range(k))]) for k in (4, 5))
    assert [bool(near_texts([same], [other])[0][0]) for other in (near, far)] == [True, False]


def test_case_punctuation_and_spaces_do_not_count():
    found = near_texts(["Le maire a signé, hier, l'acte  de vente."], ["le MAIRE a signé hier l’acte de vente"])
    assert found[0].all()
    assert found[1].all()


def test_short_texts_are_near_only_if_their_words_are_equal():
    found = near_texts(["bonjour à tous", "bonjour à toi", "!"], ["Bonjour à tous !", "?", ""])
    np.testing.assert_array_equal(found[0], [True, False, False])
    np.testing.assert_array_equal(found[1], [True, False, False])


def test_scripts_without_spaces_are_compared_sign_by_sign():
    text = "昨日市長は駅前の広場で新しい図書館の計画について市民に説明した"
    found = near_texts([text], [text + "。", text[:12] + "東京都庁舎で別の事業計画を発表した"][:1])
    assert found[0].all()
    assert not near_texts([text], ["今日の天気は晴れで気温は二十度まで上がる見込みです"])[0].any()


def test_order_and_blocks_change_nothing(monkeypatch):
    rng = random.Random(5)
    here = [" ".join(rng.choice(WORDS) for _ in range(30)) for _ in range(50)]
    there = [changed(text, rng.randint(0, 2), rng) for text in here[:25]] + here[40:]
    whole = near_texts(here, there)
    monkeypatch.setattr(module, "BLOCK", 7)
    monkeypatch.setattr(module, "MOST_PAIRS", 5)
    monkeypatch.setattr(module, "MOST_KNOWN", 3)
    order = list(range(len(there)))
    rng.shuffle(order)
    pieces = near_texts(here, [there[i] for i in order])
    np.testing.assert_array_equal(pieces[0], whole[0])
    np.testing.assert_array_equal(pieces[1], whole[1][order])


def test_thousands_of_letters_alike_are_settled_quickly():
    frame = " ".join(f"clause{i}" for i in range(60))
    here = [f"Madame A{i} {frame}" for i in range(500)]
    there = [f"Monsieur B{i} {frame}" for i in range(500)]
    found = near_texts(here, there)
    assert found[0].all()
    assert found[1].all()


def test_nothing_is_near_nothing():
    assert [side.tolist() for side in near_texts([], [])] == [[], []]
    assert [side.tolist() for side in near_texts(["un deux trois quatre cinq six"], [])] == [[False], []]
