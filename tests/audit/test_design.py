"""Everyone is in as many models as anyone, and outside one of every block."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.audit.sampling.design import draw_design

from synthetic import seed

shares = st.floats(0.25, 0.75) | st.sampled_from([0.25, 1 / 3, 0.5, 0.51, 2 / 3, 0.68, 0.75])


@settings(max_examples=150, deadline=None)
@given(persons=st.integers(60, 400), references=st.integers(1, 40), share=shares)
def test_models_are_as_large_as_the_target_and_persons_in_equal_shares(persons, references, share):
    design = draw_design(persons, references, share=share, rng=seed(1))
    assert design.trained_on.shape == (references, persons)
    assert (design.trained_on.sum(axis=1) == round(share * persons)).all()
    sizes = np.bincount(design.block)
    for block, size in enumerate(sizes):
        if size < sizes[0] or (block == len(sizes) - 1 and len(sizes) == 1):
            continue  # the last block may be cut short
        inside = design.trained_on[design.block == block].sum(axis=0)
        assert inside.max() - inside.min() <= 1
        assert inside.max() < size  # in every block some model never saw him


@pytest.mark.parametrize(("share", "block"), [(0.5, 2), (0.25, 4), (0.75, 4), (1 / 3, 3)])
def test_blocks_are_as_small_as_the_share_allows(share, block):
    assert np.bincount(draw_design(600, 24, share=share, rng=seed(1)).block)[0] == block


def test_with_a_half_a_block_is_a_model_and_its_complement():
    design = draw_design(500, 16, share=0.5, rng=seed(2))
    np.testing.assert_array_equal(design.trained_on[0::2], ~design.trained_on[1::2])


def test_halves_keep_blocks_whole_and_share_the_models():
    design = draw_design(300, 64, share=1 / 3, rng=seed(3))
    for block in np.unique(design.block):
        assert len(np.unique(design.half_a[design.block == block])) == 1
    assert abs(int(design.half_a.sum()) - 32) <= 3


def test_a_design_follows_from_its_generator():
    first, again = (draw_design(200, 12, share=0.4, rng=seed(5)) for _ in range(2))
    other = draw_design(200, 12, share=0.4, rng=seed(6))
    np.testing.assert_array_equal(first.trained_on, again.trained_on)
    assert (first.trained_on != other.trained_on).any()


def test_persons_meet_in_models_as_strangers_do():
    """Two persons are together as often as chance has it, whatever their places in the file."""
    design = draw_design(60, 2000, share=0.5, rng=seed(7))
    together = np.corrcoef(design.trained_on.T.astype(float))
    others = together[~np.eye(60, dtype=bool)]
    assert np.abs(others).max() < 0.15
    assert others.mean() == pytest.approx(-1 / 59, abs=0.005)
