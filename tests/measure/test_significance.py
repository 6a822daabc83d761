"""Exact tests: values by hand, level under the null, power where there is something."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.significance import fisher_greater, holm, stratified_greater


def test_the_lady_tasting_tea():
    assert fisher_greater(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert fisher_greater(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert fisher_greater(0, 4, 0, 4) == 1.0


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_fisher_agrees_with_scipy(members, others, data):
    tp, fp = data.draw(st.integers(0, members)), data.draw(st.integers(0, others))
    table = [[tp, members - tp], [fp, others - fp]]
    assert fisher_greater(tp, members, fp, others) == pytest.approx(stats.fisher_exact(table, "greater").pvalue)


def test_arrays_give_what_each_count_gives():
    tp, fp = np.array([0, 5, 30]), np.array([2, 5, 3])
    together = fisher_greater(tp, 50, fp, 60)
    assert together.tolist() == [fisher_greater(int(a), 50, int(b), 60) for a, b in zip(tp, fp, strict=True)]


def test_a_p_value_is_never_zero():
    assert 0.0 < fisher_greater(5000, 5000, 0, 5000) < 1e-300


def test_fisher_refuses_what_is_no_table():
    with pytest.raises(SampleTooSmall):
        fisher_greater(0, 0, 0, 4)
    with pytest.raises(ConfigurationError):
        fisher_greater(5, 4, 0, 4)


def test_holm_by_hand():
    np.testing.assert_allclose(holm(np.array([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02])
    assert holm(np.empty(0)).size == 0
    with pytest.raises(ConfigurationError):
        holm(np.array([0.1, np.nan]))


@given(arrays(np.float64, st.integers(1, 12), elements=st.floats(0.0, 1.0)))
def test_holm_lies_between_each_p_and_bonferroni_and_keeps_the_order(p):
    adjusted = holm(p)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= np.minimum(1.0, p.size * p) + 1e-15)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0.0)


def test_one_stratum_is_fisher():
    for hit_in, hit_out in itertools.product(range(0, 9), range(0, 7)):
        one = stratified_greater(np.array([hit_in]), np.array([8]), np.array([hit_out]), np.array([6]))
        assert one == pytest.approx(fisher_greater(hit_in, 8, hit_out, 6), abs=1e-12)


def test_three_persons_by_enumeration():
    n_in, n_out = np.array([4, 3, 5]), np.array([4, 6, 2])
    hit_in, hit_out = np.array([3, 1, 4]), np.array([1, 2, 0])
    laws = [
        stats.hypergeom.pmf(np.arange(a + 1), a + b, a, t)
        for a, b, t in zip(n_in, n_out, hit_in + hit_out, strict=True)
    ]
    exact = sum(
        laws[0][i] * laws[1][j] * laws[2][k]
        for i, j, k in itertools.product(*(range(law.size) for law in laws))
        if i + j + k >= 8
    )
    assert stratified_greater(hit_in, n_in, hit_out, n_out) == pytest.approx(exact, abs=2e-12)


def test_a_person_whom_all_or_no_models_had_adds_nothing():
    base = [np.array(each) for each in ([3, 1], [4, 3], [1, 2], [4, 6])]
    more = [np.append(each, extra) for each, extra in zip(base, (5, 9, 0, 0), strict=True)]
    empty = [np.append(each, 0) for each in base]
    assert stratified_greater(*more) == pytest.approx(stratified_greater(*base), abs=2e-12)
    assert stratified_greater(*empty) == pytest.approx(stratified_greater(*base), abs=2e-12)
    assert stratified_greater(*(np.empty(0, dtype=np.int64) for _ in range(4))) == 1.0


def test_the_panel_test_keeps_its_level_even_if_some_models_accuse_everybody():
    rng = np.random.default_rng(11)
    draws, persons, models = 400, 40, 64
    p = np.empty(draws)
    for draw in range(draws):
        hot = rng.beta(0.3, 3.0, (1, models))  # how easily each model accuses
        hits = rng.random((persons, models)) < hot * rng.random((persons, 1))
        had = rng.permuted(np.tile(np.arange(models) < models // 2, (persons, 1)), axis=1)
        p[draw] = stratified_greater(
            (hits & had).sum(axis=1), had.sum(axis=1), (hits & ~had).sum(axis=1), (~had).sum(axis=1)
        )
    for level in (0.01, 0.05, 0.2):
        assert np.mean(p <= level) <= level + 3 * np.sqrt(level * (1 - level) / draws)
    assert np.mean(p <= 0.2) > 0.1


def test_small_excesses_add_up_over_a_panel():
    n = np.full(50, 128)
    rng = np.random.default_rng(2)
    hit_in, hit_out = rng.binomial(n, 0.05), rng.binomial(n, 0.01)
    assert stratified_greater(hit_in, n, hit_out, n) < 1e-9
    assert stratified_greater(hit_out, n, hit_in, n) > 0.999


def test_the_largest_panel_takes_less_than_a_second():
    rng = np.random.default_rng(4)
    n = np.full(500, 500)
    hit_in, hit_out = rng.binomial(n, 0.5), rng.binomial(n, 0.5)
    start = time.process_time()
    p = stratified_greater(hit_in, n, hit_out, n)
    assert time.process_time() - start < 1.0
    t = hit_in + hit_out
    z = (hit_in.sum() - 0.5 - (t / 2).sum()) / np.sqrt((t / 2 * (1 - t / 1000) * 500 / 999).sum())
    assert p == pytest.approx(stats.norm.sf(z), abs=1e-3)
