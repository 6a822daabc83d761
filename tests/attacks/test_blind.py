"""The blind control sees what files show without a model, and only that."""

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.measure.auc import auc

from synthetic import seed


def two_files(shift, *, n=1000):
    rng = seed(3)
    is_member = np.arange(n) < n // 2
    table = rng.normal(size=(n, 3))
    table[is_member, 1] += shift
    return table, is_member


def test_a_shifted_file_is_seen():
    table, is_member = two_files(1.0)
    scores = Blind().score_records(table, is_member, np.arange(len(table)), rng=seed(0))
    assert auc(scores, is_member).low > 0.65


def test_two_files_of_one_distribution_look_alike():
    table, is_member = two_files(0.0)
    scores = Blind().score_records(table, is_member, np.arange(len(table)), rng=seed(0))
    area = auc(scores, is_member)
    assert area.low <= 0.5 <= area.high
    assert np.isfinite(scores).all()


def test_whole_persons_are_held_out_together():
    """A number that names the person tells his side to whoever saw another record of his; nobody may."""
    rng = seed(4)
    persons = np.repeat(np.arange(60), 12)
    is_member = persons % 2 == 0
    table = np.column_stack([rng.random(60)[persons], rng.normal(size=len(persons))])
    apart = Blind().score_records(table, is_member, np.arange(len(persons)), rng=seed(0))
    together = Blind().score_records(table, is_member, persons, rng=seed(0))
    assert auc(apart, is_member).value > 0.9  # the trap is real
    by_person = np.bincount(persons, weights=together) / 12
    area = auc(by_person, np.arange(60) % 2 == 0)
    assert area.low <= 0.5 <= area.high


def test_one_seed_gives_one_result_and_inputs_stay_untouched():
    table, is_member = two_files(0.5)
    table.flags.writeable = is_member.flags.writeable = False
    found = [Blind(trees=5).score_records(table, is_member, np.arange(len(table)), rng=seed(1)) for _ in range(2)]
    np.testing.assert_array_equal(*found)


def test_fewer_persons_than_folds_still_give_a_score_each():
    table = seed(5).normal(size=(6, 2))
    scores = Blind(trees=2).score_records(table, np.arange(6) < 3, np.arange(6) // 2, rng=seed(0))
    assert scores.shape == (6,)
    assert np.isfinite(scores).all()
