"""The curve ends at the audit's own figure, starts where an attack can speak, and rises where references help."""

import numpy as np

from vidocq.attacks.lira import Lira
from vidocq.attacks.loss import Loss
from vidocq.attacks.rmia import Rmia
from vidocq.audit.controls import stand_in_indices
from vidocq.audit.cost import cost_curve
from vidocq.audit.reading import read
from vidocq.measure.auc import auc

from synthetic import scene, seed


def test_more_references_more_success_up_to_the_audit_s_own():
    found = scene(rng=seed(1), leak=1.0, members=800, non_members=800, references=64, spread=2.0)
    readings = [
        read(a, found.signals, found.population, stand_ins=stand_in_indices(64), rng=seed(2))
        for a in (Loss(), Rmia(), Lira())
    ]
    curve = cost_curve(readings, found.signals, found.population, rng=seed(3))
    by_attack = {
        name: [(p["reference_models"], p["auc"]["value"]) for p in curve if p["id"] == name]
        for name in ("rmia", "lira")
    }
    assert {p["id"] for p in curve} == {"rmia", "lira"}
    assert [k for k, _ in by_attack["rmia"]] == [4, 8, 16, 32, 64]
    assert by_attack["lira"][-1][0] == 64
    assert by_attack["lira"][-1][1] == auc(readings[2].target, found.is_member).value
    assert by_attack["lira"][-1][1] > by_attack["lira"][0][1]
    assert np.isfinite([v for values in by_attack.values() for _, v in values]).all()
