"""Labels alone: stronger than the gap between right and wrong, silent without copies."""

from dataclasses import replace

import numpy as np
import pytest

from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.label_only import LabelOnly
from vidocq.core.errors import SignalError
from vidocq.measure.auc import auc

from synthetic import labels_only, scene, seed


def steady(found):
    """Labels and steadiness, and nothing else."""
    signals = labels_only(found.signals)
    return replace(
        signals,
        target_robustness=found.signals.target_robustness,
        reference_robustness=found.signals.reference_robustness,
    )


def test_it_sees_what_the_gap_does_not():
    found = scene(rng=seed(1), leak=1.0, members=2000, non_members=2000, references=32, spread=2.0)
    signals = steady(found)
    areas = [auc(a.score(signals, rng=seed(2)), found.is_member) for a in (LabelOnly(), LabelGap())]
    assert areas[0].low > areas[1].high


def test_without_references_the_share_is_the_score():
    signals = steady(scene(rng=seed(3))).only(np.array([], dtype=np.int64))
    np.testing.assert_array_equal(LabelOnly().score(signals, rng=seed(2)), signals.target_robustness)


def test_few_references_are_held_against_their_mean():
    signals = steady(scene(rng=seed(3), references=2))
    np.testing.assert_allclose(
        LabelOnly().score(signals, rng=seed(2)),
        signals.target_robustness - signals.reference_robustness.mean(axis=0),
    )


def test_without_copies_it_is_silent():
    with pytest.raises(SignalError, match="changed records"):
        LabelOnly().score(labels_only(scene(rng=seed(3)).signals), rng=seed(2))
