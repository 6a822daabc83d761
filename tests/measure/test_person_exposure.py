"""Exposure of each person: an exact null, a planted few, many weak records of one person, and ranks that hold."""

import numpy as np
import pytest
from scipy.stats import kstest

from vidocq.audit.sampling.design import draw_design
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.person_exposure import person_exposure, stability, standardised


def drawn(number, *, persons=2000, models=64, share=0.5, shift=None, records=None):
    rng = np.random.default_rng(number)
    design = draw_design(persons, models, share=share, rng=rng)
    records = np.ones(persons, dtype=int) if records is None else records
    person = np.repeat(np.arange(persons), records)
    had = design.trained_on[:, person]
    signal = rng.normal(size=len(person)) * 3 + rng.normal(size=(models, len(person)))
    if shift is not None:
        signal = signal + shift[person] * had
    return standardised(signal, had, person, persons), design


@pytest.mark.parametrize("share", [0.5, 0.3])
def test_with_nothing_to_find_p_is_uniform_and_nobody_is_exposed(share):
    found = [
        person_exposure(s, d.trained_on, d.block)
        for s, d in (drawn(n, share=share, models=64 if share == 0.5 else 160) for n in range(6))
    ]
    assert kstest(np.concatenate([f.p for f in found]), "uniform").pvalue > 0.001
    assert sum(f.exposed().any() for f in found) <= 2


def test_false_discoveries_stay_at_their_rate():
    """Over 200 small runs, 10 of 200 persons exposed: the share of others among those found."""
    shares, power = [], []
    for number in range(200):
        shift = np.where(np.arange(200) < 10, 2.0, 0.0)
        signal, design = drawn(number, persons=200, models=32, shift=shift)
        found = person_exposure(signal, design.trained_on, design.block).exposed()
        shares.append(found[10:].sum() / max(found.sum(), 1))
        power.append(found[:10].mean())
    assert np.mean(shares) < 0.05 + 3 * np.std(shares) / np.sqrt(200)
    assert np.mean(power) > 0.8


def test_thirty_exposed_among_two_thousand_are_found():
    shift = np.where(np.arange(2000) < 30, 1.5, 0.0)
    signal, design = drawn(1, shift=shift)
    found = person_exposure(signal, design.trained_on, design.block).exposed()
    assert found[:30].mean() >= 0.8
    assert found[30:].sum() <= 6


def test_twenty_weak_records_expose_a_person_whom_none_of_them_would():
    records = np.ones(500, dtype=int)
    records[:10] = 20
    shift = np.where(np.arange(500) < 20, 0.4, 0.0)  # ten persons of twenty records, ten of one
    signal, design = drawn(2, persons=500, shift=shift, records=records)
    found = person_exposure(signal, design.trained_on, design.block)
    assert found.exposed()[:10].all()
    assert found.exposed()[10:20].mean() < 0.5
    assert set(np.argsort(-found.shift)[:10]) == set(range(10))


def test_a_shift_worked_by_hand():
    """Eight blocks, gaps of 2 and 4 in turn: mean 3, error 1.069 / sqrt(8), t = 7.94 on 7 degrees of freedom."""
    signal = np.array([[3.0], [1.0], [1.0], [5.0]] * 4)
    had = np.array([[True], [False], [False], [True]] * 4)
    block = np.repeat(np.arange(8), 2)
    found = person_exposure(signal, had, block)
    assert found.shift[0] == pytest.approx(3.0)
    assert found.p[0] == pytest.approx(4.8e-5, rel=0.02)
    assert found.blocks == 8


def test_ranks_hold_where_persons_differ_and_do_not_where_they_do_not():
    strong, design = drawn(3, persons=1000, models=128, shift=np.linspace(0.0, 3.0, 1000))
    held = stability(strong, design.trained_on, design.block, rng=np.random.default_rng(4))
    assert held.rank_correlation > 0.85
    assert held.top_overlap > 3 * held.by_chance
    nothing, design = drawn(5, persons=1000, models=128)
    loose = stability(nothing, design.trained_on, design.block, rng=np.random.default_rng(4))
    assert abs(loose.rank_correlation) < 0.1
    assert loose.top_overlap < 3 * loose.by_chance


def test_a_block_that_lost_a_model_is_left_out_and_too_few_are_an_error():
    signal, design = drawn(6, persons=100, models=20)
    kept = np.arange(20) != 3
    found = person_exposure(signal[kept], design.trained_on[kept], design.block[kept])
    assert found.blocks == 9
    with pytest.raises(SampleTooSmall, match="8 are the fewest"):
        person_exposure(signal[:8], design.trained_on[:8], design.block[:8])
