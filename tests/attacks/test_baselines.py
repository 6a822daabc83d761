"""The two attacks that need no reference model."""

import numpy as np

from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.loss import Loss

from synthetic import labels_only, scene, seed


def test_the_loss_attack_ranks_by_loss():
    signals = scene(rng=seed(1)).signals
    order = np.argsort(Loss().score(signals, rng=seed(0)))
    assert (np.diff(signals.target_loss[order]) <= 0).all()


def test_the_label_gap_accuses_whoever_is_labelled_correctly():
    signals = scene(rng=seed(1)).signals
    scores = LabelGap().score(signals, rng=seed(0))
    assert set(np.unique(scores)) == {0.0, 1.0}
    np.testing.assert_array_equal(scores > 0.5, signals.target_correct)


def test_the_label_gap_reads_labels_and_nothing_else():
    signals = scene(rng=seed(1)).signals
    np.testing.assert_array_equal(
        LabelGap().score(labels_only(signals), rng=seed(0)), LabelGap().score(signals, rng=seed(0))
    )
