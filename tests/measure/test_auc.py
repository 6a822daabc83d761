"""The area: pairs counted by hand, DeLong's variance, an interval that never vanishes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special, stats

from vidocq.core.errors import SampleTooSmall
from vidocq.measure.auc import auc, cross_validated_auc

HALF = np.arange(8) < 4


@given(arrays(np.float64, 8, elements=st.integers(0, 3).map(float)))
def test_the_area_is_the_share_of_pairs_won(scores):
    pairs = [(x > y) + 0.5 * (x == y) for x in scores[HALF] for y in scores[~HALF]]
    seen = auc(scores, HALF)
    assert seen.value == pytest.approx(np.mean(pairs))
    assert 0.0 <= seen.low <= seen.value <= seen.high <= 1.0
    assert seen.high - seen.low > 0.1
    reverse = auc(-scores, HALF)
    assert (reverse.low, reverse.high) == (pytest.approx(1 - seen.high), pytest.approx(1 - seen.low))


def test_the_interval_holds_the_one_delong_gives_pair_by_pair():
    rng = np.random.default_rng(3)
    member = np.arange(300) < 120
    scores = rng.normal(size=300) + member
    won = (scores[member][:, None] > scores[~member]) + 0.5 * (scores[member][:, None] == scores[~member])
    variance = won.mean(axis=1).var(ddof=1) / 120 + won.mean(axis=0).var(ddof=1) / 180
    reach = 1.959964 * np.sqrt(variance) / (won.mean() * (1 - won.mean()))
    seen = auc(scores, member)
    assert seen.n == 300
    assert seen.low <= special.expit(special.logit(won.mean()) - reach) + 1e-6
    assert seen.high >= special.expit(special.logit(won.mean()) + reach) - 1e-6
    assert seen.high - seen.low < 6 * np.sqrt(variance)


def test_perfect_separation_and_total_ties_stay_uncertain():
    perfect = auc(np.arange(40.0), np.arange(40) >= 20)
    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert 0.8 < perfect.low < 0.95
    flat = auc(np.zeros(40), np.arange(40) >= 20)
    assert (flat.value, flat.low < 0.4, flat.high > 0.6) == (0.5, True, True)


@pytest.mark.parametrize("truth", [0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize(("members", "outsiders"), [(20, 60), (400, 30)])
def test_the_interval_keeps_its_level(truth, members, outsiders):
    rng = np.random.default_rng(int(1000 * truth) + members)
    member = np.arange(members + outsiders) < members
    shift = np.sqrt(2) * stats.norm.ppf(truth)
    draws = 400
    hits = 0
    for _ in range(draws):
        seen = auc(rng.normal(size=member.size) + shift * member, member)
        hits += seen.low <= truth <= seen.high
    assert hits / draws >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / draws)


def test_one_member_makes_no_variance():
    with pytest.raises(SampleTooSmall, match="at least 2 of each"):
        auc(np.arange(5.0), np.arange(5) < 1)


def test_cross_validated_scores_have_a_wider_interval():
    rng = np.random.default_rng(1)
    is_member = np.arange(400) < 200
    scores = rng.normal(size=400) + 0.3 * is_member
    plain, wide = auc(scores, is_member), cross_validated_auc(scores, is_member)
    assert (wide.value, wide.level, wide.n) == (plain.value, 0.95, plain.n)
    assert (plain.high - plain.low) * 1.3 < wide.high - wide.low < (plain.high - plain.low) * 1.5


def test_where_nothing_tells_groups_apart_cross_validated_intervals_hold_one_half():
    """Each record is drawn to the side of those like it: plain intervals miss one half too often, the wider ones do not."""
    rng = np.random.default_rng(2)
    like = rng.normal(size=(80, 6))
    similarity = like @ like.T
    np.fill_diagonal(similarity, 0.0)
    plain = wide = 0
    for _ in range(400):
        is_member = rng.permutation(80) < 40
        scores = similarity @ np.where(is_member, 1.0, -1.0)
        plain += not auc(scores, is_member).low <= 0.5
        wide += not cross_validated_auc(scores, is_member).low <= 0.5
    assert wide <= 12 < plain
