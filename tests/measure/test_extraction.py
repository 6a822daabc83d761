"""Queries until a text comes: worked by hand, stable where floats are not, and right on a model that is known whole."""

import math

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, SignalError
from vidocq.measure.extraction import (
    cost_per_item,
    discovered_within,
    log_p_at_least,
    queries_needed,
    sampled_within,
)
from vidocq.measure.intervals import clopper_pearson

CHAIN = np.array([[0.5, 0.3, 0.15, 0.05], [0.1, 0.6, 0.2, 0.1], [0.25, 0.25, 0.25, 0.25], [0.7, 0.1, 0.1, 0.1]])
"""Next token given the last: a model of four tokens."""


def decoded(row, *, temperature, top_k, top_p):
    """The law of the next token once decoded, written out afresh."""
    if temperature == 0.0:
        return (np.arange(len(row)) == row.argmax()).astype(float)
    law = row ** (1.0 / temperature)
    law = law / law.sum()
    order = np.argsort(-law, kind="stable")
    kept = order[: top_k or len(row)]
    law = np.where(np.isin(np.arange(len(row)), kept), law, 0.0)
    law = law / law.sum()
    reached = np.cumsum(law[order])
    kept = order[: int(np.searchsorted(reached, top_p - 1e-12)) + 1]
    law = np.where(np.isin(np.arange(len(row)), kept), law, 0.0)
    return law / law.sum()


def test_queries_by_hand():
    # half the time: one query does for 1/2; 0.9 needs 4, for 1 - 0.5**3 is 0.875
    np.testing.assert_array_equal(queries_needed(np.log([0.5, 0.5, 1.0]), share=0.5), [1, 1, 1])
    np.testing.assert_array_equal(queries_needed(np.log([0.5, 0.1]), share=0.9), [4, 22])
    assert queries_needed(np.log([0.1]), share=0.19)[0] == 2  # 1 - 0.9**2, exactly
    assert queries_needed(np.array([-np.inf]), share=0.5)[0] == np.inf


def test_a_probability_no_float_can_tell_from_zero_still_has_its_number_of_queries():
    # ln 2 / p, to first order
    found = queries_needed(np.array([-40.0, -600.0]), share=0.5)
    np.testing.assert_allclose(found, math.log(2.0) * np.exp([40.0, 600.0]), rtol=1e-9)
    assert queries_needed(np.array([-800.0]), share=0.5)[0] == np.inf
    assert discovered_within(np.array([-40.0]), 1e6)[0] == pytest.approx(1e6 * math.exp(-40.0), rel=1e-9)
    around = queries_needed(np.array([-30.0 - 1e-9, -30.0 + 1e-9]), share=0.9)
    np.testing.assert_allclose(around[0], around[1], rtol=1e-8)


def test_so_many_queries_are_enough_and_one_less_is_not():
    rng = np.random.default_rng(1)
    log_p = np.log(rng.uniform(1e-6, 1.0, size=500))
    for share in (0.5, 0.9):
        needed = queries_needed(log_p, share=share)
        for of, probability in zip(needed, log_p, strict=True):
            assert discovered_within(np.array([probability]), of)[0] >= share - 1e-9
            assert discovered_within(np.array([probability]), of - 1)[0] < share + 1e-9


@pytest.mark.parametrize(
    "decoding",
    [
        {"temperature": 1.0, "top_k": None, "top_p": 1.0},
        {"temperature": 0.7, "top_k": 3, "top_p": 1.0},
        {"temperature": 1.3, "top_k": None, "top_p": 0.8},
    ],
    ids=str,
)
def test_the_closed_form_lies_in_the_exact_interval_of_10_000_real_samples(decoding):
    """Suffix 1 2 0 after token 0; what four queries yield, counted on 10,000 draws of four."""
    laws = np.array([decoded(row, **decoding) for row in CHAIN])
    suffix, queries, draws = [1, 2, 0], 4, 10_000
    steps = zip([0, *suffix], suffix, strict=False)
    log_p = float(sum(math.log(laws[a, b]) for a, b in steps))
    rng = np.random.default_rng(7)
    state = np.zeros((draws, queries), dtype=int)
    right = np.ones((draws, queries), dtype=bool)
    edges = laws.cumsum(axis=1)
    for token in suffix:
        state = (rng.random((draws, queries))[..., None] > edges[state]).sum(axis=-1)
        right &= state == token
    once = clopper_pearson(int(right[:, 0].sum()), draws, level=0.999)
    assert once.low <= math.exp(log_p) <= once.high
    ever = clopper_pearson(int(right.any(axis=1).sum()), draws, level=0.999)
    assert ever.low <= discovered_within(np.array([log_p]), queries)[0] <= ever.high
    # what some samples say of fewer is unbiased: all the draws of one query, asked about four
    hits = right.reshape(-1, 40).sum(axis=1)
    assert sampled_within(hits, 40, queries).mean() == pytest.approx(
        discovered_within(np.array([log_p]), queries)[0], abs=0.02
    )


def test_greedy_decoding_is_the_case_of_all_or_nothing():
    laws = np.array([decoded(row, temperature=0.0, top_k=None, top_p=1.0) for row in CHAIN])
    with np.errstate(divide="ignore"):
        log_p = np.log(np.array([laws[0, 0] * laws[0, 0], laws[0, 1] * laws[1, 1]]))
    np.testing.assert_array_equal(queries_needed(log_p, share=0.9), [1.0, np.inf])
    np.testing.assert_array_equal(discovered_within(log_p, 1000), [1.0, 0.0])


def test_from_real_queries_by_hand():
    # 2 hits of 4: one query yields it half the time; of two, both missing is 1 of 6
    np.testing.assert_allclose(sampled_within(np.array([2, 2, 0]), 4, 1), [0.5, 0.5, 0.0])
    np.testing.assert_allclose(sampled_within(np.array([2]), 4, 2), [5 / 6])
    np.testing.assert_allclose(sampled_within(np.array([2, 1]), 4, 3), [1.0, 0.75])
    # 3 of 3 at 95 %: 0.05 ** (1/3)
    np.testing.assert_allclose(np.exp(log_p_at_least(np.array([3, 0]), 3)), [0.05 ** (1 / 3), 0.0])


def test_cost_by_hand():
    # two texts, one surely obtained, one never; ten queries of 5 + 3 tokens about each
    cost = cost_per_item(
        np.array([1.0, 0.0]), queries=10, sent=np.array([5, 5]), received=np.array([3, 3]), price=(0.01, 0.02)
    )
    assert cost is not None
    assert (cost.items, cost.queries_per_item, cost.tokens_per_item) == (1.0, 20.0, 160.0)
    assert cost.money_per_item == pytest.approx(0.01 * 100 + 0.02 * 60)
    assert cost_per_item(np.zeros(2), queries=10, sent=np.ones(2), received=np.ones(2)) is None


def test_what_is_no_probability_or_no_count_is_refused():
    with pytest.raises(SignalError):
        queries_needed(np.array([0.1]), share=0.5)
    with pytest.raises(SignalError):
        discovered_within(np.array([np.nan]), 1)
    with pytest.raises(ConfigurationError):
        queries_needed(np.array([-1.0]), share=1.0)
    with pytest.raises(ConfigurationError):
        discovered_within(np.array([-1.0]), -1)
    with pytest.raises(ConfigurationError):
        sampled_within(np.array([1]), 4, 5)
