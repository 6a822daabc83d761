"""References of the target's kind pass; others, or a target that never saw the members, do not."""

from dataclasses import replace

import numpy as np
import pytest

from vidocq.audit.references.recipe_gate import Figure, recipe_gate

from synthetic import labels_only, scene, seed


def gates(count, **kwargs):
    found = (scene(rng=seed(number), **kwargs) for number in range(count))
    return [recipe_gate(s.signals, s.population) for s in found]


@pytest.mark.parametrize("leak", [0.0, 1.0, 3.0])
def test_a_target_of_the_same_recipe_passes(leak):
    """Three figures, each within 3 standard deviations estimated from 48 models: one in a hundred may fail."""
    assert sum(gate.passed for gate in gates(30, leak=leak)) >= 28


def test_persons_who_differ_in_difficulty_do_not_fail_the_gate():
    assert sum(gate.passed for gate in gates(20, leak=1.0, spread=4.0)) >= 19


def test_a_target_that_never_saw_the_members_fails_where_models_overfit():
    for gate in gates(10, leak=0.0, recipe_leak=1.0):
        assert not gate.passed
        assert gate.gap.z < -3


def test_a_gentler_recipe_for_the_references_fails():
    for gate in gates(10, leak=2.0, recipe_leak=1.0):
        assert not gate.passed
        assert gate.gap.z > 3


def test_a_recipe_that_is_simply_better_fails_on_both_sides():
    for gate in gates(10, leak=1.0, easier_target=0.7):
        assert gate.member.z < -3
        assert gate.non_member.z < -3


def test_an_easier_file_of_members_fails_nobody_by_its_gap():
    """What makes records easy cancels out: the gap is between losses in excess of the usual ones."""
    calm = gates(10, leak=0.0, easier_members=2.0)
    assert max(abs(gate.gap.z) for gate in calm) < 3.5


def test_labels_alone_suffice():
    found = scene(rng=seed(1), leak=2.0)
    assert recipe_gate(labels_only(found.signals), found.population).passed
    other = scene(rng=seed(2), leak=0.0, recipe_leak=3.0)
    assert not recipe_gate(labels_only(other.signals), other.population).passed


def test_too_few_references_know_of_no_usual_variation():
    assert recipe_gate(*_parts(scene(rng=seed(1), references=7))) is None
    assert recipe_gate(*_parts(scene(rng=seed(1), references=8))) is not None
    lonely = scene(rng=seed(1), references=8)
    everywhere = lonely.signals.trained_on.copy()
    everywhere[:-1, 3] = True
    everywhere[-1, 3] = False
    assert recipe_gate(replace(lonely.signals, trained_on=everywhere), lonely.population) is None


def _parts(found):
    return found.signals, found.population


def test_the_distance_of_a_figure_is_in_standard_deviations():
    assert Figure(1.5, 1.0, 0.25).z == 2.0
    assert Figure(1.0, 1.0, 0.0).z == 0.0
    assert Figure(1.1, 1.0, 0.0).z == np.inf
    assert Figure(0.9, 1.0, 0.0).z == -np.inf
    assert Figure(0.9, 1.0, 0.0).to_dict()["z"] is None


def test_the_figures_are_mean_losses():
    found = scene(rng=seed(3), leak=1.0)
    gate = recipe_gate(found.signals, found.population)
    assert gate.member.target == found.signals.target_loss[found.is_member].mean()
    assert gate.non_member.target == found.signals.target_loss[~found.is_member].mean()
    losses = np.where(found.design.trained_on, found.signals.reference_loss, 0.0).sum(axis=1)
    expected = losses / found.design.trained_on.sum(axis=1)
    assert gate.member.mean == pytest.approx(expected.mean())
    assert gate.member.sd == pytest.approx(expected.std(ddof=1))
    assert gate.to_dict()["passed"] is gate.passed
