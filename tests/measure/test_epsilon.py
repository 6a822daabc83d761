"""Epsilon from below: ceilings by hand, both directions, coverage on randomised response."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.epsilon import epsilon_lower


def test_a_perfect_attack_proves_what_its_numbers_allow():
    high = 1 - 0.025 ** (1 / 100)
    assert epsilon_lower(100, 100, 0, 100) == pytest.approx(math.log((1 - high) / high))


def test_the_published_counts_prove_nothing():
    assert epsilon_lower(487, 487, 512, 513, level=0.9, delta=1e-5) == 0.0


@given(st.integers(0, 50), st.integers(0, 60))
def test_accusing_and_sparing_are_worth_the_same(tp, fp):
    assert epsilon_lower(tp, 50, fp, 60) == pytest.approx(epsilon_lower(60 - fp, 60, 50 - tp, 50), abs=1e-9)
    assert 0.0 <= epsilon_lower(tp, 50, fp, 60, delta=0.01) <= epsilon_lower(tp, 50, fp, 60)


@pytest.mark.parametrize("tpr", [0.02, 0.5, 0.98])
def test_it_seldom_exceeds_a_true_epsilon(tpr):
    epsilon, n = 1.0, 80
    fpr = max(tpr * math.exp(-epsilon), 1 - (1 - tpr) * math.exp(epsilon))  # on the edge of the allowed region
    law_in, law_out = (stats.binom.pmf(np.arange(n + 1), n, rate) for rate in (tpr, fpr))
    wrong = sum(
        law_in[tp] * law_out[fp]
        for tp in range(n + 1)
        for fp in range(n + 1)
        if law_in[tp] * law_out[fp] > 1e-9 and epsilon_lower(tp, n, fp, n, level=0.9) > epsilon
    )
    assert wrong <= 0.1


def test_refusals():
    with pytest.raises(SampleTooSmall):
        epsilon_lower(0, 0, 0, 5)
    with pytest.raises(ConfigurationError, match="delta"):
        epsilon_lower(1, 5, 1, 5, delta=1.0)
