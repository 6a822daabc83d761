"""Exposure of each person: a null that chance alone made, a planted few, many weak records of one person, and ranks that hold."""

import numpy as np
import pytest
from scipy.stats import kstest

from vidocq.audit.sampling.design import draw_design
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.person_exposure import halves, person_exposure, stability, standardised
from vidocq.measure.within_blocks import blocks_of, p_by_permuting


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


@pytest.mark.parametrize("share", [0.5, 0.3, 0.49])
def test_with_nothing_to_find_p_is_uniform_and_nobody_is_exposed(share):
    found = [
        person_exposure(s, d.trained_on, d.block)
        for s, d in (drawn(n, share=share, models=64 if share == 0.5 else 160) for n in range(6))
    ]
    assert kstest(np.concatenate([f.p for f in found]), "uniform").pvalue > 0.001
    assert sum(f.exposed().any() for f in found) <= 2


def test_false_discoveries_stay_at_their_rate():
    """Over 100 small runs, 10 of 200 persons exposed: the share of others among those found."""
    shares, power = [], []
    for number in range(100):
        shift = np.where(np.arange(200) < 10, 2.0, 0.0)
        signal, design = drawn(number, persons=200, models=32, shift=shift)
        found = person_exposure(signal, design.trained_on, design.block).exposed()
        shares.append(found[10:].sum() / max(found.sum(), 1))
        power.append(found[:10].mean())
    assert np.mean(shares) < 0.05 + 3 * np.std(shares) / np.sqrt(100)
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
    """Eight pairs, gaps of 2 and 4 in turn: mean 3, and no other of the 256 ways of being spread gives as much."""
    signal = np.tile(np.array([[3.0], [1.0], [1.0], [5.0]] * 4), (1, 2))
    had = np.array([[True, False], [False, True], [False, True], [True, False]] * 4)
    found = person_exposure(signal, had, np.repeat(np.arange(8), 2))
    assert found.shift.tolist() == pytest.approx([3.0, -3.0])
    assert found.p[0] == pytest.approx(1 / 256)
    assert found.p[1] > 0.99
    assert found.blocks == 8


def test_p_is_that_of_all_ways_counted():
    """Four blocks of four with skewed noise: 256 ways of being spread, each tried."""
    rng = np.random.default_rng(8)
    design = draw_design(400, 16, share=0.75, rng=rng)
    signal = -rng.lognormal(sigma=1.5, size=(16, 400))
    blocks = blocks_of(design.trained_on, design.block)
    found = p_by_permuting(signal, blocks)
    unlikely = np.flatnonzero(found < 0.05)
    assert len(unlikely) > 5
    for person in unlikely:
        gaps = [block.contrasts @ signal[block.rows, person] for block in blocks]
        own = sum(float(gap[block.place[person]]) for gap, block in zip(gaps, blocks, strict=True))
        sums = np.add.outer(np.add.outer(gaps[0], gaps[1]), np.add.outer(gaps[2], gaps[3]))
        exact = float(np.mean(sums >= own - 1e-9))
        assert exact - 1e-12 <= found[person] <= exact + 4 / 256


@pytest.mark.parametrize("elsewhere", [0.0, 1.0], ids=["all alike", "each its own"])
def test_whoever_is_answered_alike_without_and_otherwise_with_is_ranked_first(elsewhere):
    """A fully memorised record has no variance in either world; others are shifted by three of their deviations."""
    rng = np.random.default_rng(11)
    design = draw_design(400, 32, share=0.5, rng=rng)
    had = design.trained_on
    signal = elsewhere * rng.normal(size=400) + rng.normal(size=(32, 400)) + 3.0 * had * (np.arange(400) < 40)
    signal[:, :20] = np.where(had[:, :20], 6.0, -6.0)
    found = person_exposure(standardised(signal, had, np.arange(400), 400), had, design.block)
    assert set(np.argsort(-found.shift)[:20]) == set(range(20))
    assert found.exposed()[:20].all()


def test_where_only_the_memorised_vary_they_are_found():
    """A tree gives nearly everyone one answer whatever it was trained on."""
    rng = np.random.default_rng(12)
    design = draw_design(300, 32, share=0.5, rng=rng)
    had = design.trained_on
    signal = np.where(had & (np.arange(300) < 15), 6.0, -6.0)
    found = person_exposure(standardised(signal, had, np.arange(300), 300), had, design.block)
    assert found.exposed().tolist() == (np.arange(300) < 15).tolist()
    assert found.shift[15:].tolist() == [0.0] * 285


NOISES = {
    "normal": lambda rng, size: rng.normal(size=size),
    "spikes": lambda rng, size: np.where(
        rng.random(size) < 0.1, 10 * rng.normal(size=size) - 5, rng.normal(size=size)
    ),
    "skewed": lambda rng, size: -rng.lognormal(sigma=1.5, size=size),
    "yes or no": lambda rng, size: (rng.random(size) < rng.random(size[1])).astype(float),
    "common": lambda rng, size: 2 * rng.normal(size=(size[0], 1)) + rng.normal(size=size),
}


def false_alarms(noise, *, share, models, runs, persons=300):
    """Share of the runs in which anybody is found exposed, when training changes nothing."""
    found = 0
    for number in range(runs):
        rng = np.random.default_rng([number, models])
        design = draw_design(persons, models, share=share, rng=rng)
        signal = standardised(NOISES[noise](rng, (models, persons)), design.trained_on, np.arange(persons), persons)
        found += person_exposure(signal, design.trained_on, design.block).exposed().any()
    return found / runs


@pytest.mark.parametrize(("share", "models"), [(0.5, 32), (0.75, 32), (0.3, 64)])
@pytest.mark.parametrize("noise", NOISES)
def test_whatever_the_noise_nobody_is_exposed_by_chance(noise, share, models):
    """At a rate of 5 %, more than 7 of 40 runs come by chance once in 800."""
    assert false_alarms(noise, share=share, models=models, runs=40) <= 7 / 40


@pytest.mark.slow
@pytest.mark.parametrize(("share", "models"), [(0.5, 32), (0.5, 64), (0.75, 32), (0.75, 64), (0.3, 64)])
@pytest.mark.parametrize("noise", NOISES)
def test_false_alarms_over_five_hundred_runs(noise, share, models):
    assert false_alarms(noise, share=share, models=models, runs=500) <= 0.08


def test_ranks_hold_where_persons_differ_and_do_not_where_they_do_not():
    strong, design = drawn(3, persons=1000, models=128, shift=np.linspace(0.0, 3.0, 1000))
    held = stability(halves(strong, design.trained_on, design.block, rng=np.random.default_rng(4)))
    assert held.rank_correlation > 0.85
    assert held.top_overlap > 3 * held.by_chance
    nothing, design = drawn(5, persons=1000, models=128)
    loose = stability(halves(nothing, design.trained_on, design.block, rng=np.random.default_rng(4)))
    assert abs(loose.rank_correlation) < 0.1
    assert loose.top_overlap < 3 * loose.by_chance


def test_a_pair_that_lost_a_model_is_left_out_and_too_few_are_an_error():
    signal, design = drawn(6, persons=100, models=20)
    kept = np.arange(20) != 3
    found = person_exposure(signal[kept], design.trained_on[kept], design.block[kept])
    assert found.blocks == 9
    with pytest.raises(SampleTooSmall, match="too few to tell persons apart"):
        person_exposure(signal[:8], design.trained_on[:8], design.block[:8])


@pytest.mark.parametrize(("share", "persons", "models"), [(0.3, 400, 64), (0.49, 401, 32), (0.66, 400, 64)])
def test_a_planted_few_are_found_whatever_the_share(share, persons, models):
    """Blocks of ten, pairs that leave somebody out of both, blocks of three."""
    shift = np.where(np.arange(persons) < 20, 2.5, 0.0)
    signal, design = drawn(7, persons=persons, models=models, share=share, shift=shift)
    found = person_exposure(signal, design.trained_on, design.block).exposed()
    assert found[:20].mean() >= 0.9
    assert found[20:].sum() <= 3
