"""The curve ends at the audit's own figure, starts where an attack can speak, and rises where references help."""

import numpy as np

from vidocq.attacks.lira import Lira
from vidocq.attacks.loss import Loss
from vidocq.attacks.qmia import Qmia
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
        name: [(p["amount"], p["auc"]["value"]) for p in curve if p["id"] == name] for name in ("rmia", "lira")
    }
    assert {p["id"] for p in curve} == {"rmia", "lira"}
    assert [k for k, _ in by_attack["rmia"]] == [4, 8, 16, 32, 64]
    assert by_attack["lira"][-1][0] == 64
    assert by_attack["lira"][-1][1] == auc(readings[2].target, found.is_member).value
    assert by_attack["lira"][-1][1] > by_attack["lira"][0][1]
    assert np.isfinite([v for values in by_attack.values() for _, v in values]).all()


def test_an_attack_that_learns_from_outsiders_reaches_more_the_more_it_knows():
    found = scene(rng=seed(4), leak=1.0, members=1500, non_members=1500, references=2, spread=3.0)
    nobody = np.array([], dtype=np.int64)
    told = read(Qmia(trees=40), found.signals, found.population, stand_ins=nobody, rng=seed(5))
    curve = cost_curve([told], found.signals, found.population, rng=seed(6))
    assert {p["by"] for p in curve} == {"known_outsiders"}
    assert [p["amount"] for p in curve] == [125, 250, 500]  # with 62 it does not speak
    assert curve[-1]["auc"]["value"] > curve[0]["auc"]["value"]
    assert curve[-1]["auc"]["n"] == int(told.counted.sum())
