"""The blind control sees two periods or two topics of text, and nothing where chance drew the sides."""

import numpy as np
import pytest

from vidocq.attacks.blind_texts import BlindTexts
from vidocq.measure.auc import cross_validated_auc

from language_models import made_persons, made_texts
from synthetic import seed


def area(texts, is_member, *, persons=None, dates=None, number=0):
    persons = np.arange(len(texts)) if persons is None else persons
    scores = BlindTexts().score_texts(texts, is_member, persons, dates=dates, rng=seed(number))
    assert np.isfinite(scores).all()
    return cross_validated_auc(scores, is_member)


def halves(n, number):
    return seed(number).permutation(n) < n // 2


def test_twenty_random_splits_look_alike():
    """At a level of 95 %, one interval in forty lies above one half by chance."""
    texts = made_texts(300, seed=1)
    found = [area(texts, halves(300, number), number=number) for number in range(20)]
    assert sum(one.low > 0.5 for one in found) <= 1
    assert np.mean([one.value for one in found]) == pytest.approx(0.5, abs=0.02)


def test_another_topic_is_seen():
    fiches = [person.text for person in made_persons(200, seed=1)]
    texts = made_texts(200, seed=2)
    mixed = [f"{a} {b}" for a, b in zip(texts[:100], fiches[:100], strict=True)] + texts[100:]
    assert area(mixed, np.arange(200) < 100).low > 0.9


def test_two_periods_are_seen_by_their_dates_alone():
    texts, rng = made_texts(400, seed=3), seed(4)
    members = halves(400, 5)
    apart = np.where(members, 0.0, 300.0) + rng.uniform(0, 365, size=400)
    assert area(texts, members, dates=apart).low > 0.75
    assert area(texts, members, dates=rng.uniform(0, 365, size=400)).low <= 0.5


def test_a_period_in_the_middle_of_another_is_seen():
    members = halves(400, 5)
    dates = np.where(members, seed(6).uniform(150, 250, size=400), seed(7).uniform(0, 400, size=400))
    assert area(made_texts(400, seed=3), members, dates=dates).low > 0.7


def test_a_date_that_only_one_side_lacks_is_seen():
    members = halves(300, 5)
    dates = np.where(members & (seed(6).random(300) < 0.5), np.nan, 1.0)
    assert area(made_texts(300, seed=3), members, dates=dates).low > 0.6


def test_two_periods_are_seen_by_the_words_of_the_time():
    old, new = ("par courrier", "au guichet", "en francs"), ("en ligne", "par courriel", "en euros")
    rng = seed(8)

    def written(text, words):
        return f"{text} Payé {words[int(rng.integers(3))]}." if rng.random() < 0.4 else text

    texts = [written(t, old if i < 200 else new) for i, t in enumerate(made_texts(400, seed=9))]
    assert area(texts, np.arange(400) < 200).low > 0.55


def test_length_is_seen():
    texts = made_texts(150, seed=1, sentences=3) + made_texts(150, seed=2, sentences=4)
    assert area(texts, np.arange(300) < 150).low > 0.9


def test_whole_persons_are_held_out_together():
    """A word that names the person tells his side to whoever read another text of his; nobody may."""
    persons = np.repeat(np.arange(60), 8)
    members = persons % 2 == 0
    some = made_texts(480, seed=1, sentences=1)
    texts = [f"{text} Dossier{person}." for text, person in zip(some, persons, strict=True)]
    assert area(texts, members).low > 0.7  # the trap is real
    scores = BlindTexts().score_texts(texts, members, persons, rng=seed(0))
    found = cross_validated_auc(np.bincount(persons, weights=scores) / 8, np.arange(60) % 2 == 0)
    assert found.low <= 0.5 <= found.high


def test_one_seed_gives_one_result_and_inputs_stay_untouched():
    texts, members = made_texts(60, seed=1), halves(60, 1)
    dates = np.arange(60.0)
    dates.flags.writeable = members.flags.writeable = False
    found = [BlindTexts().score_texts(texts, members, np.arange(60), dates=dates, rng=seed(1)) for _ in range(2)]
    np.testing.assert_array_equal(*found)


def test_texts_without_words_are_scored_too():
    assert np.isfinite(
        BlindTexts().score_texts(["!", "", "…", "a b"], np.arange(4) < 2, np.arange(4), rng=seed(0))
    ).all()
