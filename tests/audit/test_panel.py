"""The most exposed persons: found by one half of the models, counted on the other, at the rate promised."""

import numpy as np
import pytest

from vidocq.audit.persons.panel import choose_and_count
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import null_worst_bound
from vidocq.measure.risk import panel_risk
from vidocq.measure.significance import stratified_greater

from synthetic import labels_only, scene, seed

SIDE = 600


def panels(count, *, references, recipe_leak=0.0):
    for number in range(count):
        found = scene(
            rng=seed(number), recipe_leak=recipe_leak, references=references, members=SIDE, non_members=SIDE
        )
        yield choose_and_count(found.signals, found.population, found.design, size=50)


def worst(panel):
    t = panel.tally
    return panel_risk(t.hits_in, t.n_in, t.hits_out, t.n_out, error=error_of_look(1) / 2).high.max()


def exposing(strength, *, persons=50):
    leak = np.zeros(2 * SIDE)
    leak[:persons] = strength
    return leak


@pytest.mark.parametrize(
    ("references", "seeds", "announced", "within"), [(64, 16, 0.33, 0.045), (256, 8, 0.14, 0.02)]
)
def test_without_any_leak_the_worst_bound_is_what_the_rule_announces(references, seeds, announced, within):
    """As if each model accused each person of the panel with probability 1 %, whether it had him or not."""
    found = list(panels(seeds, references=references))
    quarter = references // 4
    drawn = null_worst_bound(50, quarter, quarter, alpha=0.01, error=error_of_look(1) / 2, draws=2000, rng=seed(1))
    assert np.median(drawn) == pytest.approx(announced, abs=0.01)
    assert np.mean([worst(panel) for panel in found]) == pytest.approx(drawn.mean(), abs=within)
    rate = sum(p.tally.hits_out.sum() for p in found) / sum(p.tally.n_out.sum() for p in found)
    assert rate == pytest.approx(0.01, abs=0.003)
    p_values = [stratified_greater(p.tally.hits_in, p.tally.n_in, p.tally.hits_out, p.tally.n_out) for p in found]
    assert min(p_values) > 0.001


def test_exposed_persons_are_found_and_shown():
    for panel in panels(4, references=64, recipe_leak=exposing(4.0)):
        assert (panel.persons < 50).sum() >= 48
        tally = panel.tally
        assert tally.hits_in.sum() / tally.n_in.sum() > 0.7
        assert tally.hits_out.sum() / tally.n_out.sum() < 0.02
        assert worst(panel) > 0.7
        assert stratified_greater(tally.hits_in, tally.n_in, tally.hits_out, tally.n_out) < 1e-9


def test_a_few_exposed_persons_among_many_come_first():
    for panel in panels(4, references=128, recipe_leak=exposing(5.0, persons=5)):
        assert set(panel.persons[:5]) == set(range(5))
        rates = panel.tally.hits_in / panel.tally.n_in
        assert rates[:5].min() > 0.6
        assert rates[5:].mean() < 0.05


def test_a_leak_that_differs_between_persons_does_not_move_the_false_positives():
    """Some are exposed, most are not: the threshold is each person's own quantile."""
    leak = seed(9).exponential(size=2 * SIDE)
    found = list(panels(4, references=128, recipe_leak=leak))
    rate = sum(p.tally.hits_out.sum() for p in found) / sum(p.tally.n_out.sum() for p in found)
    assert 0.001 < rate < 0.02


def test_half_b_is_never_heard_when_the_panel_is_chosen():
    found = scene(rng=seed(1), recipe_leak=exposing(2.0), references=64, members=SIDE, non_members=SIDE)
    before = choose_and_count(found.signals, found.population, found.design, size=50)
    b = ~found.design.half_a
    found.signals.reference_confidence[b] = seed(2).normal(size=(int(b.sum()), 2 * SIDE))
    after = choose_and_count(found.signals, found.population, found.design, size=50)
    np.testing.assert_array_equal(before.persons, after.persons)
    assert (before.tally.hits_in != after.tally.hits_in).any()


def test_counts_are_of_the_models_of_half_b():
    found = scene(rng=seed(1), references=30, members=200, non_members=100)
    panel = choose_and_count(found.signals, found.population, found.design, size=50)
    b = ~found.design.half_a
    assert len(panel.persons) == len(set(panel.persons)) == 50
    assert panel.references_a + panel.references_b == 30
    np.testing.assert_array_equal(panel.tally.n_in, found.design.trained_on[b][:, panel.persons].sum(axis=0))
    assert (panel.tally.n_in + panel.tally.n_out == panel.references_b).all()
    assert (panel.tally.hits_in <= panel.tally.n_in).all()
    assert (panel.tally.hits_out <= panel.tally.n_out).all()


@pytest.mark.parametrize("references", [0, 4, 14])
def test_too_few_models_make_no_panel(references):
    found = scene(rng=seed(1), references=references)
    assert choose_and_count(found.signals, found.population, found.design, size=50) is None


def test_labels_alone_make_no_panel():
    found = scene(rng=seed(1), references=32)
    assert choose_and_count(labels_only(found.signals), found.population, found.design, size=50) is None
