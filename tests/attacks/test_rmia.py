"""RMIA against the paper's own formula, worked by hand and on a population."""

import numpy as np
import pytest

from vidocq.attacks.loss import Loss
from vidocq.attacks.rmia import Rmia
from vidocq.core.errors import SignalError
from vidocq.measure.auc import auc
from vidocq.measure.roc import roc_curve

from synthetic import labels_only, scene, seed, signals_of


def log_odds(p):
    p = np.asarray(p, dtype=float)
    return np.log(p) - np.log1p(-p)


def test_two_records_worked_by_hand():
    """Record 1: target .9, with it .8 and .6, without it .5: mean (.7 + .5) / 2 = .6, ratio 1.5. Record 2: .3 over
    (.2 + (.1 + .3) / 2) / 2 = .2, ratio 1.5 as well."""
    signals = signals_of(
        log_odds([0.9, 0.3]),
        log_odds([[0.8, 0.2], [0.6, 0.1], [0.5, 0.3]]),
        np.array([[True, True], [True, False], [False, False]]),
    )
    np.testing.assert_allclose(Rmia().score(signals, rng=seed(1)), np.log([1.5, 1.5]), rtol=1e-12)


@pytest.mark.parametrize("gamma", [1.0, 1.5, 2.0])
def test_the_share_of_a_population_that_a_record_dominates_is_a_step_of_the_score(gamma):
    """The paper's score, computed as written, never contradicts the order of ours."""
    found = scene(rng=seed(2), leak=1.0)
    score = Rmia().score(found.signals, rng=seed(3))
    ratio, population = np.exp(score[~found.signals.known]), np.exp(score[found.signals.known])
    share = (ratio[:, None] / population[None, :] >= gamma).mean(axis=1)
    order = np.argsort(score[~found.signals.known], kind="stable")
    assert (np.diff(share[order]) >= 0).all()


def test_four_references_do_better_than_one_threshold():
    found = scene(rng=seed(4), leak=1.0, references=4, members=2000, non_members=2000, spread=2.0)
    scores = {a.card.id: a.score(found.signals, rng=seed(5)) for a in (Rmia(), Loss())}
    area = {name: auc(values, found.is_member) for name, values in scores.items()}
    assert area["rmia"].low > area["loss"].high
    rates = {name: np.interp(0.01, *curve(values, found.is_member)) for name, values in scores.items()}
    assert rates["rmia"] > rates["loss"]


def curve(scores, is_member):
    found = roc_curve(scores, is_member)
    return found.fpr, found.tpr


def test_a_regression_is_read_by_its_errors():
    found = scene(rng=seed(6), leak=2.0).signals
    from dataclasses import replace

    squared = replace(
        found, target_loss=np.exp(-found.target_confidence), reference_loss=np.exp(-found.reference_confidence)
    )
    assert auc(Rmia().score(squared, rng=seed(7)), scene(rng=seed(6), leak=2.0).is_member).low > 0.6


def test_it_abstains_on_labels_and_where_a_world_is_silent():
    found = scene(rng=seed(8), references=4).signals
    with pytest.raises(SignalError, match="no probability"):
        Rmia().score(labels_only(found), rng=seed(9))
    with pytest.raises(SignalError, match="fewer than 1"):
        Rmia().score(found.only(np.array([0])), rng=seed(9))
