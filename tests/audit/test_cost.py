"""The curve ends at the audit's own figure, starts where an attack can speak, and rises where references help."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from vidocq.attacks.label_only import LabelOnly
from vidocq.attacks.lira import Lira
from vidocq.attacks.loss import Loss
from vidocq.attacks.qmia import Qmia
from vidocq.attacks.rmia import Rmia
from vidocq.audit.controls import stand_in_indices
from vidocq.audit.cost import cost_curve
from vidocq.audit.reading import read
from vidocq.core.course import Course, Stages, noted_after
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


def asked_often(found, copies, *, rng):
    """The scene's signals, where each changed copy keeps its label with the chance that the scene calls steadiness."""
    after = noted_after(copies)
    asked = tuple(number + 1 for number in after)

    def course(steady):
        kept = rng.random((copies, *steady.shape)) < steady
        return Course.of(Stages(after, asked, asked), [1 + kept[:number].sum(axis=0) for number in after])

    s = found.signals
    target, references = course(s.target_robustness), course(s.reference_robustness)
    return replace(
        s,
        target_course=target,
        target_robustness=target.whole,
        reference_course=references,
        reference_robustness=references.whole,
    )


def curve_of(signals, found):
    told = read(LabelOnly(), signals, found.population, stand_ins=stand_in_indices(32), rng=seed(8))
    return told, [p for p in cost_curve([told], signals, found.population, rng=seed(9)) if p["by"] == "queries"]


def test_more_queries_more_success_up_to_the_audit_s_own():
    found = scene(rng=seed(7), leak=2.0, members=1500, non_members=1500, references=32, spread=1.0)
    told, curve = curve_of(asked_often(found, 63, rng=seed(10)), found)
    assert [p["amount"] for p in curve] == [2, 5, 17, 64]
    assert curve[-1]["auc"]["value"] == auc(told.target, found.is_member).value
    noise = 0.02
    assert all(less["auc"]["value"] < more["auc"]["value"] + noise for less, more in pairwise(curve))
    assert curve[-1]["auc"]["low"] > curve[0]["auc"]["high"]


@pytest.mark.parametrize("lost", ["target_course", "reference_course"])
def test_where_nobody_noted_it_or_the_references_were_asked_otherwise_there_is_no_curve(lost):
    found = scene(rng=seed(7), references=32)
    signals = asked_often(found, 15, rng=seed(10))
    assert len(curve_of(signals, found)[1]) == 3
    assert curve_of(replace(signals, **{lost: None}), found)[1] == []
    otherwise = asked_often(found, 7, rng=seed(11)).reference_course
    assert curve_of(replace(signals, reference_course=otherwise), found)[1] == []


def test_without_references_the_shares_themselves_are_counted():
    found = scene(rng=seed(7), leak=2.0)
    signals = asked_often(found, 15, rng=seed(10)).only(np.array([], dtype=np.int64))
    signals = replace(signals, reference_robustness=None, reference_course=None)
    told = read(LabelOnly(), signals, found.population, stand_ins=np.array([], dtype=np.int64), rng=seed(8))
    curve = [p for p in cost_curve([told], signals, found.population, rng=seed(9)) if p["by"] == "queries"]
    assert [p["amount"] for p in curve] == [2, 5, 16]
    assert curve[-1]["auc"]["value"] == auc(told.target[told.counted], found.is_member[told.counted]).value
