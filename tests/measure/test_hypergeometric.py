"""The law of accusations under chance, against an independent implementation and its own sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vidocq.measure.hypergeometric import mass, upper_tail


@settings(max_examples=60)
@given(st.integers(0, 300), st.integers(1, 300), st.data())
def test_tails_agree_with_scipy(good, bad, data):
    drawn = data.draw(st.integers(0, good + bad))
    k = np.arange(-1, drawn + 2)
    expected = stats.hypergeom.sf(k - 1, good + bad, good, drawn)
    seen = upper_tail(k, np.array(good), np.array(bad), np.array(drawn))
    np.testing.assert_allclose(seen, expected, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize(("k", "drawn"), [(5300, 10_300), (5000, 10_000), (4700, 9_700), (60, 62)])
def test_large_populations_too(k, drawn):
    good = bad = np.array(50_000)
    expected = stats.hypergeom.sf(k - 1, 100_000, 50_000, drawn)
    assert upper_tail(np.array(k), good, bad, np.array(drawn)) == pytest.approx(expected, rel=1e-8)


def test_masses_sum_to_one():
    k = np.arange(0, 41)
    assert mass(k, np.array(100), np.array(70), np.array(40)).sum() == pytest.approx(1.0, abs=1e-12)
