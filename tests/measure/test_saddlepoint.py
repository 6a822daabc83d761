"""Tail probabilities of sums of many draws, beside the exact law."""

import numpy as np
import pytest

from vidocq.measure import within_blocks
from vidocq.measure.saddlepoint import upper_tails
from vidocq.measure.within_blocks import blocks_of, p_by_permuting


def pairs(kind, *, models=64, persons=600, seed=3):
    """One model of each pair had the person; those further on left more of a trace."""
    rng = np.random.default_rng(seed)
    first = rng.random((models // 2, persons)) < 0.5
    had = np.stack([first, ~first], axis=1).reshape(models, persons)
    noise = {
        "normal": rng.normal(size=had.shape),
        "heavy": rng.standard_t(3, size=had.shape),
        "skewed": rng.exponential(size=had.shape),
    }[kind]
    return noise + had * np.linspace(0, 1.5, persons), blocks_of(had, np.repeat(np.arange(models // 2), 2))


@pytest.mark.parametrize("kind", ["normal", "heavy", "skewed"])
def test_it_is_near_the_exact_law(monkeypatch, kind):
    signal, blocks = pairs(kind)
    near = p_by_permuting(signal, blocks)
    monkeypatch.setattr(within_blocks, "MANY", len(blocks) + 1)
    monkeypatch.setattr(within_blocks, "BINS", 1 << 17)
    exact = p_by_permuting(signal, blocks)
    told = (exact > 1e-6) & (exact < 0.05)
    assert told.sum() > 100
    assert np.abs(near[told] / exact[told] - 1).max() < 0.1
    assert np.median(np.abs(near[told] / exact[told] - 1)) < 0.03
    assert (near[exact < 1e-8] < 2e-8).all()
    assert (near > 0).all()


def test_the_largest_sum_has_the_chance_of_its_draws():
    values = [np.array([[0.0], [1.0]]), np.array([[0.0], [2.0]]), np.array([[1.0], [0.0]])]
    weights = [np.array([0.5, 0.5]), np.array([0.75, 0.25]), np.array([0.2, 0.8])]
    assert upper_tails(values, weights, np.array([4.0])) == pytest.approx([0.5 * 0.25 * 0.2])


def test_lists_of_several_values_and_unequal_chances():
    """Against a million draws."""
    rng = np.random.default_rng(5)
    values = [rng.exponential(size=(4, 1)) for _ in range(70)]
    weights = [rng.dirichlet(np.ones(4)) for _ in range(70)]
    drawn = sum(rng.choice(v[:, 0], size=1_000_000, p=w) for v, w in zip(values, weights, strict=True))
    for share in (0.05, 0.01, 0.001):
        seen = np.quantile(drawn, 1 - share)
        assert upper_tails(values, weights, np.array([seen]))[0] == pytest.approx(share, rel=0.08)
