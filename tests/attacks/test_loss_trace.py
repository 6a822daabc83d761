"""The interquartile range of a trace: values worked by hand, and what is no trace."""

from dataclasses import replace

import numpy as np
import pytest

from vidocq.attacks.loss import Loss
from vidocq.attacks.loss_trace import LossTraceIqr
from vidocq.core.errors import SignalError
from vidocq.measure.auc import auc

from synthetic import scene, seed


def traced(*rows):
    found = scene(rng=seed(1)).signals[: len(rows)]
    return replace(found, target_trace=np.array(rows))


@pytest.mark.parametrize(
    ("losses", "iqr"),
    [
        ([4.0, 3.0, 2.0, 1.0, 0.0], 2.0),  # quartiles 1 and 3
        ([4.0, 2.0, 1.0, 1.0], 1.5),  # quartiles 1, and 2 plus a quarter of the way to 4
        ([0.5, 0.5, 0.5, 0.5], 0.0),
        ([0.0, 1.0, 2.0, 3.0, 4.0], -2.0),  # travels as far, the other way
        ([3.0, 2.0, 0.0, 2.0, 3.0], 1.0),  # halves of equal mean: it did not rise
        ([9.0, 0.1, 0.1, 0.1, 0.1], 0.0),  # learned at once
    ],
)
def test_worked_by_hand(losses, iqr):
    assert LossTraceIqr().score(traced(losses), rng=seed(0))[0] == pytest.approx(iqr)


def test_records_are_scored_by_themselves():
    rows = seed(2).gamma(1.0, size=(6, 10))
    together = LossTraceIqr().score(traced(*rows), rng=seed(0))
    np.testing.assert_allclose(together, [LossTraceIqr().score(traced(row), rng=seed(0))[0] for row in rows])


@pytest.mark.parametrize(
    ("trace", "told", "in_french"),
    [
        (None, "no trace was logged", "Aucune perte n'a été relevée"),
        (np.ones((800, 3)), "fewer than 4 epochs", "moins de 4 époques"),
        (np.full((800, 6), np.nan), "the traces of 800 records", "enregistrements touchés : 800"),
        (np.full((800, 6), np.inf), "the traces of 800 records", "enregistrements touchés : 800"),
    ],
)
def test_what_is_no_trace_is_refused_in_both_languages(trace, told, in_french):
    signals = replace(scene(rng=seed(1)).signals, target_trace=trace)
    with pytest.raises(SignalError, match=told) as refused:
        LossTraceIqr().score(signals, rng=seed(0))
    assert in_french in refused.value.fr


def test_a_stand_in_has_no_trace():
    signals = scene(rng=seed(1)).signals
    with pytest.raises(SignalError):
        LossTraceIqr().score(signals.standing_in(0), rng=seed(0))


def test_where_hard_records_are_the_ones_memorised_it_sees_what_the_loss_does_not():
    """Members and others end at one loss, members by a longer way: they were hard, and were learned by heart."""
    rng = seed(3)
    found = scene(rng=rng)
    end = rng.normal(size=found.signals.n)
    start = np.where(found.is_member, 4.0, 2.0) + rng.normal(scale=0.5, size=found.signals.n)
    along = np.linspace(0, 1, 9)
    signals = replace(
        found.signals,
        target_confidence=end,
        target_trace=start[:, None] * (1 - along) + np.exp(-end)[:, None] * along,
    )
    assert auc(LossTraceIqr().score(signals, rng=seed(0)), found.is_member).low > 0.7
    baseline = auc(Loss().score(signals, rng=seed(0)), found.is_member)
    assert baseline.low < 0.5 < baseline.high
